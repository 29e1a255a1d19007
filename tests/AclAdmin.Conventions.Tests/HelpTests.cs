using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>The help, held against the cmdlets. What Get-Help makes of it, and that every example runs, is tested in a real engine.</summary>
public sealed class HelpTests
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private static readonly string[] EngineParameters = ["WhatIf", "Confirm"];
    private static readonly string[] PagingParameters = ["First", "Skip", "IncludeTotalCount"];
    private static readonly string[] Headings = ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private const string AccessControlLists = "AclAdmin.Client.CarrierX.AccessControlListOwner";

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["AclAdmin.Client.Cloudflare.ImpersonationRegistryEntry"] = "/accounts/{account_id}/email-security/settings/impersonation_registry",
        ["AclAdmin.Client.Cloudflare.EmailAllowPolicy"] = "/accounts/{account_id}/email-security/settings/allow_policies",
        ["AclAdmin.Client.Cloudflare.EmailBlockedSender"] = "/accounts/{account_id}/email-security/settings/block_senders",
        ["AclAdmin.Client.Cloudflare.EmailContentPolicy"] = "/accounts/{account_id}/email-security/settings/content_policies",
        ["AclAdmin.Client.Cloudflare.EmailDomain"] = "/accounts/{account_id}/email-security/settings/domains",
        ["AclAdmin.Client.Cloudflare.EmailSendingDomainRestriction"] = "/accounts/{account_id}/email-security/settings/sending_domain_restrictions",
        ["AclAdmin.Client.Cloudflare.EmailTrustedDomain"] = "/accounts/{account_id}/email-security/settings/trusted_domains",
        ["AclAdmin.Client.Cloudflare.EmailUrlIgnorePattern"] = "/accounts/{account_id}/email-security/settings/url_ignore_patterns",
        ["AclAdmin.Client.CarrierX.AccessControlRule"] = "/accesscontrol/rules",
        [AccessControlLists] = "/partners/{partner_sid}",
    };

    /// <summary>A page with another name helps nobody, and would be left out of the file that Get-Help reads.</summary>
    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        var cmdlets = BuiltModule.Current.Cmdlets.Select(cmdlet => cmdlet.Name).ToArray();
        Rule.Holds(
            cmdlets.Except(HelpPage.All.Select(page => page.Cmdlet)).Select(name => $"{name} has no page")
                .Concat(HelpPage.All.Where(page => !cmdlets.Contains(page.Cmdlet)).Select(page => $"{page} is of no cmdlet"))
                .Concat(HelpPage.All.Where(page => page.Title != page.Cmdlet).Select(page => $"{page} calls itself {page.Title}")),
            "name one file for each cmdlet src/AclAdmin/Help/<Verb>-<Noun>.md; New-MarkdownCommandHelp of PlatyPS makes one to fill in.");
    }

    /// <summary>A parameter that nobody explains, or that is gone, in the source of the help.</summary>
    [Fact]
    public void Pages_explain_the_parameters_that_there_are() => Rule.Holds(
        Differences((cmdlet, _) => PageOf(cmdlet)?.Parameters.Keys),
        "add or take out the section '### -<Name>' of the page, then run ./build.ps1 -Task Help.");

    /// <summary>The same in what Get-Help reads.</summary>
    [Fact]
    public void Help_file_explains_the_parameters_that_there_are() => Rule.Holds(
        Differences((_, maml) => maml?.Element(XName.Get("parameters", Command))?.Elements().Select(NameOf)),
        "run ./build.ps1 -Task Help and commit en-US/AclAdmin.dll-Help.xml.");

    /// <summary>Columns are found by aliases, so people look them up in the help.</summary>
    [Fact]
    public void Pages_name_the_aliases_that_there_are() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        let page = PageOf(cmdlet)
        where page is not null
        from parameter in cmdlet.Parameters
        where page.Parameters.ContainsKey(parameter.Name)
        let said = page.AliasesOf(parameter.Name).ToArray()
        where !said.Order(StringComparer.Ordinal).SequenceEqual(parameter.Aliases.Order(StringComparer.Ordinal))
        select $"{page} says that {parameter} is also called '{string.Join(", ", said)}', not '{string.Join(", ", parameter.Aliases)}'",
        "correct the list of aliases in the metadata of the parameter.");

    /// <summary>PlatyPS marks what is to be filled in by two braces.</summary>
    [Fact]
    public void Pages_are_complete() => Rule.Holds(
        HelpPage.All.SelectMany(page => Headings
            .Where(heading => string.IsNullOrWhiteSpace(page.Sections.GetValueOrDefault(heading)))
            .Select(heading => $"{page} has nothing under {heading}")
            .Concat(page.Parameters.Keys.Where(name => page.ExplanationOf(name).Length < 40).Select(name => $"{page} does not explain -{name}"))
            .Concat(page.Text.Contains("{{", StringComparison.Ordinal) ? [$"{page} still holds a placeholder"] : [])
            .Concat(page.Examples.Count < 3 ? [$"{page} has {page.Examples.Count} examples"] : [])
            .Concat(page.Examples.Where(example => Count(example, "```powershell\n") != 1 || Count(example, "```") != 2)
                .Select(example => $"{page}, {example.Split('\n')[0]}, does not have one block of PowerShell and no other"))),
        "fill it in. An example is a title, a sentence or two, and one block of code that runs as it is.");

    /// <summary>Who makes a token must know what to give it. The attribute explains a 403; the help must say the same.</summary>
    [Fact]
    public void Pages_name_the_permission_that_a_cmdlet_needs() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        where cmdlet.Permission is { } needed && !NotesOf(cmdlet).Contains(needed, StringComparison.Ordinal)
        select $"{cmdlet}.md does not say in its notes that {cmdlet.Permission} is needed",
        "say it there, in the words of [RequiresPermission].");

    /// <summary>A cmdlet that changes something says what it needs, so that a 403 can be explained. What a path of one's own needs is not known.</summary>
    [Fact]
    public void Cmdlets_that_talk_of_a_resource_name_their_permission() => Rule.Holds(
        BuiltModule.Current.Cmdlets
            .Where(cmdlet => (cmdlet.ChangesService || cmdlet.ResourceType is not null) && cmdlet.Permission is null && cmdlet.Verb != "Invoke")
            .Select(cmdlet => $"{cmdlet} has no [RequiresPermission]"),
        "put the attribute on its class.");

    /// <summary>The service's own documentation is found by the endpoint.</summary>
    [Fact]
    public void Pages_name_the_endpoint_with_its_method() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        let path = Paths.GetValueOrDefault(cmdlet.ResourceType ?? "")
        where path is not null
        let endpoint = $"`{MethodOf(cmdlet)} {path}"
        where !NotesOf(cmdlet).Contains(endpoint, StringComparison.Ordinal)
        select $"{cmdlet}.md does not name {endpoint}`",
        "name method and path in its notes.");

    /// <summary>The paths that the rule above knows must be all that there are, or it would hold for nothing.</summary>
    [Fact]
    public void Every_resource_has_a_path_in_these_tests() => Rule.Holds(
        BuiltModule.Current.Cmdlets.Select(cmdlet => cmdlet.ResourceType).OfType<string>().Distinct().Where(type => !Paths.ContainsKey(type)).Select(type => $"{type} has none"),
        "add it to the table of this class.");

    private static IEnumerable<string> Differences(Func<Cmdlet, XElement?, IEnumerable<string>?> explained)
    {
        var entries = XDocument.Load(Repository.HelpFile).Root!.Elements()
            .ToDictionary(entry => entry.Element(XName.Get("details", Command))!.Element(XName.Get("name", Command))!.Value, StringComparer.Ordinal);
        foreach (var cmdlet in BuiltModule.Current.Cmdlets)
        {
            var found = explained(cmdlet, entries.GetValueOrDefault(cmdlet.Name))?.ToArray();
            if (found is null)
            {
                yield return $"{cmdlet} has no help at all";
                continue;
            }

            var real = cmdlet.Parameters.Select(parameter => parameter.Name)
                .Concat(cmdlet.SupportsShouldProcess ? EngineParameters : [])
                .Concat(cmdlet.SupportsPaging ? PagingParameters : [])
                .ToArray();
            foreach (var name in real.Except(found))
            {
                yield return $"{cmdlet} -{name} is not explained";
            }

            foreach (var name in found.Except(real))
            {
                yield return $"{cmdlet} has no -{name}, but its help explains one";
            }
        }

        foreach (var name in entries.Keys.Except(BuiltModule.Current.Cmdlets.Select(cmdlet => cmdlet.Name)))
        {
            yield return $"the help file speaks of {name}, which is no cmdlet";
        }
    }

    private static HelpPage? PageOf(Cmdlet cmdlet) => HelpPage.All.FirstOrDefault(page => page.Cmdlet == cmdlet.Name);

    /// <summary>The notes of a cmdlet's page, with each line break as the space that it stands for.</summary>
    private static string NotesOf(Cmdlet cmdlet) => PageOf(cmdlet)?.Sections.GetValueOrDefault("NOTES")?.Replace('\n', ' ') ?? "";

    private static string NameOf(XElement parameter) => parameter.Element(XName.Get("name", Maml))!.Value;

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string MethodOf(Cmdlet cmdlet) => cmdlet.Verb switch
    {
        // A list is part of another object, so each change of one is a change of that.
        not "Get" when cmdlet.ResourceType == AccessControlLists => "PATCH",
        "New" => "POST",
        "Remove" => "DELETE",
        "Update" => "PATCH",
        "Set" => cmdlet.ResourceType!.Contains(".CarrierX.", StringComparison.Ordinal) ? "PUT" : "PATCH",
        _ => "GET",
    };
}
