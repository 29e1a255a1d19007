using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Http.Credentials;

namespace AclAdmin.Streams;

/// <summary>Converts failures into error records, in one place. The error id is the name of the <see cref="ErrorKind"/>.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<ErrorKind, ErrorCategory> Categories = new()
    {
        [ErrorKind.NotConnected] = ErrorCategory.ConnectionError,
        [ErrorKind.InvalidCell] = ErrorCategory.InvalidData,
        [ErrorKind.ValidationFailed] = ErrorCategory.InvalidArgument,
        [ErrorKind.NothingToUpdate] = ErrorCategory.InvalidArgument,
        [ErrorKind.DirectorySyncedEntry] = ErrorCategory.InvalidOperation,
        [ErrorKind.ReadOnlyRule] = ErrorCategory.InvalidOperation,
        [ErrorKind.NotFound] = ErrorCategory.ObjectNotFound,
        [ErrorKind.Conflict] = ErrorCategory.ResourceExists,
        [ErrorKind.AuthenticationFailed] = ErrorCategory.AuthenticationError,
        [ErrorKind.PermissionDenied] = ErrorCategory.PermissionDenied,
        [ErrorKind.RateLimited] = ErrorCategory.LimitsExceeded,
        [ErrorKind.Timeout] = ErrorCategory.OperationTimeout,
        [ErrorKind.Unreachable] = ErrorCategory.ResourceUnavailable,
        [ErrorKind.UnexpectedResponse] = ErrorCategory.ProtocolError,
        [ErrorKind.AlreadyExists] = ErrorCategory.ResourceExists,
        [ErrorKind.OutcomeUnknown] = ErrorCategory.OperationTimeout,
        [ErrorKind.Drifted] = ErrorCategory.ResourceExists,
        [ErrorKind.TooManyRemovals] = ErrorCategory.LimitsExceeded,
        [ErrorKind.PlanFailed] = ErrorCategory.InvalidData,
        [ErrorKind.StalePlan] = ErrorCategory.ResourceExists,
        [ErrorKind.JournalFailed] = ErrorCategory.WriteError,
        [ErrorKind.FileFailed] = ErrorCategory.WriteError,
        [ErrorKind.NotConfirmed] = ErrorCategory.InvalidOperation,
        [ErrorKind.NotSent] = ErrorCategory.OperationStopped,
        [ErrorKind.InternalError] = ErrorCategory.NotSpecified,
        [ErrorKind.ApiError] = ErrorCategory.InvalidResult,
    };

    /// <summary>Whether the first error ends the cmdlet, as <c>-ErrorAction Stop</c> or the preference of the caller has it.</summary>
    public static bool StopsAtError(PSCmdlet cmdlet)
    {
        var isBound = cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var bound);
        var preference = isBound ? bound : cmdlet.GetVariableValue("ErrorActionPreference");
        return string.Equals(preference?.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The error record for a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="target">The row, exactly as it came in; without rows, the id.</param>
    /// <param name="rowNumber">The row's number, from 1; 0 without rows.</param>
    public static ErrorRecord From(AclException failure, object? target, long rowNumber = 0)
    {
        failure = failure.Masked(Redactor.RedactAll);
        var message = rowNumber > 0 ? $"Row {rowNumber}: {failure.Message}" : failure.Message;
        return new ErrorRecord(failure, failure.Kind.ToString(), Categories[failure.Kind], target)
        {
            ErrorDetails = new ErrorDetails(HostText.Of(message, int.MaxValue)) { RecommendedAction = failure.RecommendedAction ?? "" },
        };
    }
}
