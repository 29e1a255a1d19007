using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.CarrierX;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>Rules have no date, so the rule of a lost create is known by what it says: all five fields.</summary>
public sealed class LostRuleTests
{
    private static readonly AccessRule Same = new()
    {
        RuleSid = SandboxIds.Rule(500),
        Entries = ["1900", "1976"],
        Field = "called",
        Name = "Premium",
        Operation = "prefix",
        Quantifier = "any",
    };

    [Theory]
    [InlineData(FaultKinds.ResetAfterApply)]
    [InlineData(FaultKinds.Truncate)]
    public async Task A_rule_that_was_made_is_found_and_not_made_again(string kind)
    {
        await using var stage = await StartAsync(kind);

        var outcome = Create(stage);

        Assert.Equal(ChangeStatus.Changed, outcome.Status);
        Assert.Equal(["POST", "GET"], stage.Requests.Select(request => request.Method));
        Assert.Equal(
            "limit=1000&offset=0&filter=" + Uri.EscapeDataString("field eq \"called\" and operation eq \"prefix\" and quantifier eq \"any\""),
            stage.Requests[1].Query);
        Assert.Equal(stage.State.Rules.All()[^1].RuleSid, outcome.Result!.RuleSid);
        Assert.Equal(21, stage.State.Rules.Count);
    }

    [Theory]
    [InlineData(FaultKinds.Reset)]
    [InlineData(FaultKinds.Status)]
    [InlineData(FaultKinds.WrongContent)]
    [InlineData(FaultKinds.JsonArray)]
    [InlineData(FaultKinds.JsonScalar)]
    [InlineData(FaultKinds.Empty200)]
    public async Task A_rule_that_was_not_made_is_sent_again(string kind)
    {
        await using var stage = await StartAsync(kind);

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);

        Assert.Equal(Existing.Methods(Existing.Looks, 0), stage.Requests.Select(request => request.Method));
        Assert.Equal(21, stage.State.Rules.Count);
    }

    [Fact]
    public async Task A_refused_rule_is_sent_again_without_a_look_for_it()
    {
        await using var stage = await StartAsync(FaultKinds.NoHeader);

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);

        Assert.Equal(["POST", "POST"], stage.Requests.Select(request => request.Method));
    }

    [Theory]
    [InlineData("entries")]
    [InlineData("field")]
    [InlineData("name")]
    [InlineData("operation")]
    [InlineData("quantifier")]
    [InlineData("read_only")]
    public async Task A_rule_that_differs_in_one_field_is_not_taken_for_it(string field)
    {
        await using var stage = await StartAsync(FaultKinds.Reset);
        var existing = Existing.Rules(stage);
        stage.State.Rules.Add(field switch
        {
            "entries" => Same with { Entries = ["1900"] },
            "field" => Same with { Field = "calling" },
            "name" => Same with { Name = "Premium 2" },
            "operation" => Same with { Operation = "exact" },
            "quantifier" => Same with { Quantifier = "all" },
            _ => Same with { ReadOnly = true },
        });

        var outcome = Create(stage, existing: existing);

        Assert.NotEqual(Same.RuleSid, outcome.Result!.RuleSid);
        Assert.Equal(22, stage.State.Rules.Count);
    }

    [Theory]
    [InlineData("entries in another order")]
    [InlineData("the name in another case")]
    public async Task A_rule_that_the_service_spells_in_its_own_way_is_found(string spelling)
    {
        await using var stage = await StartAsync(FaultKinds.Reset);
        var existing = Existing.Rules(stage);
        stage.State.Rules.Add(spelling.StartsWith("entries", System.StringComparison.Ordinal) ? Same with { Entries = ["1976", "1900"] } : Same with { Name = "premium" });

        var outcome = Create(stage, existing: existing);

        Assert.Equal(Same.RuleSid, outcome.Result!.RuleSid);
        Assert.Equal(21, stage.State.Rules.Count);
    }

    [Fact]
    public async Task A_rule_that_was_there_before_is_never_claimed_as_the_new_one()
    {
        await using var stage = await StartAsync(FaultKinds.Reset);
        stage.State.Rules.Add(Same);

        Assert.NotEqual(Same.RuleSid, Create(stage).Result!.RuleSid);

        Assert.Equal(22, stage.State.Rules.Count);
    }

    [Fact]
    public async Task A_rule_that_appeared_meanwhile_is_claimed_once_only()
    {
        await using var stage = await StartAsync(FaultKinds.Reset);
        var existing = Existing.Rules(stage);
        stage.State.Rules.Add(Same);

        Assert.Equal(Same.RuleSid, Create(stage, existing: existing).Result!.RuleSid);
        stage.State.Faults.Clear();
        stage.Fault(new FaultRule { Kind = FaultKinds.Reset, Times = 1, Match = new FaultMatch { Method = "POST" } });
        Assert.NotEqual(Same.RuleSid, Create(stage, existing: existing).Result!.RuleSid);

        Assert.Equal(22, stage.State.Rules.Count);
    }

    [Fact]
    public async Task Two_identical_rules_that_are_both_lost_are_two()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.ResetAfterApply, Times = 2, Match = new FaultMatch { Method = "POST" } });

        var made = new[] { Create(stage).Result!.RuleSid, Create(stage).Result!.RuleSid };

        Assert.Equal(stage.State.Rules.All().Skip(20).Select(rule => rule.RuleSid), made);
        Assert.Equal(22, stage.State.Rules.Count);
    }

    [Fact]
    public async Task A_rule_without_a_name_is_found_under_the_one_that_the_service_gives_it()
    {
        await using var stage = await StartAsync(FaultKinds.ResetAfterApply);

        var outcome = Create(stage, Nameless());

        Assert.Equal((stage.State.Rules.All()[^1].RuleSid, "N/A"), (outcome.Result!.RuleSid, outcome.Result.Name));
        Assert.Equal(21, stage.State.Rules.Count);
    }

    [Fact]
    public async Task A_rule_with_a_name_is_not_taken_for_one_that_was_given_none()
    {
        await using var stage = await StartAsync(FaultKinds.Reset);
        var existing = Existing.Rules(stage);
        stage.State.Rules.Add(Same);

        var outcome = Create(stage, Nameless(), existing);

        Assert.Equal("N/A", outcome.Result!.Name);
        Assert.Equal(22, stage.State.Rules.Count);
    }

    private static async Task<Stage> StartAsync(string kind)
    {
        var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = kind, Times = 1, Match = new FaultMatch { Method = "POST" } });
        return stage;
    }

    private static FieldPatch Named() => Patch.Rule(
        ("entries", new JArray("1900", "1976")), ("field", "called"), ("name", "Premium"), ("operation", "prefix"), ("quantifier", "any"));

    private static FieldPatch Nameless()
    {
        var body = Named();
        body.Remove("name");
        return body;
    }

    private static ChangeOutcome<AccessControlRule> Create(Stage stage, FieldPatch? body = null, ExistingItems<AccessControlRule>? existing = null) => Outcomes.Apply(
        new Change<AccessControlRule>
        {
            Action = ChangeAction.Create,
            Client = stage.Rules,
            Key = "new",
            Patch = body ?? Named(),
            Existing = existing ?? Existing.Rules(stage),
        },
        stage.Observer);
}
