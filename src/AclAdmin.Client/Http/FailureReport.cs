using System;
using System.Linq;
using System.Text;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>Puts a failed request into words: what was asked, what came back, what to do next.</summary>
internal static class FailureReport
{
    public static AclException Describe(ApiConnection connection, ApiRequest request, AttemptFailure failure, int attempts, RetryPolicy policy)
    {
        var message = new StringBuilder();
        message.Append(request).Append(" on ").Append(connection.Service.Name).Append(" failed: ").Append(failure.Summary);
        if (failure.ApiErrors.Count > 0)
        {
            message.Append(": ").Append(string.Join("; ", failure.ApiErrors.Select(error => error.ToString())));
        }

        message.Append('.');
        if (MayLackPermission(connection, failure))
        {
            message.Append(" This answer means either that the credential is not valid, or that it is valid and lacks the permission for this request.");
        }

        if (attempts > 1)
        {
            message.Append(FormattableString.Invariant($" It was sent {attempts} times."));
        }

        if (failure.RetryAfter is { } asked && asked > policy.RetryAfterCeiling)
        {
            message.Append(FormattableString.Invariant(
                $" The service asked to wait {asked.TotalSeconds:0} s, longer than the {policy.RetryAfterCeiling.TotalSeconds:0} s that are waited."));
        }

        if (failure.RequestId is not null)
        {
            message.Append(" Request id ").Append(failure.RequestId).Append('.');
        }

        return new AclException(failure.Kind, connection.Redactor.Redact(message.ToString()), failure.Advice ?? Advise(connection, request, failure), failure.Exception)
        {
            StatusCode = failure.StatusCode,
            ApiErrors = failure.ApiErrors,
            RequestId = failure.RequestId,
            OutcomeIsUnknown = failure.IsTransient && !failure.WasRefused,
            Attempts = attempts,
            RetryAfter = failure.RetryAfter,
        };
    }

    private static bool MayLackPermission(ApiConnection connection, AttemptFailure failure) =>
        failure is { Kind: ErrorKind.AuthenticationFailed, StatusCode: { } status } && connection.Service.MayLackPermission(status, failure.ApiErrors);

    private static string? Advise(ApiConnection connection, ApiRequest request, AttemptFailure failure) => failure.Kind switch
    {
        ErrorKind.AuthenticationFailed when MayLackPermission(connection, failure) =>
            $"Check the {connection.Credential.Kind} (it came from {connection.Credential.Source}): it may be mistyped, expired or revoked, or lack the "
            + $"permission {request.Permission ?? "for this request"}. Test-AclConnection shows whether the service accepts it. Then connect again.",
        ErrorKind.AuthenticationFailed =>
            $"Check the {connection.Credential.Kind} (it came from {connection.Credential.Source}): it may be mistyped, expired or revoked. Then connect again.",
        ErrorKind.PermissionDenied => request.Permission is { } permission
            ? $"Give the credential the permission {permission}, or connect with one that has it."
            : "Connect with a credential that may do this.",
        ErrorKind.NotFound => "Check the id; the thing may have been deleted.",
        ErrorKind.RateLimited => "Wait a few minutes; connect with -MaxRequestsPerMinute when other programs spend from the same limit.",
        ErrorKind.Timeout or ErrorKind.Unreachable =>
            $"Check the network and {connection.BaseUri.Host}; then run the failed rows again, which is safe for updates and removals.",
        ErrorKind.UnexpectedResponse when failure.StatusCode is >= 300 and < 400 =>
            "Redirects are not followed, as they would carry the credential elsewhere. Check the base address.",
        ErrorKind.UnexpectedResponse => "Something between this machine and the service may have answered in its place (a proxy, a portal). Check the base address.",
        ErrorKind.ValidationFailed => "Correct the value that the service names and run the row again.",
        ErrorKind.Conflict => "Read the present state and run the row again.",
        _ => null,
    };
}
