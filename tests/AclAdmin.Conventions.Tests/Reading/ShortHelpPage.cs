using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>Completes a page that has only its cmdlet's own words, as HelpPages.psm1 does: what it leaves out comes from the folder Shared.</summary>
internal static partial class ShortHelpPage
{
    private static readonly string[] SharedSections = ["INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <summary>The text of the whole page; a page with a syntax is whole already.</summary>
    public static string Complete(string cmdletName, string text)
    {
        if (text.Contains("\n## SYNTAX\n", StringComparison.Ordinal) || BuiltModule.Current.Cmdlets.FirstOrDefault(candidate => candidate.Name == cmdletName) is not { } cmdlet)
        {
            return text;
        }

        var parts = cmdletName.Split('-');
        var noun = Read(parts[1]);
        var shared = Word().Matches(noun).FirstOrDefault(word => word.Groups[1].Value == "shared")?.Groups[2].Value;
        var verb = Split(Read(shared ?? parts[0]), "## ");
        var page = Split(text, "## ");
        var explained = new[] { page.GetValueOrDefault("PARAMETERS", ""), noun, verb["PARAMETERS"], Read("All") }.Select(source => Split(source, "### ")).ToArray();
        var names = cmdlet.Parameters.Select(parameter => parameter.Name)
            .Concat(cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : [])
            .Concat(cmdlet.SupportsPaging ? ["First", "Skip", "IncludeTotalCount"] : []);
        var aliases = cmdlet.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Aliases);
        var whole = $"---\ntitle: {cmdletName}\n---\n\n## SYNOPSIS\n\n{page["SYNOPSIS"]}\n\n## SYNTAX\n\n{cmdletName}\n\n## DESCRIPTION\n\n{page.GetValueOrDefault("DESCRIPTION", "{about}")}\n\n{verb["DESCRIPTION"]}\n\n"
            + $"## EXAMPLES\n\n{page["EXAMPLES"]}\n\n## PARAMETERS\n\n"
            + string.Join("\n\n", names.Select(name => $"### -{name}\n\n{Find(name, explained)}\n\n```yaml\n{AliasesOf(aliases.GetValueOrDefault(name, []))}```"))
            + string.Concat(SharedSections.Select(heading => $"\n\n## {heading}\n\n{page.GetValueOrDefault(heading) ?? verb[heading]}")) + "\n";
        return Word().Matches(noun).Aggregate(whole, (filled, word) => filled.Replace("{" + word.Groups[1].Value + "}", word.Groups[2].Value, StringComparison.Ordinal));
    }

    private static string Find(string name, Dictionary<string, string>[] sources) =>
        sources.Select(source => source.GetValueOrDefault("-" + name)).FirstOrDefault(text => text is not null) ?? "";

    private static string AliasesOf(IReadOnlyList<string> aliases) =>
        aliases.Count == 0 ? "Aliases: []\n" : "Aliases:\n" + string.Concat(aliases.Select(alias => $"- {alias}\n"));

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.HelpSource, "Shared", name + ".md")).ReplaceLineEndings("\n");

    private static Dictionary<string, string> Split(string text, string mark) => Regex.Split(text, $"^{mark}(?=\\S)", RegexOptions.Multiline).Skip(1)
        .Select(part => part.Split('\n', 2)).ToDictionary(part => part[0].Trim(), part => part[1].Trim(), StringComparer.Ordinal);

    [GeneratedRegex(@"^(\w+): (.+)$", RegexOptions.Multiline)]
    private static partial Regex Word();
}
