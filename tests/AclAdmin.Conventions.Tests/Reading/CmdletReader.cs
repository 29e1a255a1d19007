using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>
/// Turns the metadata of a class into what the rules ask for. Types are compared by name, as those of metadata are never the running ones.
/// </summary>
internal static class CmdletReader
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Reads a class.</summary>
    /// <returns>Null where it has no <c>CmdletAttribute</c>.</returns>
    public static Cmdlet? TryRead(Type type)
    {
        var attribute = AttributesOf(type, EngineTypes.CmdletAttribute).SingleOrDefault();
        if (attribute is null)
        {
            return null;
        }

        var outputTypes = AttributesOf(type, EngineTypes.OutputTypeAttribute)
            .SelectMany(output => output.ConstructorArguments)
            .SelectMany(ItemsOf)
            .ToArray();
        return new Cmdlet
        {
            Verb = (string?)attribute.ConstructorArguments[0].Value ?? "",
            Noun = (string?)attribute.ConstructorArguments[1].Value ?? "",
            ClassName = type.Name,
            Namespace = type.Namespace ?? "",
            IsPublic = type.IsVisible,
            IsSealed = type.IsSealed,
            SupportsShouldProcess = Named(attribute, "SupportsShouldProcess")?.Value is true,
            SupportsPaging = Named(attribute, "SupportsPaging")?.Value is true,
            ConfirmImpact = Named(attribute, "ConfirmImpact") is { } impact ? EnumName(impact) : "Medium",
            OutputTypes = outputTypes.Select(output => output is Type { } named ? NameOf(named) : output?.ToString() ?? "").ToArray(),
            ResourceType = Lineage(type)
                .SelectMany(ancestor => ancestor.GetGenericArguments())
                .Concat(outputTypes.OfType<Type>())
                .FirstOrDefault(candidate => candidate.DerivesFrom(EngineTypes.Resource))?.FullName,
            Permission = Lineage(type)
                .SelectMany(ancestor => AttributesOf(ancestor, EngineTypes.PermissionAttribute))
                .Select(needed => (string?)needed.ConstructorArguments[0].Value)
                .FirstOrDefault(),
            Parameters = ParametersOf(type),
        };
    }

    /// <summary>Whether a class has another, by full name, among its ancestors.</summary>
    public static bool DerivesFrom(this Type type, string ancestor) =>
        Lineage(type).Skip(1).Any(candidate => candidate.FullName == ancestor);

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Also finds those in fields, which the engine takes, and in members that are not public, which it overlooks.</summary>
    private static Parameter[] ParametersOf(Type type) => Lineage(type)
        .TakeWhile(ancestor => ancestor.Assembly == type.Assembly)
        .SelectMany(ancestor => ancestor.GetProperties(Declared).Cast<MemberInfo>().Concat(ancestor.GetFields(Declared)))
        .Where(member => AttributesOf(member, EngineTypes.ParameterAttribute).Any())
        .DistinctBy(member => member.Name)
        .Select(ReadParameter)
        .ToArray();

    private static Parameter ReadParameter(MemberInfo member)
    {
        var property = member as PropertyInfo;
        var attributes = member.GetCustomAttributesData();
        var field = attributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == EngineTypes.FieldAttribute);
        return new Parameter
        {
            Name = member.Name,
            Aliases = AttributesOf(member, EngineTypes.AliasAttribute)
                .SelectMany(attribute => attribute.ConstructorArguments)
                .SelectMany(ItemsOf)
                .OfType<string>()
                .ToArray(),
            Type = NameOf(property?.PropertyType ?? ((FieldInfo)member).FieldType),
            IsPublicProperty = property is { GetMethod: { IsPublic: true, IsStatic: false }, SetMethod.IsPublic: true },
            ColumnSets = AttributesOf(member, EngineTypes.ParameterAttribute)
                .Where(attribute => Named(attribute, "ValueFromPipelineByPropertyName")?.Value is true)
                .Select(attribute => Named(attribute, "ParameterSetName")?.Value as string ?? EngineTypes.AllSets)
                .ToArray(),
            Transformations = attributes
                .Where(attribute => attribute.AttributeType.DerivesFrom(EngineTypes.Transformation))
                .Select(attribute => attribute.AttributeType.FullName!)
                .ToArray(),
            FieldAttribute = field?.AttributeType.Name,
            FieldItem = field?.ConstructorArguments.Select(argument => argument.Value).OfType<Type>().FirstOrDefault()?.FullName,
            FieldName = field?.ConstructorArguments.Select(argument => argument.Value).OfType<string>().FirstOrDefault(""),
        };
    }

    private static IEnumerable<CustomAttributeData> AttributesOf(MemberInfo member, string type) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == type);

    private static CustomAttributeTypedArgument? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments
            .Where(argument => argument.MemberName == name)
            .Select(argument => (CustomAttributeTypedArgument?)argument.TypedValue)
            .FirstOrDefault();

    /// <summary>What an argument holds: several values where it is an array, as <c>params</c> are.</summary>
    private static IEnumerable<object?> ItemsOf(CustomAttributeTypedArgument argument) => argument.Value is IEnumerable and not string
        ? ((IEnumerable<CustomAttributeTypedArgument>)argument.Value).Select(item => item.Value)
        : [argument.Value];

    private static string EnumName(CustomAttributeTypedArgument value) => value.ArgumentType
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .First(field => Equals(field.GetRawConstantValue(), value.Value))
        .Name;

    private static string NameOf(Type type)
    {
        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType && type.GetGenericTypeDefinition().FullName == typeof(Nullable<>).FullName
            ? NameOf(type.GetGenericArguments()[0]) + "?"
            : type.FullName ?? type.Name;
    }
}
