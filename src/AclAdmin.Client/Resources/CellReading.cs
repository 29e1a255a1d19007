using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>What a cell was read as.</summary>
public readonly struct CellReading
{
    /// <summary>The JSON value; null where the cell could not be read.</summary>
    public JToken? Value { get; init; }

    /// <summary>Why the cell could not be read, as a clause; null where the allowed values are the only explanation.</summary>
    public string? Cause { get; init; }

    /// <summary>A part of the cell that only a regular expression can contain, such as an invisible character, as a clause; null for none.</summary>
    public string? Hidden { get; init; }

    /// <summary>A probable forgotten separator between items, as a clause; null for none.</summary>
    public string? Joined { get; init; }

    /// <summary>What a spreadsheet seems to have made of a number, as a clause; null for nothing.</summary>
    public string? Mangled { get; init; }

    /// <summary>An item that is one number with separators, which only a list of numbers is read without, as a clause; null for none.</summary>
    public string? Separated { get; init; }

    /// <summary>Whether there is anything to decide about when the whole row is known.</summary>
    public bool IsDoubtful => Hidden is not null || Joined is not null || Mangled is not null || Separated is not null;

    /// <summary>Whether <see cref="Joined"/> has a meaning in a regular expression.</summary>
    public bool IsAlternation { get; init; }
}
