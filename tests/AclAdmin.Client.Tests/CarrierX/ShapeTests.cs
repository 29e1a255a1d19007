using System;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>What was read and is not understood is never written back.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("""{"access_control_rules":"r1","direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":{"0":"r1"},"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":17,"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":null,"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":["r1",17],"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":["r1",true],"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":["r1",null],"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":["r1",["r2"]],"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":["r1",{"rule_sid":"r2"}],"direction":"any"}""", "access_control_rules")]
    [InlineData("""{"access_control_rules":["r1"],"direction":7}""", "direction")]
    [InlineData("""{"access_control_rules":["r1"],"direction":null}""", "direction")]
    [InlineData("""{"access_control_rules":["r1"]}""", "direction")]
    [InlineData("""{"access_control_rules":["r1"],"direction":["any"]}""", "direction")]
    [InlineData("""{"access_control_rules":["r1"],"direction":"any","voice_action_true":true}""", "voice_action_true")]
    [InlineData("""{"access_control_rules":["r1"],"direction":"any","voice_action_false":{}}""", "voice_action_false")]
    [InlineData("""{"access_control_rules":["r1"],"direction":"any","sms_action_false":["reject"]}""", "sms_action_false")]
    public async Task A_list_that_is_not_understood_keeps_all_lists_of_its_owner_from_being_written(string list, string field)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(
            200, $$"""{"partner_sid":"p1","acls":[{"access_control_rules":["r0"],"direction":"inbound"},{{list}}]}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);
        var owner = await new AccessControlListClient(connection).GetAsync("partners/p1", SilentObserver.Instance, Stage.Cancel);

        var error = Assert.Throws<AclException>(() => new AccessControlListChange(owner, connection));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, owner.GetLists().Count);
    }

    [Fact]
    public async Task A_list_that_is_not_understood_when_it_is_read_again_is_not_written_either()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"trunk_group_sid":"g1","acls":[{"access_control_rules":["r1"],"direction":"any"}]}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);
        var client = new AccessControlListClient(connection);
        var change = new AccessControlListChange(await client.GetAsync("trunk_groups/g1", SilentObserver.Instance, Stage.Cancel), connection);
        change.Add(new AccessControlListEdit { Kind = ListEditKind.AddRules, Rules = ["r2"] });
        await using var later = StubServer.Start(_ => StubAnswer.Json(200, """{"trunk_group_sid":"g1","acls":[{"access_control_rules":"r1","direction":"any"}]}"""));
        using var other = Connections.ToCarrierX(later.BaseUri);
        var present = await new AccessControlListClient(other).GetAsync("trunk_groups/g1", SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(ErrorKind.UnexpectedResponse, Assert.Throws<AclException>(() => change.Prepare(present)).Kind);
    }

    [Theory]
    [InlineData(""" "parent_assigned_acls":"none" """)]
    [InlineData(""" "parent_assigned_acls":[7] """)]
    public async Task Lists_of_the_parent_that_are_not_understood_are_not_overlooked(string part)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, $$"""{"partner_sid":"p1","acls":[],{{part}}}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(() => new AccessControlListClient(connection).GetAsync("partners/p1", SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
    }

    [Theory]
    [InlineData("""{"trunk_sid":"t1","name":"T"}""")]
    [InlineData("""{"name":"T","acls":[]}""")]
    [InlineData("7")]
    public async Task A_trunk_that_comes_incomplete_with_its_group_is_read_at_its_own_address(string trunk)
    {
        await using var stub = StubServer.Start(request => StubAnswer.Json(200, request.Target.Contains("/trunks?", StringComparison.Ordinal)
            ? """{"items":[{"trunk_sid":"t1","acls":[],"name":"T"}],"has_more":false}"""
            : request.Target.Contains("/trunk_groups?", StringComparison.Ordinal)
                ? $$"""{"items":[{"trunk_group_sid":"g1","acls":[],"name":"G","trunks":[{{trunk}}]}],"has_more":false}"""
                : """{"items":[],"has_more":false}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var owners = await Snapshot.ReadAsync(new AccessControlListClient(connection), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(["trunk_groups/g1", "trunk_groups/g1/trunks/t1"], owners.Keys);
    }

    [Theory]
    [InlineData("\"1800\"")]
    [InlineData("{\"0\":\"1800\"}")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("[\"1800\",17]")]
    [InlineData("[\"1800\",true]")]
    [InlineData("[\"1800\",null]")]
    [InlineData("[\"1800\",[\"1\"]]")]
    public void Entries_that_are_not_texts_are_not_written_back(string entries)
    {
        var rule = new AccessControlRule(new JObject { ["rule_sid"] = "r1", ["entries"] = JToken.Parse(entries) });

        var error = Assert.Throws<AclException>(() => EntryEdit.Apply(rule, [new EntryEdit(["1900"], ["17"], new FieldPatch())]));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.Contains("Nothing was written", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[null]}""")]
    [InlineData("""{"items":[{"layer":1}]}""")]
    [InlineData("""{"items":[{"layer":1,"effective_acls":"none"}]}""")]
    [InlineData("""{"items":[{"layer":1,"effective_acls":[7]}]}""")]
    [InlineData("""{"items":[{"layer":1,"effective_acls":[{"access_control_rules":"r1"}]}]}""")]
    public async Task A_list_in_force_that_is_not_understood_is_not_left_out(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => new EffectiveAccessControlListClient(connection).ReadAsync(false, new EffectiveListQuery(), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
    }
}
