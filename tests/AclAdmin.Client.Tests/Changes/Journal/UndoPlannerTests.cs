using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Journal;

/// <summary>What it takes to undo changes: one write for each item, of the fields that the changes touched.</summary>
public sealed class UndoPlannerTests
{
    private const string Body = """{"name":"N","email":"n@example.com","comments":"a","is_email_regex":false}""";

    [Fact]
    public void Several_changes_of_an_item_come_to_one_update_to_the_oldest_value()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", members: Id("x")).Change("p", "q", members: Id("y")).Change("b", "c", members: Id("x"));

        var plans = Plan(journal, out var refusals);

        Assert.Empty(refusals);
        Assert.Equal(["x", "y"], plans.Select(plan => plan.Id));
        Assert.Equal([3L, 1L], plans[0].Changes.Select(change => change.Number));
        Assert.Equal("""{"comments":"a"}""", plans[0].GetUpdate(Item("c"), force: false).ToJson());
        Assert.Equal("""{"comments":"p"}""", plans[1].GetUpdate(Item("q"), force: false).ToJson());
    }

    [Fact]
    public void A_field_that_shows_another_value_now_is_restored_with_force_alone()
    {
        using var journal = new WrittenJournal();
        var plan = Plan(journal.Change("a", "b", members: Id("x")), out _)[0];

        var drifted = Assert.Throws<AclException>(() => plan.GetUpdate(Item("mine"), force: false));

        Assert.Equal(ErrorKind.Drifted, drifted.Kind);
        Assert.Contains("comments is \"mine\" now, and not \"b\"", drifted.Message, StringComparison.Ordinal);
        Assert.Equal("""{"comments":"a"}""", plan.GetUpdate(Item("mine"), force: true).ToJson());
    }

    [Fact]
    public void A_field_that_shows_the_old_value_already_is_not_sent()
    {
        using var journal = new WrittenJournal();

        Assert.True(Plan(journal.Change("a", "b", members: Id("x")), out _)[0].GetUpdate(Item("a"), force: false).IsEmpty);
    }

    [Fact]
    public void What_somebody_has_changed_between_two_changes_is_refused_for_the_older_one()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", members: Id("x")).Change("mine", "c", members: Id("x"));

        var plans = Plan(journal, out var refusals);

        Assert.Equal((ErrorKind.Drifted, 1L), (Assert.Single(refusals).Reason.Kind, refusals[0].Change.Number));
        Assert.Equal("""{"comments":"mine"}""", Assert.Single(plans).GetUpdate(Item("c"), force: false).ToJson());
        Assert.Equal("""{"comments":"a"}""", Plan(journal, out _, force: true)[0].GetUpdate(Item("c"), force: true).ToJson());
    }

    [Fact]
    public void What_was_created_is_removed_unless_it_has_changed_since()
    {
        using var journal = new WrittenJournal();
        var plan = Plan(journal.Change(null, null, verb: "create", members: [.. Id("x"), ("body", JObject.Parse(Body))]), out _)[0];

        Assert.Equal(ChangeAction.Delete, plan.Action);
        plan.CheckRemoval(Item("a"), force: false);
        Assert.Equal(ErrorKind.Drifted, Assert.Throws<AclException>(() => plan.CheckRemoval(Item("mine"), force: false)).Kind);
        plan.CheckRemoval(Item("mine"), force: true);
    }

    [Fact]
    public void What_was_removed_is_created_again_as_it_was_before_the_changes_in_front()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", members: Id("x")).Change(null, null, verb: "delete", members: [.. Id("x"), ("before", JObject.Parse(Body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)))]);

        var plan = Assert.Single(Plan(journal, out _));

        Assert.Equal(ChangeAction.Create, plan.Action);
        Assert.Equal(Json.Object(Body).Properties().OrderBy(field => field.Name, StringComparer.Ordinal), Json.Object(plan.GetCreateBody(ImpersonationRegistryEntry.Descriptor).ToJson()).Properties().OrderBy(field => field.Name, StringComparer.Ordinal), JToken.EqualityComparer);
    }

    [Fact]
    public void What_was_created_and_removed_needs_nothing()
    {
        using var journal = new WrittenJournal();
        journal.Change(null, null, verb: "create", members: [.. Id("x"), ("body", JObject.Parse(Body))]).Change(null, null, verb: "delete", members: [.. Id("x"), ("before", JObject.Parse(Body))]);

        Assert.Null(Assert.Single(Plan(journal, out _)).Action);
    }

    [Fact]
    public void An_item_that_an_undo_has_created_anew_is_known_by_its_new_id()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", "first", members: Id("old"))
            .Change(null, null, "second", verb: "delete", members: [.. Id("old"), ("before", JObject.Parse(Body))])
            .Change(null, null, "undo", verb: "create", members: [.. Id("new"), ("body", JObject.Parse(Body)), ("undoes", new JArray("second#2"))]);
        var all = journal.Read();

        var plan = Assert.Single(UndoPlanner.Plan(ImpersonationRegistryEntry.Descriptor, all, [all[0]], force: false, out _));

        Assert.Equal("new", plan.Id);
    }

    [Fact]
    public void What_a_replacement_has_put_back_to_a_default_is_restored_as_well()
    {
        using var journal = new WrittenJournal();
        var before = Json.Object("""{"id":"x","name":"N","comments":"a","directory_id":7,"modified_at":"2026-01-01T00:00:00Z"}""");
        var after = Json.Object("""{"id":"x","name":"N","comments":"b","directory_id":0,"modified_at":"2026-02-02T00:00:00Z"}""");
        var change = journal.Change("a", "b", verb: "replace", outcome: after, members: [.. Id("x"), ("before", before)]);

        var plan = Assert.Single(Plan(change, out _));

        Assert.Equal("""{"comments":"a","directory_id":7}""", plan.GetUpdate(ImpersonationRegistryDefinition.Instance.Create(() => after, SandboxDefaults.AccountId), force: false).ToJson());
    }

    [Fact]
    public void What_a_journal_holds_masked_cannot_be_undone()
    {
        using var journal = new WrittenJournal();

        var plans = Plan(journal.Change("a", "********", members: [.. Id("x"), ("masked", true)]), out var refusals);

        Assert.Empty(plans);
        Assert.Equal(ErrorKind.ValidationFailed, Assert.Single(refusals).Reason.Kind);
    }

    private static (string, JToken?)[] Id(string id) => [("id", id)];

    private static ImpersonationRegistryEntry Item(string comments) =>
        ImpersonationRegistryDefinition.Instance.Create(() => Json.Object(Body.Replace("\"a\"", $"\"{comments}\"", StringComparison.Ordinal)), SandboxDefaults.AccountId);

    private static IReadOnlyList<UndoPlan> Plan(WrittenJournal journal, out IReadOnlyList<UndoRefusal> refusals, bool force = false)
    {
        var all = journal.Read();
        return UndoPlanner.Plan(ImpersonationRegistryEntry.Descriptor, all, all.ToArray(), force, out refusals);
    }
}
