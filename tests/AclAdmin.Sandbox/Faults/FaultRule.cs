using System;
using System.Collections.Generic;

namespace AclAdmin.Sandbox.Faults;

/// <summary>Which requests a fault may hit. What is null matches all.</summary>
public sealed record FaultMatch
{
    /// <summary>An HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>Text that the path, as sent, must contain.</summary>
    public string? PathContains { get; init; }

    /// <summary>Text that the path, as sent, or the body must contain: it identifies an item alone and in a batch.</summary>
    public string? Contains { get; init; }

    /// <summary>Whether the request must be one that changes things.</summary>
    public bool Writes { get; init; }

    /// <summary><c>cloudflare</c> or <c>carrierx</c>.</summary>
    public string? Service { get; init; }
}

/// <summary>
/// A fault and when to play it: of the requests that match, with a probability (<see cref="Rate"/>), or every so many
/// (<see cref="Every"/>), or each; in any case no more often than <see cref="Times"/>. Which of several requests at once comes first is
/// chance, so where requests overlap a rule counts <see cref="PerItem"/>.
/// </summary>
public sealed record FaultRule
{
    /// <summary>One of <see cref="FaultKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Probability, 0 to 1.</summary>
    public double? Rate { get; init; }

    /// <summary>The N-th, 2N-th, 3N-th … matching request.</summary>
    public int? Every { get; init; }

    /// <summary>At most so many times; alone: the first N matching requests.</summary>
    public int? Times { get; init; }

    /// <summary>
    /// Counts and draws for each item by itself: the requests with the same method, path, query and body. A row's tries are one item, so what
    /// they meet follows from the row and the number of the try, whatever other rows do meanwhile. Two rows that send the same are one item too.
    /// </summary>
    public bool PerItem { get; init; }

    /// <summary>
    /// With <see cref="PerItem"/> and <see cref="Every"/>: each item's count starts at a number of its own, 0 to N-1, which follows from the item
    /// and <see cref="Seed"/>. So of many items' first requests about every N-th is hit, and of one item's never two within N.
    /// </summary>
    public bool Stagger { get; init; }

    /// <summary>Start of the random numbers behind <see cref="Rate"/>: the same seed, the same requests.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which requests; null for all.</summary>
    public FaultMatch? Match { get; init; }

    /// <summary>Status, for kinds that take one.</summary>
    public int? Status { get; init; }

    /// <summary>How large an answer grows, for kind <c>gzip_bomb</c>.</summary>
    public int? Megabytes { get; init; }

    /// <summary><c>envelope</c>, <c>html</c>, <c>empty</c> or <c>null</c>, for kind <c>status</c>.</summary>
    public string? Body { get; init; }

    /// <summary>The Retry-After header, literally, for kind <c>status</c>; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Seconds, for kinds that take them.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where to, for kind <c>redirect</c>.</summary>
    public string? Location { get; init; }

    /// <summary>The body, word for word, for kind <c>raw</c>.</summary>
    public string? Content { get; init; }

    /// <summary>Headers, by name, for kind <c>raw</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    internal void Check()
    {
        Demand(FaultKinds.All.ContainsKey(Kind), $"'{Kind}' is not a fault kind.");
        Demand(Rate is null or (>= 0 and <= 1), "rate must be 0 to 1.");
        Demand(Every is null or >= 1, "every must be at least 1.");
        Demand(Rate is null || Every is null, "rate and every exclude each other.");
        Demand(!Stagger || (PerItem && Every is not null), "stagger needs per_item and every.");
        Demand(Times is null or >= 1, "times must be at least 1.");
        Demand(Status is null or (>= 200 and <= 599), "status must be 200 to 599.");
        Demand(Body is null or "envelope" or "html" or "empty" or "null", "body must be envelope, html, empty or null.");
        Demand(Seconds is null or (>= 0 and <= 3600), "seconds must be 0 to 3600.");
        Demand(Match?.Service is null or "cloudflare" or "carrierx", "match.service must be cloudflare or carrierx.");
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException(message);
    }
}
