using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What AclAdmin.psd1 says, held against what was built.</summary>
public sealed class ManifestTests
{
    private static readonly string[] EmptyExports = ["FunctionsToExport", "VariablesToExport"];

    private static readonly IReadOnlyDictionary<string, object> Manifest = ManifestReader.ReadModule();

    /// <summary>A cmdlet that is not in the list exists for nobody; a name in it without a cmdlet breaks command discovery.</summary>
    [Fact]
    public void Exported_cmdlets_are_exactly_those_of_the_assembly()
    {
        var listed = Manifest.TryGetValue("CmdletsToExport", out var value) ? ManifestReader.ListOf(value) : [];
        var built = BuiltModule.Current.Cmdlets.Select(cmdlet => cmdlet.Name).ToArray();
        Rule.Holds(
            built.Except(listed).Select(name => $"{name} is in the assembly and not in CmdletsToExport")
                .Concat(listed.Except(built).Select(name => $"{name} is in CmdletsToExport and not in the assembly"))
                .Concat(listed.CountBy(name => name)
                    .Where(name => name.Value > 1)
                    .Select(name => $"{name.Key} is listed {name.Value} times")),
            "make CmdletsToExport in AclAdmin.psd1 list every cmdlet once, spelled as in its [Cmdlet].");
    }

    /// <summary>Where a list is missing or null, the engine exports everything and has to load the module to know what that is.</summary>
    [Fact]
    public void Nothing_but_cmdlets_is_exported() => Rule.Holds(
        EmptyExports
            .Where(key => !(Manifest.TryGetValue(key, out var value) && value is List<object> { Count: 0 }))
            .Select(key => Manifest.TryGetValue(key, out var value)
                ? $"{key} is '{string.Join(", ", ManifestReader.ListOf(value))}'"
                : $"{key} is missing"),
        "write '<key> = @()' in AclAdmin.psd1.");

    /// <summary>The dashboard has other words for content policies. An alias stands for each cmdlet of the list.</summary>
    [Fact]
    public void Exported_aliases_are_the_names_that_the_dashboard_has_for_cmdlets() => Assert.Equal(
        BuiltModule.Current.Cmdlets.Where(cmdlet => cmdlet.Noun == "EmailContentPolicy").Select(cmdlet => $"{cmdlet.Verb}-EmailBlockedContent").Order(),
        ManifestReader.ListOf(Manifest["AliasesToExport"]).Order());

    /// <summary>A wildcard makes the engine load the module to know what is in it.</summary>
    [Fact]
    public void Export_lists_have_no_wildcards() => Rule.Holds(
        from entry in Manifest
        where entry.Key.EndsWith("ToExport", System.StringComparison.OrdinalIgnoreCase)
        from name in ManifestReader.ListOf(entry.Value)
        where name.Any("*?[".Contains)
        select $"{entry.Key} holds '{name}'",
        "list what is exported by its full name.");

    /// <summary>One version for the module and its assemblies, kept in one place.</summary>
    [Fact]
    public void Module_has_the_version_of_its_assemblies()
    {
        var version = XDocument.Load(Repository.BuildProperties).Descendants("Version").Single().Value;
        var said = Manifest.TryGetValue("ModuleVersion", out var value) ? value.ToString() : null;
        Rule.Holds(
            said == version ? [] : [$"ModuleVersion is {said ?? "missing"}, <Version> in Directory.Build.props is {version}"],
            "change both together.");
    }

    /// <summary>The reader that the other tests rely on, on everything that manifests are written with.</summary>
    [Fact]
    public void Reader_of_manifests_knows_quotes_comments_lists_and_tables()
    {
        const string Text = """
            # Not = @('this')
            @{
                Plain = 'it''s @(one) # text' ; Double = "say ""no"" `"twice`""
                <# Neither = 'this',
                   nor this #>
                Empty = @( # nothing
                )
                Lines = @(
                    'a'   # first
                    'b', 'c'
                )
                Bare = 'a',
                       'b'
                "Flag" = $true; Number = 1.5
                Nested = @{ Inner = @{ List = @('x') } }
            }
            """;

        var read = ManifestReader.Parse(Text);

        Assert.Equal(["Bare", "Double", "Empty", "Flag", "Lines", "Nested", "Number", "Plain"], read.Keys.Order());
        Assert.Equal("it's @(one) # text", read["plain"]);
        Assert.Equal("say \"no\" \"twice\"", read["Double"]);
        Assert.Empty(Assert.IsType<List<object>>(read["Empty"]));
        Assert.Equal(["a", "b", "c"], ManifestReader.ListOf(read["Lines"]));
        Assert.Equal(["a", "b"], ManifestReader.ListOf(read["Bare"]));
        Assert.Equal(["$true"], ManifestReader.ListOf(read["Flag"]));
        Assert.Equal("1.5", read["Number"]);
        var inner = Assert.IsType<Dictionary<string, object>>(Assert.IsType<Dictionary<string, object>>(read["Nested"])["Inner"]);
        Assert.Equal(["x"], ManifestReader.ListOf(inner["List"]));
    }
}
