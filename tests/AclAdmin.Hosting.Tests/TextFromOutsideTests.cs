using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AclAdmin.Client.Tests;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Text of a service, a journal or a row is data: what Tab inserts runs nothing, and what a host shows controls no terminal and holds no secret.</summary>
public sealed partial class TextFromOutsideTests : IDisposable
{
    /// <summary>A line for each completer, which ends where Tab is pressed. <c>{id}</c> is a rule's sid.</summary>
    private static readonly Dictionary<string, string[]> Lines = new()
    {
        ["IdCompleter"] = ["Set-ImpersonationRegistryEntry -Id ", "Get-AccessControlRule "],
        ["RuleCompleter"] = ["Add-AccessControlListRule -RuleSid "],
        ["ListOwnerCompleter"] = ["Get-AccessControlList -PartnerSid ", "Get-AccessControlList -TrunkGroupSid "],
        ["EntryCompleter"] = ["Update-AccessControlRule {id} -RemoveEntry "],
        ["RunCompleter"] = ["Get-AclChange -JournalPath {journal} -RunId "],
        ["ConnectionCompleter"] = ["Test-AclConnection -Connection "],
        ["FieldValueCompleter"] = ["New-AccessControlRule -Operation ", "New-ImpersonationRegistryEntry -IsEmailRegex "],
        ["ClearableFieldCompleter"] = ["Set-ImpersonationRegistryEntry -Clear "],
        ["MatchKeyCompleter"] = ["Set-ImpersonationRegistryEntry -MatchBy "],
        ["NoFileCompleter"] = ["Set-ImpersonationRegistryEntry -Comments "],
    };

    private static readonly string[] Words = ["", "a", "'", "'a", "\"a", "Spam", "'Spam w", "\"Spam w", "0", "b"];

