using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AclAdmin.Client.Resources;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>The field tables themselves, from which everything else about fields is read.</summary>
public sealed partial class FieldTableTests
{
    /// <summary>The table is found by this name, by these tests and by readers.</summary>
    [Fact]
    public void Each_resource_has_a_field_table_called_Descriptor() => Rule.Holds(
        FieldTables.Resources
            .Where(resource => FieldTables.Find(resource.FullName!) is null && !FieldTables.Broken.ContainsKey(resource.FullName!))
            .Select(resource => $"{resource.Name} has no public static field 'Descriptor' with its field table"),
        "add 'public static readonly ResourceDescriptor Descriptor'.");

    /// <summary>These are the services' names, and both services write theirs so.</summary>
    [Fact]
    public void Field_names_are_snake_case() => Rule.Holds(
        Breaches(field => !SnakeCase().IsMatch(field.Name), "is not snake_case"),
        "write the API's own name for the field.");

    /// <summary>
    /// Columns have no case, so two fields that differ in it alone could not be told apart. A table with such names refuses to be made, and
    /// takes everything that uses it along.
    /// </summary>
    [Fact]
    public void Field_names_are_unique_and_every_table_can_be_made() => Rule.Holds(
        FieldTables.Broken.Select(table => $"{table.Key}: {table.Value}"),
        "keep each name once, whatever its case, and name the identity after a field of the table.");

    /// <summary>A choice without values would refuse every value.</summary>
    [Fact]
    public void Choices_have_allowed_values() => Rule.Holds(
        Breaches(
            field => field.Kind == FieldKind.Choice
                && (field.AllowedValues.Count == 0 || field.AllowedValues.Any(string.IsNullOrWhiteSpace)),
            "is a choice without allowed values, or with an empty one"),
        "list what the service takes in AllowedValues, or make it a Text if it takes anything.");

    /// <summary>A create cannot carry what nobody may write.</summary>
    [Fact]
    public void Read_only_fields_are_not_required() => Rule.Holds(
        Breaches(field => field is { Writable: false, RequiredOnCreate: true }, "is required on create and not writable"),
        "decide which of the two the service's contract says.");

    /// <summary>The one order that needs no reason, so that a field is found and its absence is seen.</summary>
    [Fact]
    public void Fields_stand_in_alphabetical_order() => Rule.Holds(
        from table in FieldTables.ByResource
        from pair in table.Value.Fields.Zip(table.Value.Fields.Skip(1))
        where string.CompareOrdinal(pair.First.Name, pair.Second.Name) > 0
        select $"{table.Key}: {pair.Second.Name} stands after {pair.First.Name}",
        "sort the table by field name.");

    private static IEnumerable<string> Breaches(Func<FieldDescriptor, bool> isBreach, string problem) =>
        from table in FieldTables.ByResource
        from field in table.Value.Fields
        where isBreach(field)
        select $"{table.Key}: {field.Name} {problem}";

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(_[a-z0-9]+)*\z")]
    private static partial Regex SnakeCase();
}
