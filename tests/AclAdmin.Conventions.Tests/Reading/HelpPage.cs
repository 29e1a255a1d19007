using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>One help page, read without PlatyPS: its sections, and what it says of each parameter.</summary>
internal sealed partial class HelpPage
{
    private HelpPage(string path)
    {
        Cmdlet = Path.GetFileNameWithoutExtension(path);
        var text = ShortHelpPage.Complete(Cmdlet, File.ReadAllText(path).ReplaceLineEndings("\n"));
        Text = text;
        Sections = SectionHeading().Split(text).Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
        Title = FrontMatterTitle().Match(text).Groups[1].Value;
        Parameters = ParameterHeading().Split(Sections.GetValueOrDefault("PARAMETERS", "").Split("\n### CommonParameters")[0]).Skip(1).Chunk(2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
        Examples = ExampleHeading().Split(Sections.GetValueOrDefault("EXAMPLES", "")).Skip(1).Select(example => example.Trim()).ToArray();
    }

    /// <summary>Every page in the folder, by cmdlet.</summary>
    public static IReadOnlyList<HelpPage> All { get; } = Directory.GetFiles(Repository.HelpSource, "*-*.md").Order(StringComparer.Ordinal).Select(path => new HelpPage(path)).ToArray();

    /// <summary>The cmdlet, by the file's name.</summary>
    public string Cmdlet { get; }

    /// <summary>The whole page.</summary>
    public string Text { get; }

    /// <summary>The title in the page's metadata.</summary>
    public string Title { get; }

    /// <summary>The sections by heading: SYNOPSIS, NOTES and so on.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; }

    /// <summary>What is said of each parameter, its metadata included, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The examples, each from its title on.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>The aliases that the metadata of a parameter names.</summary>
    public IEnumerable<string> AliasesOf(string parameter) =>
        AliasList().Match(Parameters[parameter]).Groups[1].Captures.Select(alias => alias.Value);

    /// <summary>What the page says of a parameter, without its metadata.</summary>
    public string ExplanationOf(string parameter) => Parameters[parameter].Split("```yaml")[0].Trim();

    /// <inheritdoc/>
    public override string ToString() => Cmdlet + ".md";

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex SectionHeading();

    [GeneratedRegex(@"^### -(\w+)$", RegexOptions.Multiline)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex(@"^### ", RegexOptions.Multiline)]
    private static partial Regex ExampleHeading();

    [GeneratedRegex(@"^title: (.+)$", RegexOptions.Multiline)]
    private static partial Regex FrontMatterTitle();

    [GeneratedRegex(@"^Aliases:\n(?:- (.+)\n)+", RegexOptions.Multiline)]
    private static partial Regex AliasList();
}
