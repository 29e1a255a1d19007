using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>What the built assembly says of one cmdlet.</summary>
internal sealed class Cmdlet
{
    private static readonly string[] VerbsThatChangeNothing = ["Export", "Get", "Test", "Connect", "Disconnect", "Select"];

    /// <summary>The verb in its attribute.</summary>
    public required string Verb { get; init; }

    /// <summary>The noun in its attribute.</summary>
    public required string Noun { get; init; }

    /// <summary>The class, without its namespace.</summary>
    public required string ClassName { get; init; }

    /// <summary>The namespace of the class.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether everybody sees the class.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Whether nothing can derive from the class.</summary>
    public required bool IsSealed { get; init; }

    /// <summary>Whether it has <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    public required bool SupportsShouldProcess { get; init; }

    /// <summary>Whether it has <c>-First</c>, <c>-Skip</c> and <c>-IncludeTotalCount</c>.</summary>
    public required bool SupportsPaging { get; init; }

    /// <summary>Its confirm impact by name; Medium where the attribute does not say one, as in the engine.</summary>
    public required string ConfirmImpact { get; init; }

    /// <summary>The types it says it writes, by full name.</summary>
    public required IReadOnlyList<string> OutputTypes { get; init; }

    /// <summary>
    /// The full name of the <see cref="ApiResource"/> it is for: the type argument of a base class, or else an output type; null where
    /// there is none.
    /// </summary>
    public required string? ResourceType { get; init; }

    /// <summary>The permission or scope that its calls need; null where it names none.</summary>
    public required string? Permission { get; init; }

    /// <summary>Its parameters, inherited ones included, the engine's own not.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>What people type.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>Whether it changes something on a service: what no reading verb says not to.</summary>
    public bool ChangesService => !VerbsThatChangeNothing.Contains(Verb);

    /// <summary>Whether it says what the fields of a resource shall be.</summary>
    public bool WritesFields => Verb is "Set" or "Update" or "New";

    /// <summary>The field table of its resource; null where it has none.</summary>
    public ResourceDescriptor? FieldTable => ResourceType is null ? null : FieldTables.Find(ResourceType);

    /// <summary>The parameters that stand for fields.</summary>
    public IEnumerable<Parameter> FieldParameters => Parameters.Where(parameter => parameter.FieldAttribute is not null);

    /// <summary>The parameter with a name; aliases do not count.</summary>
    public Parameter? Find(string parameter) =>
        Parameters.FirstOrDefault(candidate => candidate.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
