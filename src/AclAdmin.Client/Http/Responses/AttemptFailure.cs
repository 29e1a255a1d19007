using System;
using System.Collections.Generic;

namespace AclAdmin.Client.Http.Responses;

/// <summary>How one try of a request failed.</summary>
public sealed class AttemptFailure
{
    /// <summary>Describes a failure.</summary>
    /// <param name="kind">What it is, should no further try mend it.</param>
    /// <param name="summary">What happened: "503 Service Unavailable", "the connection was closed".</param>
    public AttemptFailure(ErrorKind kind, string summary)
    {
        Kind = kind;
        Summary = summary;
    }

    /// <summary>What it is, should no further try mend it.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What happened, in a few words, free of secrets.</summary>
    public string Summary { get; }

    /// <summary>Whether another try may go better.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether the service said that it did not carry the request out.</summary>
    public bool WasRefused { get; init; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How long the service asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Every error in the answer.</summary>
    public IReadOnlyList<ApiError> ApiErrors { get; init; } = Array.Empty<ApiError>();

    /// <summary>The service's id for the request; null where it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>What to do next; null where the kind of the failure decides it.</summary>
    public string? Advice { get; init; }

    /// <summary>The exception behind it; null where an answer came.</summary>
    public Exception? Exception { get; init; }
}
