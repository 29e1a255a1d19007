using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>The help, held against the cmdlets. What Get-Help makes of it, and that every example runs, is tested in a real engine.</summary>
public sealed partial class HelpTests
{
    private static readonly string[] EngineParameters = ["WhatIf", "Confirm"];
    private static readonly string[] PagingParameters = ["First", "Skip", "IncludeTotalCount"];
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

    /// <summary>A parameter that nobody explains, or that is gone.</summary>
    [Fact]
    public void Help_explains_the_parameters_that_there_are() => Rule.Holds(
        BuiltModule.Current.Cmdlets.SelectMany(Differences)
            .Concat(HelpEntry.All.Keys.Except(BuiltModule.Current.Cmdlets.Select(cmdlet => cmdlet.Name)).Select(name => $"{name} is no cmdlet, and has help")),
        "correct the page of the cmdlet; the build makes the help of it.");

    /// <summary>Columns are found by aliases, so people look them up in the help.</summary>
    [Fact]
    public void Help_names_the_aliases_that_there_are() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        from parameter in cmdlet.Parameters
        let named = HelpEntry.All[cmdlet.Name].Aliases[parameter.Name].Where(alias => alias != "none").ToArray()
        where !named.Order(StringComparer.Ordinal).SequenceEqual(parameter.Aliases.Order(StringComparer.Ordinal))
        select $"The help of {cmdlet} names the aliases '{string.Join(", ", named)}' of {parameter}, not '{string.Join(", ", parameter.Aliases)}'",
        "tests/HelpMaker reads the aliases from the cmdlet; correct it there.");

    /// <summary>What a page lacks, and a word in braces for which its noun has no text.</summary>
    [Fact]
    public void Pages_are_complete() => Rule.Holds(
        HelpEntry.All.Values.SelectMany(page => page.Sections
            .Where(section => string.IsNullOrWhiteSpace(section.Value))
            .Select(section => $"{page} has nothing for {section.Key}")
            .Concat(page.Parameters.Where(parameter => parameter.Value.Length < 40).Select(parameter => $"{page} does not explain -{parameter.Key}"))
            .Concat(Placeholder().Matches(page.Text).Select(word => $"{page} has the placeholder {word.Value}"))
            .Concat(page.Examples < 3 ? [$"{page} has {page.Examples} examples"] : [])),
        "fill it in. A word in braces is a line of the noun's file in Shared.");

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
        let endpoint = $"{MethodOf(cmdlet)} {path}"
        where !NotesOf(cmdlet).Contains(endpoint, StringComparison.Ordinal)
        select $"{cmdlet}.md does not name {endpoint}",
        "name method and path in its notes.");

    /// <summary>The paths that the rule above knows must be all that there are, or it would hold for nothing.</summary>
    [Fact]
    public void Every_resource_has_a_path_in_these_tests() => Rule.Holds(
        BuiltModule.Current.Cmdlets.Select(cmdlet => cmdlet.ResourceType).OfType<string>().Distinct().Where(type => !Paths.ContainsKey(type)).Select(type => $"{type} has none"),
        "add it to the table of this class.");

    private static IEnumerable<string> Differences(Cmdlet cmdlet)
    {
        if (!HelpEntry.All.TryGetValue(cmdlet.Name, out var help))
        {
            return [$"{cmdlet} has no help"];
        }

        var real = cmdlet.Parameters.Select(parameter => parameter.Name)
            .Concat(cmdlet.SupportsShouldProcess ? EngineParameters : [])
            .Concat(cmdlet.SupportsPaging ? PagingParameters : [])
            .ToArray();
        return real.Except(help.Parameters.Keys).Select(name => $"{cmdlet} -{name} is not explained")
            .Concat(help.Parameters.Keys.Except(real).Select(name => $"{cmdlet} has no -{name}, but its help explains one"));
    }

    private static string NotesOf(Cmdlet cmdlet) => HelpEntry.All[cmdlet.Name].Notes;

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

    /// <summary>A word in braces. Paths have such too, with an underscore or in code as <c>{id}</c>.</summary>
    [GeneratedRegex(@"\{(?!id\})[A-Za-z]+\}")]
    private static partial Regex Placeholder();
}
