using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AclAdmin.Sandbox;

/// <summary>How many requests there were.</summary>
public sealed record RequestCounters
{
    /// <summary>All.</summary>
    public long Total { get; init; }

    /// <summary>Those with GET, HEAD or OPTIONS.</summary>
    public long Reads { get; init; }

    /// <summary>All others.</summary>
    public long Writes { get; init; }

    /// <summary>Those that changed something.</summary>
    public long Applied { get; init; }

    /// <summary>Those answered 429, by the limit or by a fault.</summary>
    [JsonPropertyName("refused429")]
    public long Refused429 { get; init; }

    /// <summary>Answers by status; 0 for connections that were cut.</summary>
    public IReadOnlyDictionary<int, long> ByStatus { get; init; } = new Dictionary<int, long>();
}
