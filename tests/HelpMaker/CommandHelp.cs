using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.PowerShell;

namespace AclAdmin.HelpMaker;

/// <summary>The help of one cmdlet: the words of its page, and the syntax that the engine knows.</summary>
internal sealed partial class CommandHelp(CmdletInfo cmdlet, HelpPage page, string? address)
{
    /// <summary>The element of this cmdlet in the file that Get-Help reads.</summary>
    public XElement ToXml()
    {
        var parameters = cmdlet.ParameterSets.SelectMany(set => set.Parameters)
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .ToLookup(parameter => parameter.Name);
        if (page.ExplainedParameters.FirstOrDefault(name => !parameters.Contains(name)) is { } unknown)
        {
            throw new HelpException($"The page explains -{unknown}, which the cmdlet does not have.");
        }

        return new XElement(
            Maml.Command + "command",
            new XElement(
                Maml.Command + "details",
                new XElement(Maml.Command + "name", cmdlet.Name),
                Maml.Paragraphs(Maml.Text + "description", ConsoleText.Of(page["SYNOPSIS"])),
                new XElement(Maml.Command + "verb", cmdlet.Verb),
                new XElement(Maml.Command + "noun", cmdlet.Noun)),
            Maml.Paragraphs(Maml.Text + "description", ConsoleText.Of(page["DESCRIPTION"])),
            new XElement(Maml.Command + "syntax", cmdlet.ParameterSets.Select(Syntax)),
            new XElement(Maml.Command + "parameters", parameters.OrderBy(sets => sets.Key, StringComparer.Ordinal).Select(sets => Explained([.. sets]))),
            new XElement(Maml.Command + "inputTypes", Types("INPUTS", "inputType")),
            new XElement(Maml.Command + "returnValues", Types("OUTPUTS", "returnValue")),
            new XElement(Maml.Text + "alertSet", Maml.Paragraphs(Maml.Text + "alert", ConsoleText.Of(page["NOTES"]))),
            new XElement(Maml.Command + "examples", Items("EXAMPLES").Select(Example)),
            new XElement(Maml.Command + "relatedLinks", Links()));
    }

    /// <summary>One parameter set, in the order of Get-Command -Syntax. A parameter that the pipeline alone binds is hidden in it.</summary>
    private XElement Syntax(CommandParameterSetInfo set) => new(
        Maml.Command + "syntaxItem",
        new XElement(Maml.Text + "name", cmdlet.Name),
        from parameter in set.Parameters
        where !Cmdlet.CommonParameters.Contains(parameter.Name) && !parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow)
        orderby parameter.Position >= 0 ? parameter.Position : int.MaxValue, parameter.IsMandatory descending
        select Parameter(parameter));

    private XElement Explained(CommandParameterInfo[] sets)
    {
        var element = Parameter(sets);
        var explanation = page["-" + sets[0].Name];
        element.Element(Maml.Text + "name")!.AddAfterSelf(Maml.Paragraphs(Maml.Text + "description", ConsoleText.Of(explanation)));
        if (DefaultValue().Match(string.Join(' ', ConsoleText.Of(explanation))) is { Success: true } match)
        {
            element.Add(new XElement(Maml.Dev + "defaultValue", match.Groups[1].Value));
        }

        return element;
    }

    /// <summary>What the engine knows of a parameter in one parameter set, or in all that it belongs to.</summary>
    private static XElement Parameter(params CommandParameterInfo[] sets)
    {
        var type = Nullable.GetUnderlyingType(sets[0].ParameterType) ?? sets[0].ParameterType;
        string[] ways = [.. Ways("ByValue", set => set.ValueFromPipeline), .. Ways("ByPropertyName", set => set.ValueFromPipelineByPropertyName)];
        var position = sets.Max(set => set.Position);
        return new XElement(
            Maml.Command + "parameter",
            new XAttribute("required", sets.Any(set => set.IsMandatory)),
            new XAttribute("variableLength", type.IsArray),
            new XAttribute("globbing", sets[0].Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", ways.Length == 0 ? "false" : $"true ({string.Join(", ", ways)})"),
            new XAttribute("position", position < 0 ? "named" : position),
            new XAttribute("aliases", sets[0].Aliases.Count == 0 ? "none" : string.Join(", ", sets[0].Aliases)),
            new XElement(Maml.Text + "name", sets[0].Name),
            type == typeof(SwitchParameter)
                ? null
                : new XElement(Maml.Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", type.IsArray), ShortName(type)),
            new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", type.FullName)));

        IEnumerable<string> Ways(string way, Func<CommandParameterInfo, bool> isWay) => sets.Any(isWay) ? [way] : [];
    }

    /// <summary>The name of a type as Get-Command -Syntax has it: string[], not System.String[].</summary>
    private static string ShortName(Type type) => ToStringCodeMethods.Type(new PSObject(type)).Split('.')[^1];

    private IEnumerable<XElement> Types(string heading, string element) =>
        from item in Items(heading)
        select new XElement(
            Maml.Command + element,
            new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", item.Title)),
            Maml.Paragraphs(Maml.Text + "description", ConsoleText.Of(item.Blocks)));

    private static XElement Example((string Title, List<Block> Blocks) example)
    {
        if (example.Blocks.OfType<FencedCodeBlock>().ToArray() is not [{ Info: "powershell" } code])
        {
            throw new HelpException($"'{example.Title}' must have one block of PowerShell code, and no other.");
        }

        // Get-Help shows the code first. It drops an empty paragraph, and would put the next title right below; a no-break space keeps them apart.
        var prose = ConsoleText.Of(example.Blocks.Where(block => block != code)).Append("\u00A0");
        return new XElement(
            Maml.Command + "example",
            new XElement(Maml.Text + "title", $"--------- {example.Title} ---------"),
            new XElement(Maml.Dev + "code", code.Lines.ToString().TrimEnd()),
            Maml.Paragraphs(Maml.Dev + "remarks", prose));
    }

    /// <summary>The related links. One to a page beside this one is a name for Get-Help; Get-Help -Online opens the first that has an address.</summary>
    private IEnumerable<XElement> Links()
    {
        var links = page["RELATED LINKS"].SelectMany(block => block.Descendants<LinkInline>())
            .Select(link => Link(ConsoleText.Of(link), link.Url?.StartsWith("https:", StringComparison.Ordinal) == true ? link.Url : ""));
        return address is null ? links : links.Prepend(Link("Online version", $"{address}/{cmdlet.Name}.md"));

        static XElement Link(string text, string url) =>
            new(Maml.Text + "navigationLink", new XElement(Maml.Text + "linkText", text), new XElement(Maml.Text + "uri", url));
    }

    /// <summary>The parts of a section, each with the title above it.</summary>
    private List<(string Title, List<Block> Blocks)> Items(string heading)
    {
        List<(string Title, List<Block> Blocks)> items = [];
        foreach (var block in page[heading])
        {
            if (block is HeadingBlock title)
            {
                items.Add((ConsoleText.Of(title), []));
            }
            else if (items.Count > 0)
            {
                items[^1].Blocks.Add(block);
            }
            else
            {
                throw new HelpException($"{heading} begins with a text that has no title.");
            }
        }

        return items;
    }

    /// <summary>"Default: 4." and "Default: `Skip`, ..." name a value, "Default: all." explains one.</summary>
    [GeneratedRegex(@"\bDefault: ([^\sa-z]\S*?)[.,](?:\s|$)")]
    private static partial Regex DefaultValue();
}
