using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>Parameters that stand for fields of a resource, held against its field table.</summary>
public sealed class FieldParameterTests
{
    /// <summary>Nullable throughout: nothing said, and a field to be cleared, are both no value.</summary>
    private static readonly Dictionary<FieldKind, string> TypeByKind = new()
    {
        [FieldKind.Text] = "System.String",
        [FieldKind.Choice] = "System.String",
        [FieldKind.Boolean] = "System.Boolean?",
        [FieldKind.Integer] = "System.Int64?",
        [FieldKind.TextList] = "System.String[]",
        [FieldKind.Timestamp] = "System.String",
    };

    /// <summary>A row may use the service's own word for every field.</summary>
    [Fact]
    public void Field_parameters_answer_to_the_API_name() => Rule.Holds(
        from parameter in All()
        where parameter.Of.FieldName is { Length: > 0 } name && !parameter.Of.AnswersTo(name)
        select $"{parameter.Cmdlet} {parameter.Of} does not answer to '{parameter.Of.FieldName}'",
        "add the field's API name with [Alias(\"...\")].");

    /// <summary>
    /// Rows are read by the module. What the engine binds of a row as well, in the set for rows, nobody looks at, and every row pays for it.
    /// </summary>
    [Fact]
    public void Field_parameters_take_columns_outside_of_the_set_for_rows() => Rule.Holds(
        from parameter in All()
        where parameter.Cmdlet.ChangesService && !parameter.Of.ColumnSets.SequenceEqual(["Argument"])
        select $"{parameter.Cmdlet} {parameter.Of} takes columns in the sets '{string.Join(", ", parameter.Of.ColumnSets)}'",
        "declare [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)] and [Parameter(ParameterSetName = RowSet)].");

    /// <summary>A parameter of another type loses a state (bool has no "not said") or a value (int is too short for an id).</summary>
    [Fact]
    public void Field_parameters_have_the_type_of_their_field() => Rule.Holds(
        from parameter in All()
        let field = parameter.Field
        where field is not null && parameter.Of.Type != TypeByKind.GetValueOrDefault(field.Kind)

        // A create makes an item of each pattern.
        where !(field.Name == "pattern" && parameter.Of.Type == "System.String[]")
        select $"{parameter.Cmdlet} {parameter.Of} is a {parameter.Of.Type}, but {field.Name} is {field.Kind}: {Wanted(field.Kind)}",
        "give the parameter the type that its field's kind asks for.");

    /// <summary>A field that the table does not have fails only when the attribute is made: in somebody's session.</summary>
    [Fact]
    public void Field_parameters_stand_for_fields_of_the_cmdlets_resource() => Rule.Holds(
        from parameter in All()
        where parameter.Field is null
        select $"{parameter.Cmdlet} {parameter.Of} [{parameter.Of.FieldAttribute}] " + parameter switch
        {
            { Cmdlet.FieldTable: { } table } => $"stands for '{parameter.Of.FieldName}', which no {table.Noun} has",
            _ => $"stands for '{parameter.Of.FieldName}', but its class shows no resource with a field table",
        },
        "name a field of the resource's Descriptor, and derive the cmdlet from a base class that has the resource as its type argument; "
            + "what is no field of the service is one of the Descriptor's EditFields.");

    /// <summary>The service decides the others itself; a parameter would promise what cannot be kept.</summary>
    [Fact]
    public void Parameters_of_writing_cmdlets_stand_for_writable_fields() => Rule.Holds(
        from parameter in All()
        where parameter.Cmdlet.ChangesService && parameter.Field is { Writable: false }
        select $"{parameter.Cmdlet} {parameter.Of} stands for '{parameter.Of.FieldName}', which is only ever read",
        "drop the parameter, or mark the field as writable in its table if the service takes it.");

