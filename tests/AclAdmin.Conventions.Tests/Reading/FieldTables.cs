using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AclAdmin.Client.Resources;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>The field tables of every resource that the client library has.</summary>
internal static class FieldTables
{
    private static readonly Dictionary<string, ResourceDescriptor> Tables = [];
    private static readonly Dictionary<string, string> Failures = [];

    static FieldTables()
    {
        foreach (var field in typeof(ApiResource).Assembly.GetExportedTypes()
            .Where(type => !type.IsGenericTypeDefinition)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)))
        {
            if (field.Name == "Descriptor" && ValueOf(field) is ResourceDescriptor table)
            {
                Tables[field.DeclaringType!.FullName!] = table;
            }
        }
    }

    /// <summary>The resources.</summary>
    public static IReadOnlyList<Type> Resources { get; } = typeof(ApiResource).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ApiResource)) && !type.IsAbstract)
        .ToArray();

    /// <summary>The tables by the resource's full name; a resource without one is missing here.</summary>
    public static IReadOnlyDictionary<string, ResourceDescriptor> ByResource => Tables;

    /// <summary>Why a resource's table could not be made, by the resource's full name.</summary>
    public static IReadOnlyDictionary<string, string> Broken => Failures;

    /// <summary>The table of a resource; null where it has none.</summary>
    public static ResourceDescriptor? Find(string resource) => Tables.GetValueOrDefault(resource);

    private static object? ValueOf(FieldInfo field)
    {
        try
        {
            return field.GetValue(null);
        }
        catch (Exception failure) when (failure is TargetInvocationException or TypeInitializationException)
        {
            Failures[field.DeclaringType!.FullName!] = failure.GetBaseException().Message;
            return null;
        }
    }
}
