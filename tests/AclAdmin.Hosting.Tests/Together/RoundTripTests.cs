using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.CarrierX;
using Xunit;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>What a Get- cmdlet writes, through a file or another form and unedited into each cmdlet that accepts it: nothing changes, and no write is sent.</summary>
public sealed class RoundTripTests(RoundTripTests.Fixture fixture) : IClassFixture<RoundTripTests.Fixture>
{
    /// <summary>The forms. A further one is one line: <c>$items</c> are the items, <c>$file</c> a path that is free.</summary>
    private static readonly (string Name, string Script)[] Forms =
    [
        ("results", "$items"),
        ("CSV", "$items | Export-Csv -LiteralPath $file; Import-Csv -LiteralPath $file"),
        ("CSV with semicolons", "$items | Export-Csv -LiteralPath $file -Delimiter ';'; Import-Csv -LiteralPath $file -Delimiter ';'"),
        ("JSON", "ConvertTo-Json -InputObject @($items) -Depth 9 | ConvertFrom-Json"),
        ("CLIXML", "$items | Export-Clixml -LiteralPath $file; Import-Clixml -LiteralPath $file"),
        ("copies of properties", "$items | Select-Object -Property *"),
    ];

    /// <summary>The cmdlets that accept them, by list. A further one is one line.</summary>
    private static readonly (string Cmdlet, string[] Nouns)[] Cmdlets =
    [
        ("New-{0}", AllNouns),
        ("Set-{0} -SkipUnchanged", AllNouns),
        ("Sync-{0} -RemoveUnlisted -Force", AllNouns),
        ("Update-{0} -SkipUnchanged", ["AccessControlRule"]),
        ("Remove-{0} -WhatIf", AllNouns),
        ("Get-{0}", [.. AllNouns, Lists]),
        ("New-{0}", [Lists]),
        ("Set-{0}", [Lists]),
        ("Remove-{0} -WhatIf", [Lists]),
        ("Add-{0}Rule -Rule $present", [Lists]),
        ("Remove-{0}Rule -Rule $absent -Force", [Lists]),
    ];

    private const string Lists = "AccessControlList";

    private static string[] AllNouns => [.. TestList.All.Select(list => list.Noun)];

