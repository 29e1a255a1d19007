using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.CarrierX;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>Access control lists are read with their owners, and written as the whole array of one owner, where nobody else has changed it meanwhile.</summary>
public sealed class AccessControlListTests
{
    private static readonly string Group = "trunk_groups/" + SandboxIds.TrunkGroup(1);
    private static readonly string Trunk = $"{Group}/trunks/{SandboxIds.Trunk(1)}";
    private static readonly string Partner = "partners/" + SandboxDefaults.PartnerSid;

    [Fact]
    public async Task A_partner_shows_its_own_lists_and_those_of_its_parent_and_nothing_else_of_it()
    {
        await using var stage = await Stage.StartAsync();

        var owner = await Client(stage).GetAsync(Partner, stage.Observer, Stage.Cancel);

        var lists = owner.GetLists();
        Assert.Equal(("GET", "/core/v2/" + Partner), (stage.OnlyRequest.Method, stage.OnlyRequest.Path));
        Assert.Equal([(1, "accept", "reject"), (null, null, null)], lists.Select(list => (list.Index, list.SmsActionTrue == "accept" ? "accept" : null, list.SmsActionFalse)));
        Assert.Equal([SandboxIds.Rule(1), SandboxIds.Rule(2)], lists[1].RuleSids!);
        Assert.NotNull(lists[1].GetReadOnlyReason());
        Assert.DoesNotContain("owner@example.com", owner.ToJson(), StringComparison.Ordinal);
        Assert.Null(owner.AdditionalFields);
        Assert.Null(lists[0].AdditionalFields);
    }

    [Fact]
    public async Task All_owners_are_read_with_one_request_for_partners_and_one_for_trunk_groups_and_trunks()
    {
        await using var stage = await Stage.StartAsync();

        var owners = await Snapshot.ReadAsync(Client(stage), stage.Observer, Stage.Cancel);

        Assert.Equal(stage.State.Owners.All().Select(owner => owner.Path), owners.Keys);
        Assert.Equal(["/core/v2/partners", "/core/v2/trunk_groups"], stage.Requests.Select(request => request.Path));
        Assert.Equal("limit=1000&offset=0&with_trunks=true", stage.Requests[1].Query);
        Assert.Equal((SandboxIds.TrunkGroup(1), SandboxIds.Trunk(1), null), (owners[Trunk].GetLists()[0].TrunkGroupSid, owners[Trunk].GetLists()[0].TrunkSid, owners[Trunk].GetLists()[0].PartnerSid));
    }