    private readonly string _journal = Path.Combine(Path.GetTempPath(), $"acladmin-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_journal);

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Every_completer_inserts_one_constant_text_and_shows_nothing_invisible()
    {
        WriteJournal();
        var silent = Lines.Keys.ToHashSet();
        foreach (var spoilsIds in new[] { true, false })
        {
            await using var stage = await HostingStage.StartAsync();
            await using var service = HostileService.Start(stage.Sandbox.CloudflareUri, spoilsIds);
            using var runspace = Engine.Open(new BareHost());
            Connect(stage, service, runspace);
            foreach (var (completer, line) in Lines.SelectMany(entry => entry.Value, (entry, line) => (entry.Key, WithConnection(stage, line))))
            {
                foreach (var start in Words.Select(word => line.Replace("{id}", SandboxIds.Rule(1), StringComparison.Ordinal).Replace("{journal}", _journal, StringComparison.Ordinal) + word))
                {
                    var (matches, replaced) = Complete(runspace, start);
                    Assert.All(matches, match => AssertConstant(match.CompletionText));
                    Assert.All(matches.SelectMany(match => new[] { match.ListItemText, match.ToolTip }), text => AssertVisible(text, start));
                    AssertBeginning(runspace, start, matches, replaced);
                    _ = matches.Length > 0 && silent.Remove(completer);
                }
            }
        }

        var completers = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "AclAdmin").SelectMany(assembly => assembly.GetTypes())
            .Where(type => typeof(IArgumentCompleter).IsAssignableFrom(type) && !type.IsAbstract).Select(type => type.Name).Distinct();
        Assert.Equal(Lines.Keys.Order(StringComparer.Ordinal), completers.Order(StringComparer.Ordinal));
        Assert.Equal(["NoFileCompleter"], silent);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Every_view_and_stream_shows_what_is_invisible_and_masks_the_token()
    {
        await using var stage = await HostingStage.StartAsync(options => options with { SyncedEvery = 0 });
        await using var service = HostileService.Start(stage.Sandbox.CloudflareUri, spoilsIds: false, SandboxDefaults.CloudflareToken);
        using var runspace = Engine.Open(new BareHost());
        Connect(stage, service, runspace);
        WriteJournal();
        var script = $$"""
            $cf = '{{stage.Cloudflare}}'; $cx = '{{stage.CarrierX}}'
            foreach ($noun in 'ImpersonationRegistryEntry', 'EmailAllowPolicy', 'EmailBlockedSender', 'EmailTrustedDomain', 'EmailSendingDomainRestriction', 'EmailUrlIgnorePattern', 'EmailContentPolicy', 'EmailDomain') {
                & "Get-$noun" -Connection $cf
            }
            Get-AccessControlRule -Connection $cx
            Get-AccessControlList -Connection $cx
            Get-EffectiveAccessControlList -Connection $cx -ExpandRules
            Get-AclConnection
            [AclAdmin.AclRunRow] @{ Number = 2; Status = 'NotSent'; Message = "a`e]52;c;eA==`a"; InputObject = [pscustomobject] @{ Name = "a`e]52;c;eA==`a" } }
            Get-AclChange '{{_journal}}' -WarningAction Ignore
            $rows = Get-ImpersonationRegistryEntry -Connection $cf -First 40 | ForEach-Object { [pscustomobject] @{ Id = $_.Id; Comments = "$($_.Name)!" } }
            $plan = $rows | Sync-ImpersonationRegistryEntry -Connection $cf -WhatIf -PassThru -WarningAction Ignore
            $plan; $plan.Changes; $plan.Changes.Differences
            """;
        var shown = runspace.InvokeScript($"& {{ {script} }} | ForEach-Object {{ $_ | Out-String -Width 4000; $_ | Format-List | Out-String -Width 4000; \"$_\" }}");
        Assert.True(shown.Output.Count > 300, string.Join('\n', shown.Errors));
        Assert.All(shown.Output, text => AssertVisible(text.ToString(), text.ToString()));
        Assert.All(shown.AllText(), text => AssertVisible(Unserialized(text), text));

        // Where every property is asked for, what people read of a journal and of a plan is as safe; items of a service stay exact.
        var whole = runspace.InvokeScript($"& {{ {script} }} | Where-Object {{ $_.GetType().FullName -like '*Change*' }} | ForEach-Object {{ $_ | Format-List * | Out-String -Width 4000; $_.Run | Format-List * | Out-String -Width 4000 }}");
        Assert.True(whole.Output.Count > 20);
        Assert.All(whole.Output, text => AssertVisible(text.ToString(), text.ToString()));
        var exact = runspace.InvokeScript($"(Get-ImpersonationRegistryEntry -Connection {stage.Cloudflare}).Name");
        Assert.Contains(exact.Output, name => name.ToString() == "a\u202Eb\u2066c");

        // Verbose messages, questions and progress.
        var loud = runspace.InvokeScript($"$DebugPreference = 'Continue'; Get-ImpersonationRegistryEntry -Connection {stage.Cloudflare} -First 40 | Set-ImpersonationRegistryEntry -Connection {stage.Cloudflare} -Comments (\"a`e]52;c;eA==`a \" + '{SandboxDefaults.CloudflareToken}') -Verbose");
        Assert.NotEmpty(loud.Verbose);
        Assert.All(loud.Verbose.Concat(loud.Warnings).Concat(loud.Debug).Concat(loud.Information), text => AssertVisible(text, text));
        Assert.All(loud.Errors, error => AssertVisible($"{error} {error.Exception.Message}", $"{error}"));
    }

    private static string Unserialized(string text) => text.StartsWith("<Objs", StringComparison.Ordinal) ? "" : text;

    private static string WithConnection(HostingStage stage, string line) => line.Contains("-Connection ", StringComparison.Ordinal) || line.StartsWith("Get-AclChange", StringComparison.Ordinal)
        ? line
        : Regex.Replace(line, "^[^ ]+", name => $"{name.Value} -Connection {(line.Contains("Access", StringComparison.Ordinal) ? stage.CarrierX : stage.Cloudflare)}");

    private static (CompletionResult[] Matches, (int Index, int Length) Replaced) Complete(Runspace runspace, string line)
    {
        using var shell = PowerShell.Create(runspace);
        Runspace.DefaultRunspace = runspace;
        var completion = CommandCompletion.CompleteInput(line, line.Length, null, shell);
        return ([.. completion.CompletionMatches], (completion.ReplacementIndex, completion.ReplacementLength));
    }

    private static void AssertConstant(string text)
    {
        var script = Parser.ParseInput("x " + text, out _, out var errors);
        Assert.Empty(errors);
        var command = Assert.IsType<CommandAst>(Assert.Single(Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements)).PipelineElements));
        Assert.Equal(2, command.CommandElements.Count);
        if (text is "$true" or "$false")
        {
            return;
        }

