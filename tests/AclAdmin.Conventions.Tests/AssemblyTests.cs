using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What the assemblies need, and what lies beside them.</summary>
public sealed class AssemblyTests
{
    private const string Framework = ".NETStandard,Version=v2.0";

    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["AclAdmin.Client"] = ["netstandard", "Newtonsoft.Json"],
        ["AclAdmin"] = ["netstandard", "System.Management.Automation", "Newtonsoft.Json", "AclAdmin.Client"],
    };

    private static readonly string[] ShippedFiles = ["AclAdmin.Client.dll", "AclAdmin.dll", "Newtonsoft.Json.dll"];

    /// <summary>Every further assembly is a version conflict waiting in somebody's session; the library knows no PowerShell.</summary>
    [Fact]
    public void Assemblies_reference_only_what_the_design_allows() => Rule.Holds(
        from assembly in BuiltModule.Current.Assemblies
        from reference in assembly.References.Except(AllowedReferences[assembly.Name])
        select $"{assembly.Name} references {reference}",
        "do without it: only these may be referenced: "
            + string.Join("; ", AllowedReferences.Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}")) + ".");

    /// <summary>Windows PowerShell 5.1 and PowerShell 7 load one and the same file.</summary>
    [Fact]
    public void Assemblies_target_NET_Standard_2_0() => Rule.Holds(
        BuiltModule.Current.Assemblies
            .Where(assembly => assembly.TargetFramework != Framework)
            .Select(assembly => $"{assembly.Name} targets {assembly.TargetFramework}, not {Framework}"),
        "set <TargetFramework>netstandard2.0</TargetFramework> in its project.");

    /// <summary>The folder becomes the module's bin: the engine brings the rest, and 5.1 needs the copy of Newtonsoft.Json.</summary>
    [Fact]
    public void Build_output_holds_the_shipped_assemblies_and_no_other()
    {
        var found = Directory.EnumerateFiles(Repository.ModuleOutput, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".DLL" or ".EXE" or ".SO" or ".DYLIB")
            .Select(file => Path.GetRelativePath(Repository.ModuleOutput, file))
            .ToArray();
        Rule.Holds(
            found.Except(ShippedFiles, StringComparer.Ordinal).Select(file => $"{file} is there and should not be")
                .Concat(ShippedFiles.Except(found, StringComparer.Ordinal).Select(file => $"{file} is missing")),
            $"mend the references of src/AclAdmin/AclAdmin.csproj; what an older build left goes away with {Repository.ModuleOutput}.");
    }
}
