using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Internal;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>
/// Ties a parameter to a field of a resource, and reads its argument as strictly as the field table requires: an argument, or what a script
/// block came to for a row; cells are read by <see cref="RowReader"/> and never come here. It does not throw for what it cannot read, as what a
/// script block gives may be read again there and be reported with the row's number. Where only the engine can decide, it returns a value that no parameter
/// converts, so that a bad argument ends the call.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public class FieldAttribute : ArgumentTransformationAttribute
{
    /// <summary>Ties a parameter to a field, or to an edit of one.</summary>
    /// <param name="item">The type of the items that have the field.</param>
    /// <param name="name">The field's API name.</param>
    public FieldAttribute(Type item, string name)
    {
        Item = item;
        Name = name;
        Field = ResourceDefinitions.Of(item).Resource.GetInput(name);
    }

    /// <summary>Ties a parameter to a field that several lists of the Email Security settings share.</summary>
    /// <param name="name">The field's API name.</param>
    public FieldAttribute(string name)
        : this(typeof(EmailSecurityItem), name, EmailSecurityFields.Find(name))
    {
    }

    /// <summary>Ties a parameter to a filter of a list.</summary>
    private protected FieldAttribute(Type item, string name, FieldDescriptor field)
    {
        Item = item;
        Name = name;
        Field = field;
    }

    /// <summary>The type of the items that have the field, or the base of several types that share it.</summary>
    public Type Item { get; }

    /// <summary>The field's API name.</summary>
    public string Name { get; }

    /// <summary>The field.</summary>
    public FieldDescriptor Field { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = Unwrap(inputData);
        if (given is null or DBNull or "" || (Field.Kind == FieldKind.Text && given is string))
        {
            return Field.Kind == FieldKind.Text ? given as string : null;
        }

        if (CellParser.DescribeTyped(Field, given) is { } cause)
        {
            // The engine would make a text of any value.
            throw new ArgumentTransformationMetadataException($"{CellText.Of(given)}: {cause}.");
        }

        if (CellParser.TryParseArgument(Field, given, out var value))
        {
            return ToParameterValue(value);
        }

        // A text parameter accepts any text, so CommandLine reads it again; the engine itself best reports a text that is no boolean.
        var isToldElsewhere = Field.Kind is FieldKind.Choice or FieldKind.TextList or FieldKind.Text || (Field.Kind == FieldKind.Boolean && given is string);
        return isToldElsewhere ? given : new UnreadableValue($"{CellText.Of(given)} (allowed for {Field.Name}: {Field.Allowed})");
    }

    /// <summary>The value without the engine's wrapping, that of the items of a list included.</summary>
    internal static object? Unwrap(object? value)
    {
        var bare = UnwrapOne(value);
        return bare is IEnumerable items and not string and not IDictionary ? UnwrapItems(items) : bare;
    }

    private static object? UnwrapOne(object? value) => value switch
    {
        // What a command that wrote nothing left behind: no value, although it is an object.
        PSObject nothing when nothing == AutomationNull.Value => null,
        PSObject { BaseObject: not PSCustomObject } wrapped => wrapped.BaseObject,
        _ => value,
    };

    private static List<object?> UnwrapItems(IEnumerable items)
    {
        var bare = new List<object?>();
        foreach (var item in items)
        {
            bare.Add(UnwrapOne(item));
        }

        return bare;
    }

    private static object? ToParameterValue(JToken value) => value switch
    {
        JArray items => items.Select(item => item.Value<string>()).ToArray(),
        JValue single => single.Value,
        _ => null,
    };
}

/// <summary>Ties a parameter to what a list is filtered by, which may allow other values than the field of that name.</summary>
/// <param name="item">The type of the items.</param>
/// <param name="name">The filter's API name.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilterAttribute(Type item, string name) : FieldAttribute(item, name, ResourceDefinitions.Of(item).Resource.GetFilter(name));

/// <summary>Stands for what could not be read. The engine finds no conversion from it, and shows its text.</summary>
/// <param name="text">What was given, and what is allowed.</param>
internal sealed class UnreadableValue(string text)
{
    /// <inheritdoc/>
    public override string ToString() => text;
}
