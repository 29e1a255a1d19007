using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>The lists in force come in the order in which the service looks at them, with rules that are each read once.</summary>
public sealed class EffectiveListTests
{
    [Theory]
    [InlineData(false, "calls")]
    [InlineData(true, "sms")]
    public async Task Calls_and_messages_have_an_address_each(bool messages, string segment)
    {
        await using var stage = await Stage.StartAsync();

        var lists = await ReadAsync(stage, messages, new EffectiveListQuery());

        Assert.Equal(("GET", "/core/v2/accesscontrol/effective_acl/" + segment, ""), (stage.OnlyRequest.Method, stage.OnlyRequest.Path, stage.OnlyRequest.Query));
        Assert.Equal([1, 2], lists.Select(list => list.Layer));
        Assert.Equal([SandboxIds.Rule(1), SandboxIds.Rule(2)], lists[0].RuleSids);
        Assert.Equal([SandboxIds.Rule(3)], lists[1].RuleSids);
        Assert.All(lists, list => Assert.Equal(("any", 0), (list.Direction, list.Rules.Count)));
        Assert.Equal(messages ? (null, "reject") : ("reject403", null), (lists[0].VoiceActionTrue, lists[0].SmsActionTrue));
        Assert.Equal(messages ? (null, "reject") : ("reject503", null), (lists[1].VoiceActionFalse, lists[1].SmsActionFalse));
    }

    [Fact]
    public async Task What_is_asked_for_is_escaped_and_what_is_not_is_left_out()
    {
        await using var stage = await Stage.StartAsync();

        var error = await Assert.ThrowsAsync<AclException>(() => ReadAsync(stage, false, new EffectiveListQuery("inbound", "p 1", null, "t&1")));

        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Assert.Equal("direction=inbound&partner_sid=p%201&trunk_sid=t%261", stage.OnlyRequest.Query);
    }

    [Fact]
    public async Task Layers_come_from_the_top_down_however_they_are_sent()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """
            {"items":[{"effective_acls":[{"access_control_rules":["c"]}],"layer":3},{"effective_acls":[{"access_control_rules":["x"]}]},
            {"effective_acls":[{"access_control_rules":["a1"]},{"access_control_rules":["a2"]}],"layer":1},
            {"effective_acls":[{"direction":"any"}],"layer":2}]}
            """));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var lists = await new EffectiveAccessControlListClient(connection).ReadAsync(false, new EffectiveListQuery(), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(["1:a1", "1:a2", "2:", "3:c", "0:x"], lists.Select(list => $"{list.Layer}:{string.Join(",", list.RuleSids)}"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":{}}""")]
    public async Task An_answer_without_layers_is_not_an_empty_list(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => new EffectiveAccessControlListClient(connection).ReadAsync(false, new EffectiveListQuery(), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
    }

    [Fact]
    public async Task Each_rule_is_read_once_however_often_it_is_named()
    {
        var (lists, reads) = await ExpandAsync(["a", "b", "a"], ["b", "c"], []);

        Assert.Equal(["a", "b", "c"], reads.Order());
        Assert.Equal(["a,b,a", "b,c", ""], lists.Select(list => string.Join(",", list.Rules.Select(rule => rule.RuleSid))));
    }

    [Fact]
    public async Task Rules_keep_the_order_of_their_list_although_many_are_read_at_a_time()
    {
        var sids = Enumerable.Range(1, 23).Select(index => $"r{index}").ToArray();

        var (lists, reads) = await ExpandAsync(sids);

        Assert.Equal(sids, lists[0].Rules.Select(rule => rule.RuleSid));
        Assert.Equal(23, reads.Count);
    }

    [Fact]
    public async Task A_rule_that_is_not_shown_is_left_out_and_told_of()
    {
        await using var stage = await Stage.StartAsync();
        var client = new EffectiveAccessControlListClient(stage.CarrierX);
        var lists = await ReadAsync(stage, false, new EffectiveListQuery());
        stage.State.Rules.Remove(SandboxIds.Rule(2));

        var expanded = await client.ExpandAsync(lists, stage.Observer, Stage.Cancel);

        Assert.Equal([SandboxIds.Rule(1), SandboxIds.Rule(2)], expanded[0].RuleSids);
        Assert.Equal([SandboxIds.Rule(1)], expanded[0].Rules.Select(rule => rule.RuleSid));
        Assert.Equal([SandboxIds.Rule(3)], expanded[1].Rules.Select(rule => rule.RuleSid));
        Assert.Contains(SandboxIds.Rule(2), Assert.Single(stage.Observer.Notes));
    }

    [Fact]
    public async Task Expanding_keeps_all_else_of_a_list()
    {
        await using var stage = await Stage.StartAsync();
        var list = (await ReadAsync(stage, false, new EffectiveListQuery("outbound")))[1];

        var expanded = Assert.Single(await new EffectiveAccessControlListClient(stage.CarrierX).ExpandAsync([list], stage.Observer, Stage.Cancel));

        Assert.Equal((2, "any", "accept", "reject503"), (expanded.Layer, expanded.Direction, expanded.VoiceActionTrue, expanded.VoiceActionFalse));
        Assert.Empty(list.Rules);
    }

    [Fact]
    public async Task A_refusal_to_show_a_rule_is_an_error()
    {
        await using var stage = await Stage.StartAsync();
        var lists = await ReadAsync(stage, false, new EffectiveListQuery());
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 403, Times = 1 });

        var error = await Assert.ThrowsAsync<AclException>(
            () => new EffectiveAccessControlListClient(stage.CarrierX).ExpandAsync(lists, stage.Observer, Stage.Cancel));

        Assert.Equal(ErrorKind.PermissionDenied, error.Kind);
        Assert.Contains("accesscontrol.read", error.RecommendedAction);
    }

    private static Task<IReadOnlyList<EffectiveAccessControlList>> ReadAsync(Stage stage, bool messages, EffectiveListQuery query) =>
        new EffectiveAccessControlListClient(stage.CarrierX).ReadAsync(messages, query, stage.Observer, Stage.Cancel);

    private static async Task<(IReadOnlyList<EffectiveAccessControlList> Lists, List<string> Reads)> ExpandAsync(params string[][] lists)
    {
        static string Quote(IEnumerable<string> sids) => string.Join(",", sids.Select(sid => $"\"{sid}\""));
        var acls = string.Join(",", lists.Select(sids => $$"""{"access_control_rules":[{{Quote(sids)}}]}"""));
        await using var stub = StubServer.Start(request => StubAnswer.Json(200, request.Target.Contains("/rules/", StringComparison.Ordinal)
            ? $$"""{"rule_sid":"{{request.Target.Split('/')[^1]}}"}"""
            : $$"""{"items":[{"effective_acls":[{{acls}}],"layer":1}]}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);
        var client = new EffectiveAccessControlListClient(connection);
        var read = await client.ReadAsync(false, new EffectiveListQuery(), SilentObserver.Instance, Stage.Cancel);
        var expanded = await client.ExpandAsync(read, SilentObserver.Instance, Stage.Cancel);
        return (expanded, stub.Requests.Skip(1).Select(request => request.Target.Split('/')[^1]).ToList());
    }
}