    [Fact]
    public async Task Trunks_that_do_not_come_with_their_group_are_read_at_their_own_address()
    {
        await using var stub = StubServer.Start(request => StubAnswer.Json(200, request.Target.Contains("/trunks?", StringComparison.Ordinal)
            ? """{"items":[{"trunk_sid":"t1","acls":[],"name":"T"}],"has_more":false}"""
            : request.Target.Contains("/trunk_groups?", StringComparison.Ordinal)
                ? """{"items":[{"trunk_group_sid":"g1","acls":[],"name":"G"}],"has_more":false}"""
                : """{"items":[],"has_more":false}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var owners = await Snapshot.ReadAsync(new AccessControlListClient(connection), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(["trunk_groups/g1", "trunk_groups/g1/trunks/t1"], owners.Keys);
    }

    [Theory]
    [InlineData("""{"trunk_group_sid":"g1","name":"G"}""", "does not contain the array acls")]
    [InlineData("""{"trunk_group_sid":"g1","acls":[7]}""", "does not contain the array acls")]
    [InlineData("""{"trunk_group_sid":"g2","acls":[]}""", "another one")]
    [InlineData("""{"acls":[]}""", "has no trunk_group_sid")]
    public async Task An_answer_that_is_not_that_owner_with_its_lists_is_not_edited(string body, string reason)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(() => new AccessControlListClient(connection).GetAsync("trunk_groups/g1", SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_list_is_sent_behind_the_others_and_without_actions_for_messages_on_a_trunk()
    {
        await using var stage = await Stage.StartAsync();

        var outcome = await ApplyAsync(stage, Trunk, Create(ListEditKind.CreateIfMissing, ("direction", "inbound"), ("voice_action_true", "reject403"), ("access_control_rules", new JArray(SandboxIds.Rule(1)))));

        Assert.Equal(ChangeStatus.Changed, outcome.Status);
        var write = Assert.Single(stage.Requests, request => request.Method == "PATCH");
        Assert.Equal("/core/v2/" + Trunk, write.Path);
        Assert.Equal(
            $$"""{"acls":[{"access_control_rules":["{{SandboxIds.Rule(4)}}"],"direction":"any","voice_action_false":"reject503","voice_action_true":"accept"},{"access_control_rules":["{{SandboxIds.Rule(1)}}"],"direction":"inbound","voice_action_false":null,"voice_action_true":"reject403"}]}""",
            write.Body);
    }

    [Fact]
    public async Task Many_edits_of_one_owner_come_to_one_write()
    {
        await using var stage = await Stage.StartAsync();

        await ApplyAsync(
            stage,
            Partner,
            new AccessControlListEdit { Kind = ListEditKind.AddRules, Direction = "any", Rules = [SandboxIds.Rule(5), SandboxIds.Rule(3), SandboxIds.Rule(6)] },
            new AccessControlListEdit { Kind = ListEditKind.RemoveRules, Index = 1, Rules = [SandboxIds.Rule(3)] },
            new AccessControlListEdit { Kind = ListEditKind.Change, Index = 1, Fields = Fields(("sms_action_false", null), ("direction", "outbound")) });

        Assert.Equal(["GET", "GET", "PATCH"], stage.Requests.Select(request => request.Method));
        var list = Assert.Single(stage.State.Owners.Find(Partner)!.Lists);
        Assert.Equal([SandboxIds.Rule(5), SandboxIds.Rule(6)], list.Rules);
        Assert.Equal(("outbound", null, "accept", "reject503"), (list.Direction, list.SmsActionFalse, list.SmsActionTrue, list.VoiceActionFalse));
    }

    [Fact]
    public async Task An_index_means_the_list_that_was_read_with_it_whatever_was_removed_before_it()
    {
        await using var stage = await Stage.StartAsync();
        Load(stage, Group, List("any", 1), List("inbound", 2), List("outbound", 3));

        await ApplyAsync(stage, Group, new AccessControlListEdit { Kind = ListEditKind.Remove, Index = 1 }, new AccessControlListEdit { Kind = ListEditKind.Remove, Index = 2 });

        Assert.Equal("outbound", Assert.Single(stage.State.Owners.Find(Group)!.Lists).Direction);
    }

    [Fact]
    public async Task Lists_that_somebody_else_has_changed_since_they_were_read_are_not_written()
    {
        await using var stage = await Stage.StartAsync();
        Load(stage, Group, List("any", 1));
        var change = await PlanAsync(stage, Group, new AccessControlListEdit { Kind = ListEditKind.AddRules, Rules = [SandboxIds.Rule(2)] });
        Load(stage, Group, List("any", 7));

        var outcome = await RunAsync(stage, Group, change);

        Assert.Equal(ErrorKind.Conflict, outcome.Error!.Kind);
        Assert.Contains(SandboxIds.Rule(7), outcome.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Requests, request => request.Method == "PATCH");
        Assert.Equal([SandboxIds.Rule(7)], stage.State.Owners.Find(Group)!.Lists[0].Rules);
    }

    [Fact]
    public async Task What_the_same_connection_has_written_since_is_kept_and_edited()
    {
        await using var stage = await Stage.StartAsync();
        Load(stage, Group, List("any", 1));
        var changes = new List<AccessControlListChange>();
        for (var rule = 2; rule <= 9; rule++)
        {
            changes.Add(await PlanAsync(stage, Group, new AccessControlListEdit { Kind = ListEditKind.AddRules, Index = 1, Rules = [SandboxIds.Rule(rule)] }));
        }

        // As in the runspaces of ForEach-Object -Parallel: all have read before any writes.
        var outcomes = await Task.WhenAll(changes.Select(change => RunAsync(stage, Group, change)));

        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Changed, outcome.Status));
        Assert.Equal(Enumerable.Range(1, 9).Select(SandboxIds.Rule).Order(), stage.State.Owners.Find(Group)!.Lists[0].Rules.Order());
    }

    [Fact]
    public async Task A_list_that_another_run_of_the_connection_has_changed_is_not_removed()
    {
        await using var stage = await Stage.StartAsync();
        Load(stage, Group, List("any", 1));
        var removal = await PlanAsync(stage, Group, new AccessControlListEdit { Kind = ListEditKind.Remove, Index = 1 });
        await ApplyAsync(stage, Group, new AccessControlListEdit { Kind = ListEditKind.AddRules, Rules = [SandboxIds.Rule(2)] });

        Assert.Equal(ErrorKind.Conflict, (await RunAsync(stage, Group, removal)).Error!.Kind);
    }

    [Fact]
    public async Task An_answer_with_other_lists_than_were_sent_is_a_conflict()
    {
        var reads = 0;
        await using var stub = StubServer.Start(request => StubAnswer.Json(200, request.Method == "PATCH" || ++reads > 2
            ? """{"trunk_group_sid":"g1","acls":[{"access_control_rules":["x"],"direction":"any"}]}"""
            : """{"trunk_group_sid":"g1","acls":[]}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);
        var client = new AccessControlListClient(connection);
        var change = new AccessControlListChange(await client.GetAsync("trunk_groups/g1", SilentObserver.Instance, Stage.Cancel), connection);
        change.Add(Create(ListEditKind.Create, ("direction", "any")));

        var outcome = await RunAsync(client, "trunk_groups/g1", change);

        Assert.Equal(ErrorKind.Conflict, outcome.Error!.Kind);
        Assert.Single(stub.Requests, request => request.Method == "PATCH");
    }

    [Theory]
    [InlineData(ListEditKind.CreateIfMissing, "reject403", null)]
    [InlineData(ListEditKind.CreateIfMissing, "accept", ErrorKind.AlreadyExists)]
    [InlineData(ListEditKind.CreateOrChange, "accept", null)]
    [InlineData(ListEditKind.Create, "reject403", null)]
    public async Task A_list_of_the_same_direction_is_not_made_twice_unless_wanted(ListEditKind kind, string action, ErrorKind? refusal)
    {
        await using var stage = await Stage.StartAsync();
        Load(stage, Group, List("inbound", 1) with { VoiceActionTrue = "reject403" });
        var edit = Create(kind, ("direction", "inbound"), ("voice_action_true", action));

        if (refusal is not null)
        {
            Assert.Equal(refusal, (await Assert.ThrowsAsync<AclException>(() => PlanAsync(stage, Group, edit))).Kind);
            return;
        }

        await ApplyAsync(stage, Group, edit);

        var lists = stage.State.Owners.Find(Group)!.Lists;
        Assert.Equal(kind == ListEditKind.Create ? 2 : 1, lists.Count);
        Assert.Equal([SandboxIds.Rule(1)], lists[0].Rules);
        Assert.Equal(action, lists[^1].VoiceActionTrue);
        Assert.Equal(kind == ListEditKind.CreateIfMissing ? 0 : 1, stage.Requests.Count(request => request.Method == "PATCH"));
    }

    [Fact]
    public async Task A_list_that_is_not_there_or_not_clear_is_an_error_before_anything_is_sent()
    {
        await using var stage = await Stage.StartAsync();
        Load(stage, Group, List("any", 1), List("any", 2));
        var kinds = new List<ErrorKind>();
        foreach (var edit in new[]
        {
            new AccessControlListEdit { Kind = ListEditKind.Remove, Index = 3 },
            new AccessControlListEdit { Kind = ListEditKind.Remove, Direction = "inbound" },
            new AccessControlListEdit { Kind = ListEditKind.Remove, Direction = "any" },
            new AccessControlListEdit { Kind = ListEditKind.Remove },
            new AccessControlListEdit { Kind = ListEditKind.Change, Index = 1, Fields = Fields(("sms_action_true", "reject")) },
        })
        {
            kinds.Add((await Assert.ThrowsAsync<AclException>(() => PlanAsync(stage, Group, edit))).Kind);
        }

        Assert.Equal([ErrorKind.NotFound, ErrorKind.NotFound, ErrorKind.ValidationFailed, ErrorKind.ValidationFailed, ErrorKind.ValidationFailed], kinds);
    }

    [Theory]
    [InlineData(null, "g1", null, "trunk_groups/g1")]
    [InlineData("p1", "g1", null, "trunk_groups/g1")]
    [InlineData("p1", "", "", "partners/p1")]
    [InlineData(null, "g1", "t1", "trunk_groups/g1/trunks/t1")]
    [InlineData(null, null, "t1", null)]
    [InlineData(null, null, null, null)]
    [InlineData("../x", null, null, null)]
    public void The_most_specific_sid_names_the_owner(string? partner, string? group, string? trunk, string? owner)
    {
        if (owner is null)
        {
            Assert.Equal(ErrorKind.ValidationFailed, Assert.Throws<AclException>(() => ListOwnerId.Of(partner, group, trunk)).Kind);
            return;
        }

        Assert.Equal(owner, ListOwnerId.Of(partner, group, trunk).ToString());
        Assert.Equal(owner, ListOwnerId.Parse(owner).ToString());
    }

    private static AccessControlListClient Client(Stage stage) => new(stage.CarrierX);

    private static AccessList List(string direction, int rule) => new() { Direction = direction, Rules = [SandboxIds.Rule(rule)] };

    private static void Load(Stage stage, string owner, params AccessList[] lists) => stage.State.Owners.Update(owner, old => old with { Lists = lists });

    private static FieldPatch Fields(params (string Name, JToken? Value)[] fields)
    {
        var patch = new FieldPatch();
        foreach (var (name, value) in fields)
        {
            patch.Set(AccessControlListOwner.Descriptor.GetInput(name), value ?? JValue.CreateNull());
        }

        return patch;
    }

    private static AccessControlListEdit Create(ListEditKind kind, params (string Name, JToken? Value)[] fields) => new() { Kind = kind, Fields = Fields(fields) };

    private static async Task<AccessControlListChange> PlanAsync(Stage stage, string owner, params AccessControlListEdit[] edits)
    {
        var change = new AccessControlListChange(await Client(stage).GetAsync(owner, stage.Observer, Stage.Cancel), stage.CarrierX);
        foreach (var edit in edits)
        {
            change.Add(edit);
        }

        return change;
    }

    private static Task<ChangeOutcome<AccessControlListOwner>> RunAsync(Stage stage, string owner, AccessControlListChange change) => RunAsync(Client(stage), owner, change);

    private static Task<ChangeOutcome<AccessControlListOwner>> RunAsync(AccessControlListClient client, string owner, AccessControlListChange change) => Task.Run(() =>
    {
        using var runner = new ChangeRunner<AccessControlListOwner>(1, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        runner.Post(new Change<AccessControlListOwner>(new ChangeRow(null, 0)) { Client = client, Id = owner, Key = owner, Prepare = change.Prepare });
        Assert.True(runner.WaitFor(Awaited.Idle, TimeSpan.FromSeconds(30)));
        Assert.True(runner.TryDequeue(out var outcome));
        return outcome!;
    });

    private static async Task<ChangeOutcome<AccessControlListOwner>> ApplyAsync(Stage stage, string owner, params AccessControlListEdit[] edits) =>
        await RunAsync(stage, owner, await PlanAsync(stage, owner, edits));
}
