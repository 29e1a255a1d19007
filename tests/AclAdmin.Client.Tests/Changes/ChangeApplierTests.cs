using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>Each kind of change is one request, or the read that it needs and one more, and ends as one outcome.</summary>
public sealed class ChangeApplierTests
{
    private static readonly string Second = Stage.RulesPath + "/" + SandboxIds.Rule(2);

    [Fact]
    public async Task A_create_is_a_post_and_gives_the_new_thing()
    {
        await using var stage = await Stage.StartAsync();

        var outcome = Apply(stage, ChangeAction.Create, "", Whole());

        Assert.Equal(("POST", Stage.RulesPath), Line(stage));
        Assert.Equal("""{"entries":["1900"],"field":"called","name":"n","operation":"prefix","quantifier":"none"}""", stage.OnlyRequest.Body);
        Assert.Equal((ChangeStatus.Changed, stage.State.Rules.All()[^1].RuleSid), (outcome.Status, outcome.Result!.RuleSid));
    }

    [Fact]
    public async Task A_replacement_is_a_put_and_gives_the_thing_afterwards()
    {
        await using var stage = await Stage.StartAsync();

        var outcome = Apply(stage, ChangeAction.Replace, SandboxIds.Rule(2), Whole());

        Assert.Equal(("PUT", Second), Line(stage));
        Assert.Equal("""{"entries":["1900"],"field":"called","name":"n","operation":"prefix","quantifier":"none"}""", stage.OnlyRequest.Body);
        Assert.Equal((ChangeStatus.Changed, "none"), (outcome.Status, outcome.Result!.Quantifier));
    }

    [Fact]
    public async Task An_update_is_a_patch_and_gives_the_thing_afterwards()
    {
        await using var stage = await Stage.StartAsync();

        var outcome = Apply(stage, ChangeAction.Update, SandboxIds.Rule(2), Patch.Rule(("name", "n")));

        Assert.Equal(("PATCH", Second), Line(stage));
        Assert.Equal("""{"name":"n"}""", stage.OnlyRequest.Body);
        Assert.Equal((ChangeStatus.Changed, "n"), (outcome.Status, outcome.Result!.Name));
    }

    [Fact]
    public async Task A_removal_is_a_delete_and_what_was_gone_already_is_unchanged()
    {
        await using var stage = await Stage.StartAsync();

        var first = Apply(stage, ChangeAction.Delete, SandboxIds.Rule(2), new FieldPatch());
        var second = Apply(stage, ChangeAction.Delete, SandboxIds.Rule(2), new FieldPatch());

        Assert.All(stage.Requests, request => Assert.Equal(("DELETE", Second, ""), (request.Method, request.Path, request.Body)));
        Assert.Equal((ChangeStatus.Changed, null, null), (first.Status, first.Result, first.Error));
        Assert.Equal((ChangeStatus.Unchanged, null, null), (second.Status, second.Result, second.Error));
    }

    [Fact]
    public async Task What_depends_on_the_present_state_is_read_made_and_sent()
    {
        await using var stage = await Stage.StartAsync();
        AccessControlRule? seen = null;

        var outcome = Prepare(stage, SandboxIds.FirstRule, state =>
        {
            seen = state;
            return Patch.Rule(("name", state.Name + "!"));
        });

        Assert.Equal(["GET", "PATCH"], stage.Requests.Select(request => request.Method));
        Assert.Equal("""{"name":"N/A!"}""", stage.Requests[1].Body);
        Assert.Equal(SandboxIds.FirstRule, seen!.RuleSid);
        Assert.Equal((ChangeStatus.Changed, "N/A!"), (outcome.Status, outcome.Result!.Name));
    }

    [Fact]
    public async Task What_is_as_wanted_already_is_read_and_left_alone()
    {
        await using var stage = await Stage.StartAsync();

        var outcome = Prepare(stage, SandboxIds.FirstRule, _ => new FieldPatch());

        Assert.Equal((ChangeStatus.Unchanged, SandboxIds.FirstRule, null), (outcome.Status, outcome.Result!.RuleSid, outcome.Error));
        Assert.Equal("GET", stage.OnlyRequest.Method);
    }

    [Fact]
    public async Task A_state_that_does_not_allow_the_change_is_that_rows_error_and_nothing_is_written()
    {
        await using var stage = await Stage.StartAsync();
        var obstacle = new AclException(ErrorKind.ReadOnlyRule, "No.");

        var outcome = Prepare(stage, SandboxIds.FirstRule, _ => throw obstacle);

        Assert.Equal(ChangeStatus.Failed, outcome.Status);
        Assert.Same(obstacle, outcome.Error);
        Assert.Equal("GET", stage.OnlyRequest.Method);
    }

    [Fact]
    public async Task What_nobody_foresaw_in_the_making_is_that_rows_error_too()
    {
        await using var stage = await Stage.StartAsync();
        var unforeseen = new InvalidCastException("Surprise.");

        var outcome = Prepare(stage, SandboxIds.FirstRule, _ => throw unforeseen);

        Assert.Equal((ChangeStatus.Failed, ErrorKind.InternalError), (outcome.Status, outcome.Error!.Kind));
        Assert.Contains("Surprise.", outcome.Error.Message);
        Assert.Same(unforeseen, outcome.Error.InnerException);
        Assert.Equal("GET", stage.OnlyRequest.Method);
    }

    [Fact]
    public async Task A_thing_that_cannot_be_read_is_not_written()
    {
        await using var stage = await Stage.StartAsync();
        var made = false;

        var outcome = Prepare(stage, SandboxIds.Rule(99), _ =>
        {
            made = true;
            return Patch.Rule(("name", "n"));
        });

        Assert.Equal((ChangeStatus.Failed, ErrorKind.NotFound, false), (outcome.Status, outcome.Error!.Kind, made));
        Assert.Equal("GET", stage.OnlyRequest.Method);
    }

    [Theory]
    [InlineData(ChangeAction.Create)]
    [InlineData(ChangeAction.Replace)]
    [InlineData(ChangeAction.Delete)]
    [InlineData(ChangeAction.Update)]
    public async Task A_refusal_is_the_rows_error_with_what_the_service_said(ChangeAction action)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 409 });

        var outcome = Apply(stage, action, SandboxIds.Rule(2), Whole());

        Assert.Equal((ChangeStatus.Failed, ErrorKind.Conflict, 409), (outcome.Status, outcome.Error!.Kind, outcome.Error.StatusCode));
        Assert.Equal("Staged error 409", Assert.Single(outcome.Error.ApiErrors).Message);
        Assert.Equal(0, stage.State.Log.Counters.Applied);
    }

    private static FieldPatch Whole() => Patch.Rule(
        ("entries", new JArray("1900")), ("field", "called"), ("name", "n"), ("operation", "prefix"), ("quantifier", "none"));

    private static (string Method, string Path) Line(Stage stage) => (stage.OnlyRequest.Method, stage.OnlyRequest.Path);

    private static ChangeOutcome<AccessControlRule> Apply(Stage stage, ChangeAction action, string id, FieldPatch patch) =>
        Outcomes.Apply(new Change<AccessControlRule> { Action = action, Client = stage.Rules, Id = id, Key = id, Patch = patch });

    private static ChangeOutcome<AccessControlRule> Prepare(Stage stage, string id, Func<AccessControlRule, FieldPatch> prepare) =>
        Outcomes.Apply(new Change<AccessControlRule> { Client = stage.Rules, Id = id, Key = id, Prepare = prepare });
}
