using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>A host without a user interface, as a service or a runbook worker has it: every cmdlet does all that it does elsewhere.</summary>
public sealed class BareHostTests
{
    public static TheoryData<string> Hosts => ["the host's own, without a UI", "the engine's default", "one that cannot prompt"];

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(Hosts))]
    public async Task Every_exported_cmdlet_runs_in_a_host_without_a_screen(string host)
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(Make(host));
        var session = new Session(runspace);

        session.Took(stage.ConnectCloudflare(runspace), "Connect-CloudflareAccount", 1);
        session.Took(stage.ConnectCarrierX(runspace), "Connect-CarrierXAccount", 1);
        session.Run("Get-AclConnection", new { Name = stage.Cloudflare }, 1);
        session.Run("Test-AclConnection", new { Connection = stage.Cloudflare }, 1);
        session.Run("Test-AclConnection", new { Connection = stage.CarrierX }, 1);
        session.Run("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 5 }, 5);
        EditRegistry(session, stage.Cloudflare);
        session.Run("Get-AccessControlRule", new { Connection = stage.CarrierX, RuleSid = SandboxIds.Rule(2) }, 1);
        session.Run("Get-EffectiveAccessControlList", new { Connection = stage.CarrierX, ExpandRules = true });
        session.Run("Get-AccessControlList", new { Connection = stage.CarrierX }, 3);
        EditAccessControlLists(session, stage.CarrierX);
        EditRules(session, stage.CarrierX);
        EditLists(session, stage.Cloudflare);
        RecordAndUndo(session, stage.Cloudflare);
        session.Run("Invoke-AclRequest", new { Connection = stage.CarrierX, Path = "accesscontrol/rules/" + SandboxIds.Rule(2) }, 1);
        session.Run("Get-AclRun", new { Last = true }, 1);
        session.Run("Select-AclConnection", new { Connection = stage.CarrierX }, 0);
        session.Run("Disconnect-AclConnection", new { Connection = stage.Cloudflare }, 0);
        session.Run("Disconnect-AclConnection", new { Connection = stage.CarrierX }, 0);

        Assert.Equal(session.Exported(), session.Cmdlets);
        Assert.Equal((60, 20), (stage.State.Entries.Count, stage.State.Rules.Count));
    }

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(Hosts))]
    public async Task Progress_warnings_and_the_summary_have_their_streams(string host)
    {
        await using var stage = await HostingStage.StartAsync(options => options with { LatencyMilliseconds = 100 });
        using var runspace = Engine.Open(Make(host));
        stage.ConnectCloudflare(runspace);
        var rows = HostingStage.Comments([1, 2, 3, 4, 5]);
        rows[0].Properties.Add(new PSNoteProperty("coment", "misspelt"));

        var run = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, ThrottleLimit = 1 }, rows);

        Assert.Null(run.Failure);
        Assert.Empty(run.Errors);
        Assert.Contains("'coment'", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.StartsWith("5 rows: 5 changed, 0 unchanged, 0 failed, 0 skipped in ", Assert.Single(run.Information), StringComparison.Ordinal);
        if (Environment.UserInteractive)
        {
            // Five answers take half a second at the least, which is longer than the bar waits.
            Assert.Contains(run.Progress, record => record.Activity == "Set-ImpersonationRegistryEntry");
        }
    }

    private static void EditRegistry(Session session, string connection)
    {
        var entry = Engine.Row(("name", "Ann"), ("email", "ann@example.com"));
        var added = session.Run("New-ImpersonationRegistryEntry", new { Connection = connection, PassThru = true }, 1, entry);
        var id = (string)added.Only("Id")!;
        var edit = Engine.Row(("id", id), ("comments", "new"));
        session.Run("Set-ImpersonationRegistryEntry", new { Connection = connection, WhatIf = true, PassThru = true }, 0, edit);
        session.Run("Set-ImpersonationRegistryEntry", new { Connection = connection, PassThru = true }, 1, edit);
        session.Run("Set-ImpersonationRegistryEntry", new { Connection = connection, SkipUnchanged = true, PassThru = true }, 0, edit);
        session.Run("Set-ImpersonationRegistryEntry", new { Connection = connection, SkipUnchanged = true, WhatIf = true, Comments = "newer" }, 0, edit);
        session.Run("Sync-ImpersonationRegistryEntry", new { Connection = connection, PassThru = true, WarningAction = "SilentlyContinue" }, 1, edit);
        session.Run("Remove-ImpersonationRegistryEntry", new { Connection = connection, WhatIf = true, Force = true }, 0, edit);
        session.Run("Remove-ImpersonationRegistryEntry", new { Connection = connection, Force = true }, 0, edit);
    }

    private static void EditRules(Session session, string connection)
    {
        var rule = new { Connection = connection, Name = "Toll", Field = "called", Operation = "prefix", Quantifier = "any", Entries = "1800" };
        session.Run("New-AccessControlRule", rule, 1);
        var added = session.Run("Get-AccessControlRule", new { Connection = connection, Name = "Toll" }, 1);
        var sid = Engine.Row(("rule_sid", added.Only("RuleSid")));
        session.Run("Update-AccessControlRule", new { Connection = connection, AddEntry = "1888", PassThru = true }, 1, sid);
        session.Run("Move-AccessControlRuleEntry", new { Connection = connection, From = added.Only("RuleSid"), To = SandboxIds.Rule(2), Entries = "1888", WhatIf = true, WarningAction = "SilentlyContinue" }, 0);
        session.Run("Set-AccessControlRule", rule, 0, sid);
        session.Run("Sync-AccessControlRule", new { Connection = connection, PassThru = true, WarningAction = "SilentlyContinue" }, 1, sid);
        session.Run("Remove-AccessControlRule", new { Connection = connection, Confirm = false }, 0, sid);
    }

    private static void EditAccessControlLists(Session session, string connection)
    {
        var owner = Engine.Row(("trunk_group_sid", SandboxIds.TrunkGroup(1)));
        session.Run("New-AccessControlList", new { Connection = connection, Direction = "inbound", VoiceActionTrue = "accept" }, 1, owner);
        session.Run("Set-AccessControlList", new { Connection = connection, VoiceActionTrue = "reject403", PassThru = true }, 1, owner);
        session.Run("Add-AccessControlListRule", new { Connection = connection, Rule = SandboxIds.Rule(5), PassThru = true }, 1, owner);
        session.Run("Remove-AccessControlListRule", new { Connection = connection, Rule = SandboxIds.Rule(5), Force = true }, 0, owner);
        session.Run("Remove-AccessControlList", new { Connection = connection, Force = true }, 0, owner);
    }

    private static void EditLists(Session session, string connection)
    {
        (string Noun, string Note, (string, object?)[] Row)[] lists =
        [
            ("EmailAllowPolicy", "comments", [("pattern", "a@example.com"), ("pattern_type", "EMAIL")]),
            ("EmailBlockedSender", "comments", [("pattern", "spam.example"), ("pattern_type", "DOMAIN")]),
            ("EmailContentPolicy", "notes", [("name", "Gift cards"), ("enabled", "yes"), ("pattern", "gift ?card"), ("targets", "SUBJECT")]),
            ("EmailDomain", "folder", [("domain", "example.com"), ("allowed_delivery_modes", "DIRECT"), ("regions", "GLOBAL")]),
            ("EmailSendingDomainRestriction", "comments", [("domain", "example.com")]),
            ("EmailTrustedDomain", "comments", [("pattern", "example.com"), ("is_recent", "yes")]),
            ("EmailUrlIgnorePattern", "comments", [("pattern", "https://example\\.com/.*")]),
        ];
        foreach (var (noun, note, row) in lists)
        {
            var id = session.Run("New-" + noun, new { Connection = connection }, 1, Engine.Row(row)).Only("Id")!;
            session.Run("Get-" + noun, new { Connection = connection, Id = id }, 1);
            session.Run("Set-" + noun, new { Connection = connection, PassThru = true }, 1, Engine.Row(("id", id), (note, "Inbox")));
            session.Run("Sync-" + noun, new { Connection = connection, PassThru = true }, 1, Engine.Row(row));
            if (noun == "EmailDomain")
            {
                session.Run("Test-EmailDomain", new { Connection = connection, Id = id });
            }

            session.Run("Remove-" + noun, new { Connection = connection, Force = true }, 0, Engine.Row(("id", id)));
        }
    }

    private static void RecordAndUndo(Session session, string connection)
    {
        var journal = Path.Combine(Path.GetTempPath(), $"acladmin-{Guid.NewGuid():N}.jsonl");
        var page = Path.ChangeExtension(journal, ".html");
        try
        {
            var edit = Engine.Row(("id", SandboxIds.Entry(2)), ("comments", "journalled"));
            session.Run("Set-ImpersonationRegistryEntry", new { Connection = connection, JournalPath = journal }, 0, edit);
            session.Run("Get-AclChange", new { JournalPath = journal }, 1);
            session.Run("Export-AclChangeReport", new { Path = page, JournalPath = journal, PassThru = true }, 1);
            session.Run("Undo-AclChange", new { Connection = connection, JournalPath = journal, Last = true, Force = true }, 0);
        }
        finally
        {
            File.Delete(journal);
            File.Delete(page);
        }
    }

    private static BareHost? Make(string host) => host switch
    {
        "the engine's default" => null,
        "one that cannot prompt" => new BareHost(new NonInteractiveUI()),
        _ => new BareHost(),
    };

    /// <summary>Runs cmdlets with every stream on, and wants each to end well.</summary>
    private sealed class Session(Runspace runspace)
    {
        private readonly SortedSet<string> _cmdlets = new(StringComparer.Ordinal);

        public IEnumerable<string> Cmdlets => _cmdlets;

        public IEnumerable<string> Exported() => runspace.InvokeScript("(Get-Module AclAdmin).ExportedCmdlets.Keys").Output
            .Select(name => name.ToString())
            .Order(StringComparer.Ordinal);

        public Run Run(string cmdlet, object parameters, int? written = null, params object[] rows)
        {
            using var shell = PowerShell.Create(runspace);
            Engine.Add(shell, cmdlet, parameters).AddParameter("Verbose").AddParameter("Debug");
            return Took(Hosting.Tests.Run.Of(shell, rows.Length == 0 ? null : rows), cmdlet, written);
        }

        public Run Took(Run run, string cmdlet, int? written)
        {
            _cmdlets.Add(cmdlet);
            Assert.Null(run.Failure);
            Assert.Empty(run.Errors);
            if (written is { } count)
            {
                Assert.Equal(count, run.Output.Count);
            }

            return run;
        }
    }
}
