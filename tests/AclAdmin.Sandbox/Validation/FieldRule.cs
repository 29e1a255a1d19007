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

    public FieldRule? Find(string name) => _byName.GetValueOrDefault(name);
}
