using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Faults;

/// <summary>
/// What every fault comes to, for every verb, once, twice and for ever: the requests that are sent, the time that is waited (by the injected clock), what the
/// service has applied in the end, and the error id. The whole table is kept beside this file; a change of any cell is a change of what is promised.
/// ACLADMIN_WRITE_FAULT_TABLE=1 writes it anew.
/// </summary>
public sealed class FaultTableTests
{
    private const int CellsAtOnce = 12;

    /// <summary>Only what never answers meets it, and it is real time: far longer than any answer here takes, on whatever machine.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private const string AnotherItem = "another item";

    private static readonly string[] Verbs = ["read", "update", "replace", "create", "remove"];

    private static readonly (string Name, FaultRule Fault)[] Faults =
    [
        .. FaultKinds.All.Keys.Where(kind => kind is not (FaultKinds.Status or FaultKinds.Raw)).Order(StringComparer.Ordinal).Select(kind => (kind, new FaultRule { Kind = kind })),
        .. new[] { 400, 401, 403, 404, 408, 409, 415, 422, 500, 502, 503, 504, 520, 522, 524, 530 }.Select(status => (
            $"status {status.ToString(CultureInfo.InvariantCulture)}", new FaultRule { Kind = FaultKinds.Status, Status = status, Body = status >= 520 ? "html" : null })),
        ("status 503, Retry-After 7", new FaultRule { Kind = FaultKinds.Status, Status = 503, RetryAfter = "7" }),
        ("status 429, Retry-After 0", new FaultRule { Kind = FaultKinds.Status, Status = 429, RetryAfter = "0" }),
        ("status 429, Retry-After a year", new FaultRule { Kind = FaultKinds.Status, Status = 429, RetryAfter = "31536000" }),
        (AnotherItem, new FaultRule { Kind = FaultKinds.Raw, Content = """{"success":true,"errors":[],"messages":[],"result":{"id":"another"},"rule_sid":"another"}""" }),
        ("an empty object", new FaultRule { Kind = FaultKinds.Raw, Content = "{}" }),
    ];

