using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>What the built assembly says of one parameter of a cmdlet.</summary>
internal sealed class Parameter
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its other names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Its declared type by full name, with <c>?</c> after a nullable value type and <c>[]</c> after an array's items.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is a property that everybody can read and set; anything else is a breach.</summary>
    public required bool IsPublicProperty { get; init; }

    /// <summary>The parameter sets in which the engine itself fills it from columns, by name; <c>__AllParameterSets</c> for all.</summary>
    public required IReadOnlyList<string> ColumnSets { get; init; }

    /// <summary>Whether a column of a row can fill it (<c>ValueFromPipelineByPropertyName</c> in any parameter set).</summary>
    public bool TakesColumns => ColumnSets.Count > 0;

    /// <summary>The full names of its attributes that derive from the engine's <c>ArgumentTransformationAttribute</c>.</summary>
    public required IReadOnlyList<string> Transformations { get; init; }

    /// <summary>The name of the attribute that ties it to a field; null where it stands for none.</summary>
    public required string? FieldAttribute { get; init; }

    /// <summary>The full name of the type whose field it stands for; null where it stands for none.</summary>
    public required string? FieldItem { get; init; }

    /// <summary>The API name of the field it stands for; null where it stands for none, empty where the attribute does not say.</summary>
    public required string? FieldName { get; init; }

    /// <summary>Its name and its aliases.</summary>
    public IEnumerable<string> Names => Aliases.Prepend(Name);

    /// <summary>Whether it is given by its name alone.</summary>
    public bool IsSwitch => Type == EngineTypes.Switch;

    /// <summary>Whether it answers to a name, which has no case.</summary>
    public bool AnswersTo(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => "-" + Name;
}
