using System;
using System.Collections.Generic;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;

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

    /// <summary>Whether the service asks all callers to slow down: 429, or 503 with Retry-After.</summary>
    public bool AsksToSlowDown { get; init; }

    /// <summary>
    /// Whether it is certain that the request was not carried out: it was refused for sending too much (429), or never left this machine. A 503 proves
    /// nothing, with Retry-After or without: the server that sends it may stand in front of the one that did the work.
    /// </summary>
    public bool ProvesNotExecuted { get; init; }

    /// <summary>Whether the service reports success, but its answer cannot be read.</summary>
    public bool AnswerIsLost { get; init; }

    /// <summary>Whether the request may have been carried out all the same.</summary>
    public bool MayHaveBeenExecuted => !ProvesNotExecuted && (IsTransient || AnswerIsLost);

    /// <summary>Where a request failed that got no answer.</summary>
    public BrokenAt BrokenAt { get; init; }

    /// <summary>Where the requests before it failed, where this one was not sent for that reason.</summary>
    internal BrokenAt Outage { get; init; }

    /// <summary>What this shows of an outage; null where the service has answered.</summary>
    internal OutageCause? ToOutageCause() => StatusCode is null or 502 or 503 or 504 or (>= 520 and <= 530)
        ? new OutageCause(Summary, BrokenAt, IsTransient, Kind == ErrorKind.Timeout)
        : null;

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// Whether a 404 is about the address and not about an item: the service has no such route, or something else has answered in the service's place.
    /// </summary>
    public bool IsWrongAddress { get; init; }

    /// <summary>Whether this shows that the requested item does not exist.</summary>
    internal bool IsMissingItem => Kind == ErrorKind.NotFound && !IsWrongAddress;

    /// <summary>The wait that the service requested; null where it requested none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Every error in the answer.</summary>
    public IReadOnlyList<ApiError> ApiErrors { get; init; } = Array.Empty<ApiError>();

    /// <summary>The service's id for the request; null where the service sent none.</summary>
    public string? RequestId { get; init; }

    /// <summary>What to do next; null where the kind of the failure decides it.</summary>
    public string? Advice { get; init; }

    /// <summary>The exception behind it; null where an answer came.</summary>
    public Exception? Exception { get; init; }
}