        var constant = Assert.IsType<StringConstantExpressionAst>(command.CommandElements[1]);
        AssertVisible(constant.Value, text);
    }

    /// <summary>PSReadLine's Complete inserts what all texts, or else all labels, have in common: from there Tab must find the same again.</summary>
    private static void AssertBeginning(Runspace runspace, string line, CompletionResult[] matches, (int Index, int Length) replaced)
    {
        if (matches.Length < 2)
        {
            return;
        }

        var common = CommonStart([.. matches.Select(match => match.CompletionText)]);
        common = common.Length > 0 ? common : CommonStart([.. matches.Select(match => match.ListItemText)]);
        if (common.Length > 0 && common != "$")
        {
            var (again, _) = Complete(runspace, line[..replaced.Index] + common);
            Assert.All(matches, match => Assert.Contains(again, other => Value(other) == Value(match)));
        }

        static string Value(CompletionResult match) => match.CompletionText.Trim(' ', '\'', '"');
    }

    private static string CommonStart(string[] texts) => texts.Aggregate((start, text) =>
        string.Concat(start.TakeWhile((character, index) => index < text.Length && char.ToLowerInvariant(text[index]) == char.ToLowerInvariant(character))));

    private static void AssertVisible(string text, string where)
    {
        var plain = Colour().Replace(text, "").Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal);
        Assert.False(
            plain.Any(character => CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator),
            $"Something invisible: {where.Replace("\u001B", "[ESC]", StringComparison.Ordinal)}");
        Assert.False(plain.Contains(SandboxDefaults.CloudflareToken, StringComparison.OrdinalIgnoreCase), $"The token: {where}");
    }

    [GeneratedRegex("\u001B\\[[\\d;]*m")]
    private static partial Regex Colour();

    private static void Connect(HostingStage stage, StubServer service, Runspace runspace)
    {
        var address = new Uri(service.BaseUri, "/");
        var first = runspace.Invoke("Connect-CloudflareAccount", new
        {
            SandboxDefaults.AccountId,
            ApiToken = Engine.Secret(SandboxDefaults.CloudflareToken),
            BaseUri = new Uri(address, "client/v4"),
            Name = stage.Cloudflare,
        });
        var second = runspace.Invoke("Connect-CarrierXAccount", new { AccessToken = Engine.Secret(SandboxDefaults.CarrierXToken), BaseUri = new Uri(address, "core/v2"), Name = stage.CarrierX });
        Assert.Empty(first.Errors.Concat(second.Errors));
    }

    private void WriteJournal()
    {
        var lines = HostileService.Texts.SelectMany((text, index) =>
        {
            var run = index % 2 == 0 ? text : $"r{index}";
            var quoted = System.Text.Json.JsonSerializer.Serialize(text);
            var id = System.Text.Json.JsonSerializer.Serialize(run);
            return new[]
            {
                $$$"""{"v":1,"type":"run","run":{{{id}}},"time":"2026-01-02T03:04:05.0000000Z","module":"1.0.0","command":{{{quoted}}},"line":{{{quoted}}},"user":{{{quoted}}},"host":{{{quoted}}},"pid":1,"pidStarted":"x","connection":{{{quoted}}},"service":"Cloudflare","address":"https://example.com/"}""",
                $$$"""{"v":1,"type":"intent","run":{{{id}}},"change":1,"time":"2026-01-02T03:04:05.0000000Z","account":{{{quoted}}},"resource":"impersonation_registry","verb":"update","id":"a1","name":{{{quoted}}},"body":{"comments":{{{quoted}}}},"before":{"id":"a1","name":{{{quoted}}},"comments":"old"}}""",
                $$$"""{"v":1,"type":"outcome","run":{{{id}}},"change":1,"time":"2026-01-02T03:04:05.0000000Z","state":"failed","errorId":"ApiError","error":{{{quoted}}},"requestId":{{{quoted}}}}""",
            };
        });
        File.WriteAllLines(_journal, lines);
    }
}
