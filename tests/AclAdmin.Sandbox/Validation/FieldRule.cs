using System;
using System.Collections.Generic;

namespace AclAdmin.Sandbox.Validation;

/// <summary>The JSON type a field must have.</summary>
internal enum FieldShape
{
    Text,
    Flag,
    Integer,
    TextList,
}

/// <summary>What a body may hold under one key.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">The JSON type.</param>
internal sealed record FieldRule(string Name, FieldShape Shape)
{
    public bool Nullable { get; init; }

    /// <summary>Whether the service sets it; in a body it is refused.</summary>
    public bool ReadOnly { get; init; }

    public bool RequiredOnCreate { get; init; }

    public bool RequiredOnReplace { get; init; }

    /// <summary>Whether only a create may hold it.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>Whether a partial update, too, may hold null.</summary>
    public bool NullableInPatch { get; init; } = true;

    /// <summary>Fewest characters.</summary>
    public int MinLength { get; init; }

    /// <summary>Fewest items of a list in a create or a replacement.</summary>
    public int MinItems { get; init; } = 1;

    /// <summary>Most items of a list in a create or a replacement.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Least and greatest integer.</summary>
    public (long Least, long Most)? Range { get; init; }

    /// <summary>Whether a text must be a uuid.</summary>
    public bool Uuid { get; init; }

    /// <summary>What the service itself puts where a create or a replacement has nothing, as JSON; null for null.</summary>
    public string? Default { get; init; }

    /// <summary>Most characters (code points, as JSON Schema counts).</summary>
    public int? MaxLength { get; init; }

    /// <summary>The only values allowed, if there is such a list.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}

/// <summary>All fields of one resource.</summary>
internal sealed class FieldTable
{
    private readonly Dictionary<string, FieldRule> _byName = new(StringComparer.Ordinal);

    public FieldTable(params FieldRule[] rules)
    {
        Rules = rules;
        foreach (var rule in rules)
            _byName.Add(rule.Name, rule);
    }

    public IReadOnlyList<FieldRule> Rules { get; }

    /// <summary>Whether a partial update may have no field at all.</summary>
    public bool TakesEmptyPatch { get; init; }

    public FieldRule? Find(string name) => _byName.GetValueOrDefault(name);
}
