using System;
using System.Collections.Generic;

namespace AclAdmin.Client;

/// <summary>An error that AclAdmin explains: the request, the answer, and what to do next.</summary>
public sealed class AclException : Exception
{
    /// <summary>Creates the error.</summary>
    public AclException(ErrorKind kind, string message, string? recommendedAction = null, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The error for an unexpected exception. It is a defect, yet it fails one row and not the whole run.</summary>
    public static AclException FromDefect(Exception defect) => new(
        ErrorKind.InternalError,
        $"Something unexpected happened: {defect.GetType().Name}: {defect.Message}",
        "Please report it with the row, the command and this message. The other rows are not affected.",
        defect);

    /// <summary>This error as the reason for what a service refused, with the refusal's status and errors.</summary>
    public AclException After(AclException refusal) => refusal.CopyAs(Kind, $"{Message} {refusal.Message}", RecommendedAction, outcomeIsUnknown: false);

    /// <summary>This error for another write of the same request.</summary>
    internal AclException ForAnother() => CopyAs(Kind, Message, RecommendedAction, OutcomeIsUnknown);

    /// <summary>This error where an earlier try of the same request may have been carried out.</summary>
    internal AclException AfterLostAnswer() => CopyAs(Kind, $"{Message} The answer to an earlier try was lost.", RecommendedAction, outcomeIsUnknown: true);

    /// <summary>What this error means for the row, with the facts of the answer.</summary>
    internal AclException CopyAs(ErrorKind kind, string message, string? recommendedAction, bool outcomeIsUnknown) => new(kind, message, recommendedAction, this)
    {
        StatusCode = StatusCode,
        ApiErrors = ApiErrors,
        RequestId = RequestId,
        IsWrongAddress = IsWrongAddress,
        Attempts = Attempts,
        RetryAfter = RetryAfter,
        OutcomeIsUnknown = outcomeIsUnknown,
    };

    /// <summary>This error without secrets: itself where it holds none.</summary>
    /// <param name="redact">Removes secrets from a text. A cause that holds one is omitted.</param>
    public AclException Masked(Func<string, string> redact)
    {
        var (message, action, cause) = (redact(Message), RecommendedAction is null ? null : redact(RecommendedAction), InnerException?.ToString());
        return message == Message && action == RecommendedAction && (cause is null || redact(cause) == cause) ? this : new(Kind, message, action)
        {
            StatusCode = StatusCode,
            ApiErrors = ApiErrors,
            RequestId = RequestId,
            Attempts = Attempts,
            RetryAfter = RetryAfter,
            OutcomeIsUnknown = OutcomeIsUnknown,
        };
    }

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Whether every later request would fail in the same way, so that the run ends.</summary>
    public bool EndsRun => Kind is ErrorKind.NotConnected or ErrorKind.AuthenticationFailed or ErrorKind.JournalFailed or ErrorKind.FileFailed;

    /// <summary>What to do next; null where there is no general advice.</summary>
    public string? RecommendedAction { get; }

    /// <summary>The HTTP status of the answer; null when no request was sent or no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// Whether this shows that the item does not exist. A 404 alone does not: where the service has no such route, or something else has answered in its place,
    /// nothing is known of the item. The only place that decides it.
    /// </summary>
    public bool IsMissingItem => Kind == ErrorKind.NotFound && !IsWrongAddress;

    /// <summary>Whether a 404 is about the address and not about an item.</summary>
    internal bool IsWrongAddress { get; init; }

    /// <summary>Every error in the answer.</summary>
    public IReadOnlyList<ApiError> ApiErrors { get; init; } = Array.Empty<ApiError>();

    /// <summary>The service's id for the request (Cloudflare: <c>cf-ray</c>), for its support; null where the service sent none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the service may have carried the request out although no successful answer came.</summary>
    public bool OutcomeIsUnknown { get; init; }

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The wait that the service requested; null where it requested none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
