using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>A parameter of a cmdlet that specifies a field.</summary>
internal sealed class FieldParameter
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FieldParameter>> ByCommand = new();

    private readonly PropertyInfo _property;

    private FieldParameter(PropertyInfo property, FieldDescriptor field)
    {
        _property = property;
        Field = field;
        Names = NamesOf(property);
    }

    /// <summary>The parameter's name.</summary>
    public string Name => _property.Name;

    /// <summary>The parameter's name and its aliases: the columns that specify it.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The field.</summary>
    public FieldDescriptor Field { get; }

    /// <summary>The parameters of a cmdlet that specify fields, or of the one whose fields it accepts in rows, in the order of the field table.</summary>
    public static IReadOnlyList<FieldParameter> Of(Type command) => ByCommand.GetOrAdd(command, type => (type.GetCustomAttribute<FieldsOfAttribute>()?.Command ?? type).GetProperties()
        .Select(property => (property, attribute: property.GetCustomAttribute<FieldAttribute>()))
        .Where(pair => pair.attribute is not null)
        .Select(pair => new FieldParameter(pair.property, pair.attribute!.Field))
        .OrderBy(parameter => parameter.Field.Name, StringComparer.Ordinal)
        .ToArray());

    /// <summary>The columns that hold a field of an item, whether or not a cmdlet at hand has a parameter for it.</summary>
    public static IReadOnlyList<string> ColumnsOf(Type item, FieldDescriptor field) => typeof(FieldParameter).Assembly.GetTypes()
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(property => property.GetCustomAttribute<FieldAttribute>() is { } attribute && attribute.Item.IsAssignableFrom(item) && attribute.Field == field)
        .SelectMany(NamesOf)
        .Append(field.Name)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToArray();

    /// <summary>A parameter's name and its aliases.</summary>
    public static IReadOnlyList<string> NamesOf(PropertyInfo property) =>
        new[] { property.Name }.Concat(property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).ToArray();

    /// <summary>The parameter's present value.</summary>
    public object? ValueIn(object command) => _property.GetValue(command);
}
