using System;
using System.Collections.Generic;

namespace AclAdmin.Client;

/// <summary>An error that AclAdmin explains: what was asked, what came back, and what to do next.</summary>
public sealed class AclException : Exception
{
    /// <summary>Creates the error.</summary>
    public AclException(ErrorKind kind, string message, string? recommendedAction = null, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The error for an exception that nothing here expects: a defect, which still is the error of one row and not of the run.</summary>
    public static AclException FromDefect(Exception defect) => new(
        ErrorKind.InternalError,
        $"Something unexpected happened: {defect.GetType().Name}: {defect.Message}",
        "Please report it with the row, the command and this message. The other rows are not affected.",
        defect);

    /// <summary>This error as the reason for what a service refused, with the refusal's status and errors.</summary>
    public AclException After(AclException refusal) => new(Kind, $"{Message} {refusal.Message}", RecommendedAction, refusal)
    {
        StatusCode = refusal.StatusCode,
        ApiErrors = refusal.ApiErrors,
        RequestId = refusal.RequestId,
        Attempts = refusal.Attempts,
    };

    /// <summary>This error for another request that it has kept from being sent.</summary>
    internal AclException ForAnother() => new(Kind, Message, RecommendedAction, this)
    {
        StatusCode = StatusCode,
        ApiErrors = ApiErrors,
        RequestId = RequestId,
        RetryAfter = RetryAfter,
    };

    /// <summary>This error where an earlier try of the same request may have been carried out.</summary>
    internal AclException AfterLostAnswer() => new(Kind, $"{Message} The answer to an earlier try was lost.", RecommendedAction, this)
    {
        StatusCode = StatusCode,
        ApiErrors = ApiErrors,
        RequestId = RequestId,
        Attempts = Attempts,
        RetryAfter = RetryAfter,
        OutcomeIsUnknown = true,
    };

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Whether nothing that follows can do better, so that a run ends with it.</summary>
    public bool EndsRun => Kind is ErrorKind.NotConnected or ErrorKind.AuthenticationFailed or ErrorKind.JournalFailed or ErrorKind.FileFailed;

    /// <summary>What to do next; null where nothing general can be said.</summary>
    public string? RecommendedAction { get; }

    /// <summary>The HTTP status of the answer; null when no answer came or none was asked for.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Every error in the answer.</summary>
    public IReadOnlyList<ApiError> ApiErrors { get; init; } = Array.Empty<ApiError>();

    /// <summary>The service's id for the request (Cloudflare: <c>cf-ray</c>), for its support; null where it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the service may have carried the request out although no good answer came.</summary>
    public bool OutcomeIsUnknown { get; init; }

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the service asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