    /// <summary>Every writable field can be said on every cmdlet that writes fields, once. An array of objects is edited object by object.</summary>
    [Fact]
    public void Cmdlets_that_write_fields_have_a_parameter_for_each_writable_field() => Rule.Holds(
        from pair in CmdletsWithTable()
        let cmdlet = pair.Cmdlet
        where cmdlet.WritesFields
        from field in pair.Table.WritableFields
        where field.Kind != FieldKind.ObjectList
        where !field.CreateOnly || cmdlet.Verb == "New"
        let count = cmdlet.FieldParameters.Count(parameter => field.Name.Equals(parameter.FieldName, StringComparison.OrdinalIgnoreCase))
        where count != 1
        select $"{cmdlet} has {count} parameters for {field.Name}",
        "give it exactly one parameter with the field's attribute, best in the base class that the resource's writing cmdlets share.");

    /// <summary>Without its resource, a cmdlet would slip through every rule about fields.</summary>
    [Fact]
    public void Cmdlets_that_write_fields_show_their_resource() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        where cmdlet.WritesFields && cmdlet.FieldTable is null
        select $"{cmdlet}: neither a type argument of its base classes nor its output type is a resource with a field table",
        "derive it from the base class for rows, with the resource as type argument, and give the resource a public static Descriptor.");

    /// <summary>A field of another list was copied from the wrong place.</summary>
    [Fact]
    public void Field_attributes_name_the_resource_of_their_cmdlet() => Rule.Holds(
        from parameter in All()
        where parameter.Of.FieldItem is { } item && item != parameter.Cmdlet.ResourceType
        select $"{parameter.Cmdlet} {parameter.Of} stands for a field of {parameter.Of.FieldItem}, and the cmdlet is for {parameter.Cmdlet.ResourceType ?? "no resource"}",
        "name the type of the cmdlet's own items in [Field(typeof(...), ...)].");

    /// <summary>Exports of any age say the same thing under different names, and all of them must be understood.</summary>
    [Fact]
    public void Identity_parameters_answer_to_every_name_of_the_identity() => Rule.Holds(
        from pair in CmdletsWithTable()
        let names = pair.Table.IdentityAliases.Prepend(pair.Table.Identity.Name).ToArray()
        from parameter in pair.Cmdlet.Parameters
        where parameter.FieldAttribute is null && names.Any(parameter.AnswersTo)
        let missing = names.Where(name => !parameter.AnswersTo(name)).ToArray()
        where missing.Length > 0
        select $"{pair.Cmdlet} {parameter} does not answer to {string.Join(", ", missing)}",
        "add them with [Alias(\"...\")]; the resource's Descriptor lists them.");

    /// <summary>What is changed or removed is named by its id.</summary>
    [Fact]
    public void Cmdlets_that_change_or_remove_a_thing_take_its_identity() => Rule.Holds(
        from pair in CmdletsWithTable()
        let identity = pair.Table.Identity.Name
        where pair.Cmdlet.Verb is "Set" or "Update" or "Remove"
        where !pair.Cmdlet.Parameters.Any(parameter => parameter.AnswersTo(identity))
        select $"{pair.Cmdlet} has no parameter for {identity}",
        "give it a parameter that answers to the identity's API name.");

    private static string Wanted(FieldKind kind) =>
        TypeByKind.TryGetValue(kind, out var type) ? type : "no parameter at all, as it is only ever read";

    private static IEnumerable<(Cmdlet Cmdlet, ResourceDescriptor Table)> CmdletsWithTable()
    {
        foreach (var cmdlet in BuiltModule.Current.Cmdlets)
        {
            if (cmdlet.FieldTable is { } table)
            {
                yield return (cmdlet, table);
            }
        }
    }

    private static IEnumerable<FieldParameter> All() =>
        from cmdlet in BuiltModule.Current.Cmdlets
        from parameter in cmdlet.FieldParameters
        select new FieldParameter(cmdlet, parameter, FieldOf(cmdlet, parameter));

    private static FieldDescriptor? FieldOf(Cmdlet cmdlet, Parameter parameter) =>
        cmdlet.FieldTable?.Find(parameter.FieldName!) ?? cmdlet.FieldTable?.EditFields.FirstOrDefault(field => field.Name == parameter.FieldName);

    private sealed record FieldParameter(Cmdlet Cmdlet, Parameter Of, FieldDescriptor? Field);
}
