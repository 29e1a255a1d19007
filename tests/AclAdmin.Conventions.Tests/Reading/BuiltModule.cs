using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>
/// The module as it was built, read from its metadata: nothing of it runs, so no engine is needed. Read once, into plain values, so that
/// the tests do not depend on the reader's lifetime.
/// </summary>
internal sealed class BuiltModule
{
    private static readonly Lazy<BuiltModule> Shared = new(() => new BuiltModule());

    private BuiltModule()
    {
        if (!File.Exists(Path.Combine(Repository.ModuleOutput, "AclAdmin.dll")))
        {
            throw new FileNotFoundException($"There is no AclAdmin.dll in {Repository.ModuleOutput}. Build src/AclAdmin first.");
        }

        var files = Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll")
            .Concat(Directory.GetFiles(Repository.ModuleOutput, "*.dll"))
            .Append(Repository.EngineAssembly);
        using var context = new MetadataLoadContext(new PathAssemblyResolver(files));
        var module = context.LoadFromAssemblyPath(Path.Combine(Repository.ModuleOutput, "AclAdmin.dll"));
        var client = context.LoadFromAssemblyPath(Path.Combine(Repository.ModuleOutput, "AclAdmin.Client.dll"));
        Assemblies = [FactsOf(client), FactsOf(module)];
        ApprovedVerbs = ReadVerbs(context.LoadFromAssemblyPath(Repository.EngineAssembly));

        // Rules look for these by name. Had they another one, the rules would find nothing and hold forever.
        CheckIsThere(module, EngineTypes.FieldAttribute);
        CheckIsThere(module, EngineTypes.SecretAttribute);
        CheckIsThere(module, EngineTypes.PermissionAttribute);
        CheckIsThere(client, EngineTypes.Resource);

        var classes = module.GetTypes().Where(type => type.DerivesFrom(EngineTypes.Cmdlet)).ToArray();
        Cmdlets = classes.Select(CmdletReader.TryRead).OfType<Cmdlet>().ToArray();
        ClassesWithoutAttribute = classes
            .Where(type => !type.IsAbstract && CmdletReader.TryRead(type) is null)
            .Select(type => type.FullName!)
            .ToArray();
        if (Cmdlets.Count == 0)
        {
            throw new InvalidOperationException("AclAdmin.dll has no cmdlet, so no rule can be checked.");
        }
    }

    /// <summary>The module that this test run built.</summary>
    public static BuiltModule Current => Shared.Value;

    /// <summary>The cmdlets.</summary>
    public IReadOnlyList<Cmdlet> Cmdlets { get; }

    /// <summary>Classes that could be cmdlets but say no name, so that the engine passes them over.</summary>
    public IReadOnlyList<string> ClassesWithoutAttribute { get; }

    /// <summary>The verbs that the engine approves of.</summary>
    public IReadOnlySet<string> ApprovedVerbs { get; }

    /// <summary>The project's own assemblies.</summary>
    public IReadOnlyList<AssemblyFacts> Assemblies { get; }

    private static AssemblyFacts FactsOf(Assembly assembly) => new(
        assembly.GetName().Name!,
        assembly.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType.FullName == typeof(TargetFrameworkAttribute).FullName)
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value!)
            .SingleOrDefault("none"),
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToArray());

    private static HashSet<string> ReadVerbs(Assembly engine) => engine.GetExportedTypes()
        .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToHashSet(StringComparer.Ordinal);

    private static void CheckIsThere(Assembly assembly, string type)
    {
        if (assembly.GetType(type) is null)
        {
            throw new TypeLoadException($"{assembly.GetName().Name} has no {type} any more. Tell {nameof(EngineTypes)} its new name.");
        }
    }
}