    public static TheoryData<string, string> Trips =>
    [
        .. Cmdlets.SelectMany(pair => pair.Nouns.Select(noun => string.Format(null, pair.Cmdlet, noun)))
            .SelectMany(cmdlet => Forms.Select(form => (cmdlet, form.Name)))

            // A result stands for its item and specifies no field, so none is created of it, and none is replaced.
            .Where(trip => trip.Name is not ("results" or "CLIXML") || !(trip.cmdlet.StartsWith("New-", StringComparison.Ordinal) || trip.cmdlet.StartsWith("Set-AccessControlRule", StringComparison.Ordinal))),
    ];

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(Trips))]
    public async Task Nothing_changes_and_no_write_is_sent(string cmdlet, string form)
    {
        var stage = fixture.Stage;
        fixture.Seed();
        Assert.SkipUnless(stage.Runspace.InvokeScript("Get-Command Export-Csv -ErrorAction Ignore").Output.Count > 0, "This engine has no cmdlet for files.");
        var isLists = cmdlet.Contains(Lists, StringComparison.Ordinal);
        var noun = isLists ? Lists : cmdlet.Split(' ')[0].Split('-')[1];
        var connection = stage.Connection(isLists || TestList.Of(noun).IsCarrierX);
        var segment = isLists ? "owners" : TestList.Of(noun).Segment;
        var before = await stage.ReadAsync(segment);

        var run = stage.Runspace.InvokeScript($$"""
            $file = '{{stage.NewFile(".txt")}}'
            $present = '{{Fixture.PresentRule}}'
            $absent = '{{SandboxIds.Rule(8)}}'
            $items = @(Get-{{noun}} -Connection {{connection}})
            $rows = @({{Forms.Single(known => known.Name == form).Script}})
            "read: $($rows.Count)"
            $rows | {{cmdlet}} -Connection {{connection}} | Out-Null
            """);

        Assert.Null(run.Failure);
        var count = isLists ? stage.State.Owners.All().Sum(owner => owner.Lists.Count + owner.ParentLists.Count) : before.Count;
        Assert.Equal($"read: {count}", $"{run.Output.Single()}");
        var writes = stage.State.Log.Requests(writesOnly: true).Select(request => $"{request.Method} {request.Path} {request.Body}").ToArray();
        var errors = run.Errors.Select(error => $"{error.FullyQualifiedErrorId.Split(',')[0]} {error.ErrorDetails?.Message ?? error.Exception.Message}").ToArray();
        if (Known.OfTrip(cmdlet, form) is { } fault)
        {
            Assert.Skip(fault);
        }

        Assert.True(writes.Length == 0, $"{cmdlet} of {form} sent:\n" + string.Join('\n', writes.Take(9)));
        Assert.True(errors.Length == Refusals(cmdlet, segment), $"{cmdlet} of {form}, {errors.Length} errors:\n" + string.Join('\n', errors.Take(9)));
        Assert.Equal(before.Select(item => item.ToJsonString()), (await stage.ReadAsync(segment)).Select(item => item.ToJsonString()));
    }

    /// <summary>How many rows cannot be carried out: what belongs to somebody else is never taken for what does not.</summary>
    private static int Refusals(string cmdlet, string segment) => (cmdlet.Split('-')[0], segment) switch
    {
        ("Get" or "Sync", _) => 0,

        // A list that the parent partner assigned, unedited, asks for nothing.
        ("New" or "Set", "owners") => 0,
        (_, "owners") => Fixture.Assigned,
        ("Remove", "entries") => Fixture.Synced,
        ("Remove", "rules") => Fixture.ReadOnly,
        _ => 0,
    };

    /// <summary>The stage that all trips share.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        /// <summary>A rule that every list of an owner's own has.</summary>
        public static readonly string PresentRule = SandboxIds.Rule(4);

        /// <summary>How many entries a directory owns, how many rules are inherited, and how many lists the parent partner has assigned.</summary>
        public const int Synced = 2;

        public const int ReadOnly = 1;

        public const int Assigned = 1;

        /// <summary>What people write in a field for text.</summary>
        private static readonly string[] Texts =
            ["", "two\nlines", "a;b, \"c\"", "[\"a\"]", "true", "00042", "1e3", "null", "Zürich ☕", "-1", "2026-01-02", "{}", " padded "];

        internal ListStage Stage { get; private set; } = null!;

        /// <summary>The seeded lists, with texts of all kinds.</summary>
        internal void Seed()
        {
            Stage.Reset();
            Stage.State.Seed(60, 45, syncedEvery: 25);
            for (var index = 0; index < Texts.Length; index++)
            {
                var text = Texts[index];
                Stage.State.Entries.Update(SandboxIds.Entry(30 + index), entry => entry with { Comments = text });
            }

            // Directions twice, and a list that looks like the one that the parent partner has assigned.
            var partner = Stage.State.Owners.All()[0];
            var assigned = partner.ParentLists[0];
            Stage.State.Owners.Update(partner.Path, owner => owner with { Lists = [owner.Lists[0] with { Rules = [SandboxIds.Rule(3), PresentRule] }, new AccessList { Direction = "inbound", Rules = [PresentRule] }] });
            Stage.State.Owners.Update("trunk_groups/" + SandboxIds.TrunkGroup(2), owner => owner with { Lists = [assigned with { Rules = [.. assigned.Rules, PresentRule], SmsActionTrue = null }] });
            Stage.State.Log.Clear();
        }

        public async ValueTask InitializeAsync() => Stage = await ListStage.StartAsync();

        public ValueTask DisposeAsync() => Stage.DisposeAsync();
    }
}