    private static string Approved([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "FaultTable.md");

    [Fact]
    public async Task Every_fault_comes_to_what_is_promised()
    {
        // Each cell has a sandbox of its own, so several are played at once: those that wait for a time limit take most of the time.
        using var places = new SemaphoreSlim(CellsAtOnce);
        var played = await Task.WhenAll(
            from fault in Faults
            from verb in Verbs
            where !(fault.Name == AnotherItem && verb == "create") // Any new id is the right one.
            select PlayRowAsync(fault.Name, fault.Fault, verb, places));
        var problems = played.SelectMany(row => row.Problems).ToArray();
        var rows = played.Select(row => row.Line);

        var table = new StringBuilder()
            .Append("# What every fault comes to\n\n")
            .Append("Written and checked by `FaultTableTests`. A cell has the requests that were sent, the seconds that were waited for, how often the service has\n")
            .Append("applied the write in the end, and the error id; `ok` or `unchanged` where there is no error. Waits are those of a fixed random seed.\n\n")
            .Append("| fault | verb | once | twice | for ever |\n|---|---|---|---|---|\n")
            .AppendJoin('\n', rows).Append('\n').ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(table);
        Assert.Empty(problems);
        if (Environment.GetEnvironmentVariable("ACLADMIN_WRITE_FAULT_TABLE") == "1")
        {
            await File.WriteAllTextAsync(Approved(), table, Stage.Cancel);
        }

        var approved = (await File.ReadAllTextAsync(Approved(), Stage.Cancel)).ReplaceLineEndings("\n");
        Assert.Equal(approved.Split('\n'), table.Split('\n'));
    }

    private static async Task<(string Line, IReadOnlyList<string> Problems)> PlayRowAsync(string name, FaultRule fault, string verb, SemaphoreSlim places)
    {
        var cells = new List<string>();
        var problems = new List<string>();
        foreach (var times in new int?[] { 1, 2, null })
        {
            if (IsSilent(fault) && times != 1)
            {
                // Each silence costs the whole time limit, in real time.
                cells.Add(fault.Kind == FaultKinds.Hang ? "as `reset`" : "as `reset_after_apply`");
                continue;
            }

            await places.WaitAsync(Stage.Cancel);
            try
            {
                var cell = await PlayAsync(fault with { Times = times }, verb);
                problems.AddRange(Check(cell).Select(problem => $"{name}, {verb}, {times?.ToString(CultureInfo.InvariantCulture) ?? "for ever"}: {problem} ({cell})"));
                cells.Add(cell.ToString());
            }
            finally
            {
                places.Release();
            }
        }

        return ($"| {name} | {verb} | {string.Join(" | ", cells)} |", problems);
    }

    /// <summary>What holds for every cell, whatever the fault.</summary>
    private static IEnumerable<string> Check(Cell cell)
    {
        if (cell.Applied > 1)
        {
            yield return "applied twice";
        }

        if (cell is { Error: null, IsWrite: true, IsUnchanged: false, Applied: 0 })
        {
            yield return "reported as applied, and was not";
        }

        if (cell.Error is not null && cell.Applied == 1 && !cell.IsUnknown && !cell.IsIdempotent)
        {
            yield return "a create was applied and is reported as one that was not";
        }

        if (cell.Requests > 24)
        {
            yield return "too many requests";
        }

        if (cell.Waited > TimeSpan.FromMinutes(6))
        {
            yield return "waited beyond reason";
        }
    }

    private static async Task<Cell> PlayAsync(FaultRule fault, string verb)
    {
        var isSilent = IsSilent(fault);
        await using var stage = await Stage.StartAsync(timeout: isSilent ? TimeLimit : null);
        var method = verb switch { "read" => "GET", "update" => "PATCH", "replace" => "PUT", "create" => "POST", _ => "DELETE" };
        stage.Fault(fault with { Seconds = isSilent ? 60 : 1, Match = new FaultMatch { Method = method } });
        var before = stage.Clock.Elapsed;
        var (status, error) = verb switch
        {
            "read" => (ChangeStatus.Changed, await ReadAsync(stage)),
            "replace" => await Task.Run(() => Outcomes.Apply(Replacement(stage), stage.Observer) is var replaced ? (replaced.Status, replaced.Error) : default),
            _ => await Task.Run(() => Outcomes.Apply(Change(stage, verb), stage.Observer) is var changed ? (changed.Status, changed.Error) : default),
        };
        var applied = stage.Requests.Count(request => request.Applied);
        return new Cell(verb, stage.Requests.Count, stage.Clock.Elapsed - before, EffectOf(stage, verb, applied), status == ChangeStatus.Unchanged, error);
    }

    /// <summary>An update that was applied twice has the effect of one.</summary>
    private static int EffectOf(Stage stage, string verb, int applied) => verb switch
    {
        "create" => stage.State.Entries.Count - 20,
        "remove" => 20 - stage.State.Entries.Count,
        "read" => 0,
        _ => Math.Min(applied, 1),
    };

    private static bool IsSilent(FaultRule fault) => fault.Kind is FaultKinds.Hang or FaultKinds.Slow;

    private static async Task<AclException?> ReadAsync(Stage stage)
    {
        try
        {
            await stage.Registry.GetAsync(SandboxIds.Entry(2), stage.Observer, Stage.Cancel);
            return null;
        }
        catch (AclException error)
        {
            return error;
        }
    }

    private static Change<AccessControlRule> Replacement(Stage stage) => new()
    {
        Action = ChangeAction.Replace,
        Client = stage.Rules,
        Id = SandboxIds.Rule(2),
        Key = SandboxIds.Rule(2),
        Patch = Patch.Rule(("entries", new JArray("1900")), ("field", "called"), ("name", "n"), ("operation", "prefix"), ("quantifier", "any")),
    };

    private static Change<ImpersonationRegistryEntry> Change(Stage stage, string verb) => verb switch
    {
        "create" => new()
        {
            Action = ChangeAction.Create,
            Client = stage.Registry,
            Key = "new",
            Patch = Patch.Entry(("email", "ceo@example.com"), ("is_email_regex", false), ("name", "The CEO")),
            Existing = Existing.Entries(stage),
            IfExists = IfExists.Skip,
        },
        "update" => new() { Client = stage.Registry, Id = SandboxIds.Entry(2), Key = "e", Patch = Patch.Entry(("comments", "new")) },
        _ => new() { Action = ChangeAction.Delete, Client = stage.Registry, Id = SandboxIds.Entry(2), Key = "e" },
    };

    private sealed record Cell(string Verb, int Requests, TimeSpan Waited, int Applied, bool IsUnchanged, AclException? Error)
    {
        public bool IsWrite => Verb != "read";

        public bool IsIdempotent => Verb != "create";

        public bool IsUnknown => Error!.OutcomeIsUnknown;

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Requests} sent, {Waited.TotalSeconds:0.#} s{(IsWrite ? $", {Applied} applied" : "")}: {Error?.Kind.ToString() ?? (IsUnchanged ? "unchanged" : "ok")}");
    }
}
