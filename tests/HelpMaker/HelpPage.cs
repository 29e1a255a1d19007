using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace AclAdmin.HelpMaker;

/// <summary>
/// The page of a cmdlet. What it leaves out comes from the folder Shared: explanations of parameters from the file of its noun, of its verb, or of all, in
/// this order; sections from the file of its verb. A page with every section needs no noun and no verb.
/// </summary>
internal sealed partial class HelpPage
{
    private const string Description = "DESCRIPTION";
    private static readonly string[] Headings = ["SYNOPSIS", Description, "EXAMPLES", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private readonly IReadOnlyList<Dictionary<string, List<Block>>> _sources;

    private HelpPage(params IReadOnlyList<Dictionary<string, List<Block>>> sources)
    {
        _sources = sources;
        if (Headings.FirstOrDefault(heading => !sources.Any(source => source.ContainsKey(heading))) is { } missing)
        {
            throw new HelpException($"The page has no section {missing}.");
        }
    }

    /// <summary>The blocks of a section, by its heading.</summary>
    public IReadOnlyList<Block> this[string heading] =>
        _sources.Select(source => source.GetValueOrDefault(heading)).FirstOrDefault(blocks => blocks is not null)
        ?? throw new HelpException($"Nothing explains {heading}: add the section '### {heading}' to the page, or to a file of Shared.");

    /// <summary>The parameters that the page itself explains.</summary>
    public IEnumerable<string> ExplainedParameters => _sources[0].Keys.Where(heading => heading.StartsWith('-')).Select(heading => heading[1..]);

    /// <summary>Reads the page of a cmdlet, with what it shares.</summary>
    public static HelpPage Read(string folder, CmdletInfo cmdlet)
    {
        var text = ReadFile(cmdlet.Name);
        var page = Split(text);
        var words = new List<(string Name, string Text)>();
        if (Headings.All(page.ContainsKey))
        {
            return new HelpPage(page, SplitShared("All"));
        }

        var nounText = ReadFile($"Shared/{cmdlet.Noun}");
        words.AddRange(Word().Matches(nounText).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim())));
        // A noun whose pages share other parts than those of their verbs names the file of these parts.
        var verbFile = words.Find(word => word.Name == "shared").Text ?? cmdlet.Verb;
        page = Split(Fill(text));
        var shared = SplitShared(verbFile);
        var own = page.GetValueOrDefault(Description) ?? Split($"## {Description}\n\n{Fill("{about}")}")[Description];
        page[Description] = [.. own, .. shared.GetValueOrDefault(Description, [])];
        return new HelpPage(page, Split(Fill(nounText)), shared, SplitShared("All"));

        string ReadFile(string name)
        {
            var path = Path.Combine(folder, name + ".md");
            return File.Exists(path) ? File.ReadAllText(path) : throw new HelpException($"There is no {name}.md{(name == cmdlet.Name ? "" : ", and the page has not every section")}.");
        }

        Dictionary<string, List<Block>> SplitShared(string name) => Split(Fill(ReadFile($"Shared/{name}")));
        string Fill(string markdown) => words.Aggregate(markdown, (filled, word) => filled.Replace($"{{{word.Name}}}", word.Text, StringComparison.Ordinal));
    }

    /// <summary>A text by its headings: each of the second level with all that is below it, and each parameter.</summary>
    private static Dictionary<string, List<Block>> Split(string markdown)
    {
        var sections = new Dictionary<string, List<Block>>(StringComparer.Ordinal);
        List<Block> section = [], explanation = [];
        foreach (var block in Markdown.Parse(markdown, Pipeline))
        {
            if (block is HeadingBlock heading)
            {
                var title = ConsoleText.Of(heading);
                var isSection = heading.Level == 2;
                explanation = [];
                section = isSection ? [] : section;
                if (isSection || title.StartsWith('-'))
                {
                    sections[title] = sections.ContainsKey(title) ? throw new HelpException($"The heading {title} is there twice.") : isSection ? section : explanation;
                    continue;
                }
            }

            section.Add(block);
            explanation.Add(block);
        }

        return sections;
    }

    /// <summary>A word of a noun: "{plural}" in a shared text is what the noun's file states as "plural: ...".</summary>
    [GeneratedRegex(@"^(\w+): (.+)$", RegexOptions.Multiline)]
    private static partial Regex Word();
}
