using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.CarrierX;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>An edit that was planned before another run of the connection wrote is carried out on the list that it was planned for, or not at all.</summary>
public sealed class ListIdentityTests
{
    private static readonly string Group = "trunk_groups/" + SandboxIds.TrunkGroup(1);

    [Theory]
    [InlineData(ListEditKind.AddRules)]
    [InlineData(ListEditKind.RemoveRules)]
    [InlineData(ListEditKind.Remove)]
    [InlineData(ListEditKind.Change)]
    public async Task An_edit_of_a_list_that_another_run_has_removed_does_not_hit_the_one_that_moved_up(ListEditKind kind)
    {
        await using var stage = await LoadAsync(List("any", 1), List("any", 1), List("any", 3));
        var edit = await PlanAsync(stage, Edit(kind, index: 1));
        await RunAsync(stage, await PlanAsync(stage, Edit(ListEditKind.Remove, index: 1)));
        var writes = Writes(stage);

        var outcome = await RunAsync(stage, edit);

        Assert.Equal(ErrorKind.Conflict, outcome.Error?.Kind);
        Assert.Contains("Nothing was written", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(writes, Writes(stage));
        Assert.Equal([1, 3], Rules(stage));
    }

    [Fact]
    public async Task An_edit_follows_its_list_to_the_place_where_another_run_has_moved_it()
    {
        await using var stage = await LoadAsync(List("any", 1), List("any", 2), List("any", 2));
        var edit = await PlanAsync(stage, Edit(ListEditKind.AddRules, index: 2));
        await RunAsync(stage, await PlanAsync(stage, Edit(ListEditKind.Remove, index: 1)));

        Assert.Equal(ChangeStatus.Changed, (await RunAsync(stage, edit)).Status);

        Assert.Equal([[2, 9], [2]], RulesOfEach(stage));
    }

    [Fact]
    public async Task An_edit_by_direction_does_not_hit_another_list_that_has_the_direction_by_now()
    {
        await using var stage = await LoadAsync(List("any", 1), List("inbound", 2));
        var edit = await PlanAsync(stage, Edit(ListEditKind.AddRules, direction: "any"));
        var swap = new[] { Edit(ListEditKind.Change, 1, "outbound"), Edit(ListEditKind.Change, 2, "any") };
        await RunAsync(stage, await PlanAsync(stage, swap));

        Assert.Equal(ErrorKind.Conflict, (await RunAsync(stage, edit)).Error?.Kind);
        Assert.Equal([1, 2], Rules(stage));
    }

    [Fact]
    public async Task An_edit_finds_its_list_through_many_writes_of_other_runs()
    {
        await using var stage = await LoadAsync(List("any", 1), List("any", 1), List("any", 1));
        var edits = new List<AccessControlListChange>();
        for (var rule = 10; rule < 50; rule++)
        {
            edits.Add(await PlanAsync(stage, new AccessControlListEdit { Kind = ListEditKind.AddRules, Index = 2, Rules = [SandboxIds.Rule(rule)] }));
        }

        await RunAsync(stage, await PlanAsync(stage, Edit(ListEditKind.Remove, index: 1)));
        foreach (var edit in edits)
        {
            Assert.Equal(ChangeStatus.Changed, (await RunAsync(stage, edit)).Status);
        }

        Assert.Equal([[1, .. Enumerable.Range(10, 40)], [1]], RulesOfEach(stage));
    }

    [Fact]
    public async Task A_list_is_not_found_again_through_the_write_of_another_client()
    {
        await using var stage = await LoadAsync(List("any", 1), List("any", 2));
        var edit = await PlanAsync(stage, Edit(ListEditKind.AddRules, index: 1));
        await RunAsync(stage, await PlanAsync(stage, Edit(ListEditKind.AddRules, index: 2)));
        Load(stage, List("any", 2), List("any", 1));

        Assert.Equal(ErrorKind.Conflict, (await RunAsync(stage, edit)).Error?.Kind);
    }

    private static AccessList List(string direction, int rule) => new() { Direction = direction, Rules = [SandboxIds.Rule(rule)], VoiceActionTrue = "accept" };

    private static async Task<Stage> LoadAsync(params AccessList[] lists)
    {
        var stage = await Stage.StartAsync(options => options with { Rules = 50 });
        Load(stage, lists);
        return stage;
    }

    private static void Load(Stage stage, params AccessList[] lists) => stage.State.Owners.Update(Group, old => old with { Lists = lists });

    /// <summary>The rule that it adds is the ninth, those that it removes the first and the second; the field that it changes is the direction.</summary>
    private static AccessControlListEdit Edit(ListEditKind kind, int? index = null, string direction = "any")
    {
        var fields = new Client.Resources.FieldPatch();
        if (kind == ListEditKind.Change)
        {
            fields.Set(AccessControlListOwner.Descriptor.GetInput("direction"), direction == "any" && index == 1 ? "undirected" : direction);
        }

        return new AccessControlListEdit
        {
            Kind = kind,
            Index = index,
            Direction = index is null ? direction : null,
            Fields = fields,
            Rules = kind == ListEditKind.AddRules ? [SandboxIds.Rule(9)] : [SandboxIds.Rule(1), SandboxIds.Rule(2)],
        };
    }

    private static int Writes(Stage stage) => stage.Requests.Count(request => request.Method == "PATCH");

    private static IEnumerable<int> Rules(Stage stage) => RulesOfEach(stage).SelectMany(rules => rules);

    private static IEnumerable<int[]> RulesOfEach(Stage stage) => stage.State.Owners.Find(Group)!.Lists
        .Select(list => list.Rules.Select(sid => Enumerable.Range(1, 50).First(rule => SandboxIds.Rule(rule) == sid)).ToArray());

    private static async Task<AccessControlListChange> PlanAsync(Stage stage, params AccessControlListEdit[] edits)
    {
        var client = new AccessControlListClient(stage.CarrierX);
        var change = new AccessControlListChange(await client.GetAsync(Group, stage.Observer, Stage.Cancel), stage.CarrierX);
        foreach (var edit in edits)
        {
            change.Add(edit);
        }

        return change;
    }

    private static Task<ChangeOutcome<AccessControlListOwner>> RunAsync(Stage stage, AccessControlListChange change) => Task.Run(() =>
    {
        using var runner = new ChangeRunner<AccessControlListOwner>(1, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        runner.Post(new Change<AccessControlListOwner>(new ChangeRow(null, 0)) { Client = new AccessControlListClient(stage.CarrierX), Id = Group, Key = Group, Prepare = change.Prepare });
        Assert.True(runner.WaitFor(Awaited.Idle, TimeSpan.FromSeconds(30)));
        Assert.True(runner.TryDequeue(out var outcome));
        return outcome!;
    });
}
