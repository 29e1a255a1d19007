using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>What a cell was read as.</summary>
public readonly struct CellReading
{
    /// <summary>The JSON value; null where the cell could not be read.</summary>
    public JToken? Value { get; init; }

    /// <summary>Why the cell could not be read, as a clause; null where only the allowed values can be named.</summary>
    public string? Cause { get; init; }

    /// <summary>What stands in the cell and can be meant in a regular expression only, such as an invisible character, as a clause; null for nothing.</summary>
    public string? Hidden { get; init; }

    /// <summary>What looks like a forgotten separator between items, as a clause; null for nothing.</summary>
    public string? Joined { get; init; }

    /// <summary>Whether <see cref="Joined"/> has a meaning in a regular expression.</summary>
    public bool IsAlternation { get; init; }
}
