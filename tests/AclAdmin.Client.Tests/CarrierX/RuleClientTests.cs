using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>What each call about access control rules puts on the wire, and what becomes of its answer.</summary>
public sealed class RuleClientTests
{
    [Fact]
    public async Task An_update_is_a_patch_of_the_said_fields()
    {
        await using var stage = await Stage.StartAsync();

        var rule = await stage.Rules.PatchAsync(SandboxIds.FirstRule, Patch.Rule(("operation", "exact")), stage.Observer, Stage.Cancel);

        var request = stage.OnlyRequest;
        Assert.Equal(("PATCH", Stage.RulesPath + "/" + SandboxIds.FirstRule, ""), (request.Method, request.Path, request.Query));
        Assert.Equal("""{"operation":"exact"}""", request.Body);
        Assert.Equal("Bearer " + SandboxDefaults.CarrierXToken, request.Headers["authorization"]);
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal("application/json", request.Headers["accept"]);
        Assert.StartsWith("AclAdmin/", request.Headers["user-agent"], StringComparison.Ordinal);
        Assert.Equal(("exact", "N/A", "to"), (rule!.Operation, rule.Name, rule.Field));
        Assert.Equal(["1800", "1615"], rule.Entries!);
    }

    [Fact]
    public async Task A_list_field_goes_out_as_an_array_with_its_letters_as_they_are()
    {
        await using var stage = await Stage.StartAsync();

        await stage.Rules.PatchAsync(SandboxIds.Rule(2), Patch.Rule(("entries", new JArray("免费奖品", "a;b", "1516.*"))), stage.Observer, Stage.Cancel);

        Assert.Equal("""{"entries":["免费奖品","a;b","1516.*"]}""", stage.OnlyRequest.Body);
        Assert.Equal(["免费奖品", "a;b", "1516.*"], stage.State.Rules.Find(SandboxIds.Rule(2))!.Entries);
    }

    [Fact]
    public async Task A_replacement_is_a_put_of_the_whole_rule()
    {
        await using var stage = await Stage.StartAsync();
        var whole = Patch.Rule(("entries", new JArray("1900")), ("field", "called"), ("name", "Premium"), ("operation", "prefix"), ("quantifier", "none"));

        var rule = await stage.Rules.ReplaceAsync(SandboxIds.Rule(3), whole, stage.Observer, Stage.Cancel);

        Assert.Equal(("PUT", Stage.RulesPath + "/" + SandboxIds.Rule(3)), (stage.OnlyRequest.Method, stage.OnlyRequest.Path));
        Assert.Equal("""{"entries":["1900"],"field":"called","name":"Premium","operation":"prefix","quantifier":"none"}""", stage.OnlyRequest.Body);
        Assert.Equal(("Premium", "none"), (rule!.Name, rule.Quantifier));
    }

    [Fact]
    public async Task Reading_one_sends_no_body()
    {
        await using var stage = await Stage.StartAsync();

        var rule = await stage.Rules.GetAsync(SandboxIds.FirstRule, stage.Observer, Stage.Cancel);

        var request = stage.OnlyRequest;
        Assert.Equal(("GET", Stage.RulesPath + "/" + SandboxIds.FirstRule, "", ""), (request.Method, request.Path, request.Query, request.Body));
        Assert.Equal(SandboxIds.FirstRule, rule.RuleSid);
        Assert.False(rule.ReadOnly);
    }

    [Fact]
    public async Task A_list_is_asked_for_by_limit_and_offset()
    {
        await using var stage = await Stage.StartAsync();

        var page = await stage.Rules.ReadPageAsync(AccessControlRuleDefinition.Query(), new PageCursor(3, 10, 5), stage.Observer, Stage.Cancel);

        Assert.Equal("limit=5&offset=10", stage.OnlyRequest.Query);
        Assert.Equal((5, 20L, 5, true), (page.Items.Count, page.Total, page.Size, page.HasMore));
        Assert.Equal(Enumerable.Range(11, 5).Select(SandboxIds.Rule), page.Items.Select(rule => rule.RuleSid));
    }

    [Fact]
    public async Task Filters_are_joined_quoted_and_escaped()
    {
        await using var stage = await Stage.StartAsync();
        var query = AccessControlRuleDefinition.Query("%Toll free & more%", "calling", "prefix", "any");

        await stage.Rules.ReadPageAsync(query, new PageCursor(1, 0, 10), stage.Observer, Stage.Cancel);

        const string Filter = "field eq \"calling\" and operation eq \"prefix\" and quantifier eq \"any\" and name like \"%Toll free & more%\"";
        Assert.Equal("limit=10&offset=0&filter=" + Uri.EscapeDataString(Filter), stage.OnlyRequest.Query);
        Assert.Equal(200, stage.OnlyRequest.Status);
        Assert.True(query.IsFiltered);
    }

    [Fact]
    public async Task The_filter_finds_what_it_says()
    {
        await using var stage = await Stage.StartAsync();

        var page = await stage.Rules.ReadPageAsync(AccessControlRuleDefinition.Query(field: "message"), new PageCursor(1, 0, 100), stage.Observer, Stage.Cancel);

        Assert.Equal(stage.State.Rules.All().Where(rule => rule.Field == "message").Select(rule => rule.RuleSid), page.Items.Select(rule => rule.RuleSid));
        Assert.NotEmpty(page.Items);
    }

    [Fact]
    public void A_quote_in_a_filter_is_refused_as_nobody_knows_how_to_escape_it() =>
        Assert.Throws<ArgumentException>(() => AccessControlRuleDefinition.Query(nameLike: "say \"no\""));

    [Fact]
    public async Task A_create_is_a_post_answered_with_200()
    {
        await using var stage = await Stage.StartAsync();
        var body = Patch.Rule(("entries", new JArray("1900")), ("field", "called"), ("operation", "prefix"), ("quantifier", "any"));

        var rule = await stage.Rules.CreateAsync(body, stage.Observer, Stage.Cancel);

        Assert.Equal(("POST", Stage.RulesPath, "", 200), (stage.OnlyRequest.Method, stage.OnlyRequest.Path, stage.OnlyRequest.Query, stage.OnlyRequest.Status));
        Assert.Equal("""{"entries":["1900"],"field":"called","operation":"prefix","quantifier":"any"}""", stage.OnlyRequest.Body);
        Assert.Equal("N/A", rule!.Name);
        Assert.NotNull(stage.State.Rules.Find(rule.RuleSid));
    }

    [Fact]
    public async Task A_removal_is_answered_with_204_and_no_body_and_tells_what_was_gone_already()
    {
        await using var stage = await Stage.StartAsync();

        Assert.True(await stage.Rules.DeleteAsync(SandboxIds.Rule(4), stage.Observer, Stage.Cancel));
        Assert.False(await stage.Rules.DeleteAsync(SandboxIds.Rule(4), stage.Observer, Stage.Cancel));

        Assert.Equal([204, 404], stage.Requests.Select(request => request.Status));
        Assert.All(stage.Requests, request => Assert.Equal(
            ("DELETE", Stage.RulesPath + "/" + SandboxIds.Rule(4), "", ""), (request.Method, request.Path, request.Query, request.Body)));
        Assert.Null(stage.State.Rules.Find(SandboxIds.Rule(4)));
    }

    [Fact]
    public async Task An_answer_without_items_is_not_an_empty_list()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"count":0}"""));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(() => new AccessControlRuleClient(connection)
            .ReadPageAsync(AccessControlRuleDefinition.Query(), new PageCursor(1, 0, 10), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
    }
}
