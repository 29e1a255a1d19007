using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.CarrierX;
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

        var plans = Plan(journal, [("x", "c"), ("y", "q")], out var refusals);

        Assert.Empty(refusals);
        Assert.Equal(["x", "y"], plans.Select(plan => plan.Id));
        Assert.Equal([3L, 1L], plans[0].Changes.Select(change => change.Number));
        Assert.Equal("""{"comments":"a"}""", plans[0].GetUpdate(Item("c"), force: false).ToJson());
        Assert.True(plans[0].GetUpdate(Item("a"), force: false).IsEmpty, "when it is read again after the write, nothing is left to restore");
        Assert.Equal("""{"comments":"p"}""", plans[1].GetUpdate(Item("q"), force: false).ToJson());
    }

    [Fact]
    public void A_field_that_shows_another_value_now_is_restored_with_force_alone()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", members: Id("x"));

        Assert.Empty(Plan(journal, [("x", "mine")], out var refusals));
        var plan = Plan(journal, [("x", "mine")], out _, force: true)[0];

        var drifted = Assert.Single(refusals).Reason;
        Assert.Equal(ErrorKind.Drifted, drifted.Kind);
        Assert.Contains("comments is \"mine\" now, and not \"b\"", drifted.Message, StringComparison.Ordinal);
        Assert.Equal("""{"comments":"a"}""", plan.GetUpdate(Item("mine"), force: true).ToJson());
        Assert.Equal(ErrorKind.Drifted, Assert.Throws<AclException>(() => Plan(journal, [("x", "b")], out _)[0].GetUpdate(Item("mine"), force: false)).Kind);
    }

    [Fact]
    public void A_field_that_shows_the_old_value_already_is_not_sent()
    {
        using var journal = new WrittenJournal();

        var plan = Plan(journal.Change("a", "b", members: Id("x")), [("x", "a")], out _)[0];

        Assert.Null(plan.Action);
        Assert.True(plan.GetUpdate(Item("a"), force: false).IsEmpty);
    }

    [Fact]
    public void What_somebody_has_changed_between_two_changes_is_refused_for_the_older_one()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", members: Id("x")).Change("mine", "c", members: Id("x"));

        var plans = Plan(journal, [("x", "c")], out var refusals);

        Assert.Equal((ErrorKind.Drifted, 1L), (Assert.Single(refusals).Reason.Kind, refusals[0].Change.Number));
        Assert.Contains("comments was \"mine\" before the newer changes", refusals[0].Reason.Message, StringComparison.Ordinal);
        Assert.Equal("""{"comments":"mine"}""", Assert.Single(plans).GetUpdate(Item("c"), force: false).ToJson());
        Assert.Equal("""{"comments":"a"}""", Plan(journal, [("x", "c")], out _, force: true)[0].GetUpdate(Item("c"), force: true).ToJson());
    }

    [Fact]
    public void A_change_is_undone_as_a_whole_or_not_at_all_and_a_refused_one_stops_the_older_ones()
    {
        using var journal = new WrittenJournal();
        journal
            .Change(null, null, members: Update("""{"name":"oldest"}""", """{"name":"old"}"""))
            .Change(null, null, members: Update("""{"name":"old","comments":"a"}""", """{"name":"N","comments":"b"}"""))
            .Change(null, null, members: Update("""{"is_email_regex":true}""", """{"is_email_regex":false}"""));

        // The name is as the second change left it, the comments are not.
        var plan = Assert.Single(Plan(journal, [("x", "mine")], out var refusals));

        Assert.Equal([3L], plan.Changes.Select(change => change.Number));
        Assert.Equal("""{"is_email_regex":true}""", plan.GetUpdate(Item("mine"), force: false).ToJson());
        Assert.Equal([2L, 1L], refusals.Select(refusal => refusal.Change.Number));
        Assert.All(refusals, refusal => Assert.Equal(ErrorKind.Drifted, refusal.Reason.Kind));
        Assert.Contains("the newer change 2 of the run run-1", refusals[1].Reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"comments":"theirs"}""", true)]
    [InlineData("""{"provenance":"SNOOPY-OFFICE_365"}""", true)]
    [InlineData("""{"provenance":null}""", false)]
    [InlineData("""{"directory_id":7}""", true)]
    [InlineData("""{"a_field_of_tomorrow":2}""", true)]
    [InlineData("""{"modified_at":"2027-01-01T00:00:00Z","last_modified":"2027-01-01T00:00:00Z"}""", false)]
    public void What_was_created_is_removed_unless_any_field_of_it_has_changed_since(string edit, bool hasDrifted)
    {
        using var journal = new WrittenJournal();
        var after = Json.Object("""{"id":"x","name":"N","email":"n@example.com","comments":null,"is_email_regex":false,"provenance":"A1S_INTERNAL","directory_id":null,"modified_at":"2026-01-01T00:00:00Z","a_field_of_tomorrow":1}""");
        journal.Change(null, null, verb: "create", outcome: after, members: [.. Id("x"), ("body", Json.Object("""{"name":"N","email":"n@example.com","is_email_regex":false}"""))]);
        var present = (JObject)after.DeepClone();
        present.Merge(Json.Object(edit), new JsonMergeSettings { MergeNullValueHandling = MergeNullValueHandling.Merge });

        var plans = Plan(journal, new Dictionary<string, JObject> { ["x"] = present }, out var refusals);

        Assert.Equal(hasDrifted ? [] : [ChangeAction.Delete], plans.Select(plan => plan.Action!.Value));
        Assert.Equal(hasDrifted, refusals.Any(refusal => refusal.Reason.Kind == ErrorKind.Drifted));
        Assert.Equal(ChangeAction.Delete, Assert.Single(Plan(journal, new Dictionary<string, JObject> { ["x"] = present }, out _, force: true)).Action);
    }

    [Theory]
    [InlineData("""{}""", false)]
    [InlineData("""{"directory_id":0,"provenance":"A1S_INTERNAL"}""", false)]
    [InlineData("""{"comments":"theirs"}""", true)]
    [InlineData("""{"directory_node_id":5}""", true)]
    public void Where_the_answer_to_a_create_is_not_known_a_field_that_was_not_sent_has_a_default(string more, bool hasDrifted)
    {
        using var journal = new WrittenJournal();
        var body = Json.Object("""{"name":"N","email":"n@example.com","is_email_regex":false}""");
        journal.Change(null, null, verb: "create", members: [.. Id("x"), ("body", body)]);
        var present = (JObject)body.DeepClone();
        present.Merge(Json.Object(more));

        Plan(journal, new Dictionary<string, JObject> { ["x"] = present }, out var refusals);

        Assert.Equal(hasDrifted, refusals.Any(refusal => refusal.Reason.Kind == ErrorKind.Drifted));
    }

    [Fact]
    public void What_was_removed_is_created_again_as_it_was_before_the_changes_in_front()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", members: Id("x")).Change(null, null, verb: "delete", members: [.. Id("x"), ("before", JObject.Parse(Body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)))]);

        var plan = Assert.Single(Plan(journal, ItemsOf([]), out _));

        Assert.Equal(ChangeAction.Create, plan.Action);
        Assert.Equal(Json.Object(Body).Properties().OrderBy(field => field.Name, StringComparer.Ordinal), Json.Object(plan.GetCreateBody().ToJson()).Properties().OrderBy(field => field.Name, StringComparer.Ordinal), JToken.EqualityComparer);
    }

    [Fact]
    public void What_was_removed_is_not_created_again_where_there_is_such_an_item_whatever_its_other_fields()
    {
        using var journal = new WrittenJournal();
        journal.Change(null, null, verb: "delete", members: [.. Id("x"), ("before", JObject.Parse(Body))]);

        Assert.Empty(Plan(journal, [("other", "mine")], out var refusals));
        Assert.Equal(ErrorKind.Drifted, Assert.Single(refusals).Reason.Kind);
        Assert.Equal(ChangeAction.Create, Assert.Single(Plan(journal, [("other", "mine")], out _, force: true)).Action);
    }

    [Fact]
    public void What_was_created_and_removed_needs_nothing()
    {
        using var journal = new WrittenJournal();
        journal.Change(null, null, verb: "create", members: [.. Id("x"), ("body", JObject.Parse(Body))]).Change(null, null, verb: "delete", members: [.. Id("x"), ("before", JObject.Parse(Body))]);

        Assert.Null(Assert.Single(Plan(journal, ItemsOf([]), out _)).Action);
    }

    [Fact]
    public void An_item_that_undos_have_created_anew_is_known_by_its_last_id()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b", "first", members: Id("old"))
            .Change(null, null, "second", verb: "delete", members: [.. Id("old"), ("before", JObject.Parse(Body))])
            .Change(null, null, "undo", verb: "create", members: [.. Id("new"), ("body", JObject.Parse(Body)), ("undoes", new JArray("second#2"))])
            .Change(null, null, "undo-2", verb: "delete", members: [.. Id("new"), ("before", JObject.Parse(Body)), ("undoes", new JArray("undo#3"))])
            .Change(null, null, "undo-3", verb: "create", members: [.. Id("newest"), ("body", JObject.Parse(Body)), ("undoes", new JArray("undo-2#4"))]);
        var all = journal.Read();

        var plan = Assert.Single(new UndoPlanner(all, force: false).Plan(ImpersonationRegistryEntry.Descriptor, [all[0]], ItemsOf([("newest", "b")]), out _));

        Assert.Equal("newest", plan.Id);
        Assert.Equal("""{"comments":"a"}""", plan.GetUpdate(Item("b"), force: false).ToJson());
    }

    [Fact]
    public void What_a_replacement_has_put_back_to_a_default_is_restored_as_well()
    {
        using var journal = new WrittenJournal();
        var before = Json.Object("""{"id":"x","name":"N","comments":"a","directory_id":7,"modified_at":"2026-01-01T00:00:00Z"}""");
        var after = Json.Object("""{"id":"x","name":"N","comments":"b","directory_id":0,"modified_at":"2026-02-02T00:00:00Z"}""");
        journal.Change("a", "b", verb: "replace", outcome: after, members: [.. Id("x"), ("before", before)]);

        var plan = Assert.Single(Plan(journal, new Dictionary<string, JObject> { ["x"] = after }, out _));

        Assert.Equal("""{"comments":"a","directory_id":7}""", plan.GetUpdate(ImpersonationRegistryDefinition.Instance.Create(() => after, SandboxDefaults.AccountId), force: false).ToJson());
    }

    [Fact]
    public void What_a_journal_holds_masked_cannot_be_undone()
    {
        using var journal = new WrittenJournal();

        var plans = Plan(journal.Change("a", "********", members: [.. Id("x"), ("masked", true)]), [("x", "b")], out var refusals);

        Assert.Empty(plans);
        Assert.Equal(ErrorKind.ValidationFailed, Assert.Single(refusals).Reason.Kind);
    }

    [Fact]
    public void An_item_of_the_same_key_that_an_undo_has_created_again_is_another_one()
    {
        using var journal = new WrittenJournal();
        journal.Change(null, null, "first", verb: "delete", members: [.. Id("x"), ("before", JObject.Parse(Body))])
            .Change(null, null, "first", verb: "delete", members: [.. Id("twin"), ("before", JObject.Parse(Body))])
            .Change(null, null, "undo", verb: "create", members: [.. Id("new"), ("body", JObject.Parse(Body)), ("undoes", new JArray("first#2"))]);
        var all = journal.Read();

        Assert.Single(new UndoPlanner(all, force: false).Plan(ImpersonationRegistryEntry.Descriptor, [all[0]], ItemsOf([("new", "a")]), out var refusals));
        Assert.Empty(refusals);
    }

    [Fact]
    public async System.Threading.Tasks.Task A_change_of_a_run_under_way_is_left_alone_even_with_force()
    {
        await using var journal = await JournalStage.StartAsync();
        var run = new JournalRun(new JournalFile(journal.FilePath), journal.Stage.Cloudflare, new JournalRunInfo("", "", "", null));
        using (var intent = new JournalLine("intent", run.Id, default, 1))
        {
            intent.Add("account", SandboxDefaults.AccountId).Add("resource", "impersonation_registry").Add("verb", "update").Add("id", "x").AddJson("body", """{"comments":"new"}""");
            await run.WriteIntentAsync(intent, Stage.Cancel);
        }

        var all = journal.Changes;
        new UndoPlanner(all, force: true).Plan(ImpersonationRegistryEntry.Descriptor, all, ItemsOf([("x", "new")]), out var refusals);
        run.End("Stopped");

        Assert.Equal(ErrorKind.Conflict, Assert.Single(refusals).Reason.Kind);
        Assert.Contains("is still under way", refusals[0].Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_the_newest_first_over_all_lists()
    {
        using var journal = new WrittenJournal();
        journal.Change("a", "b").Change("a", "b", members: Rules()).Change("a", "b").Change("a", "b").Change("a", "b", members: Rules());
        var all = journal.Read();

        Assert.Equal([[5L], [4L, 3L], [2L], [1L]], new UndoPlanner(all, force: false).GetParts(all).Select(part => part.Select(change => change.Number)));
    }

    [Theory]
    [InlineData("R", true)]
    [InlineData("other", false)]
    public void A_change_that_is_not_undone_stops_the_older_ones_of_the_items_that_it_refers_to(string referred, bool isStopped)
    {
        using var journal = new WrittenJournal();
        journal.Change(null, null, verb: "create", members: [.. Id("R"), ("body", JObject.Parse(Body))])
            .Change(null, null, members: [("resource", "access_control_lists"), .. Id("partners/p"), ("body", Json.Object($$"""{"acls":[{"access_control_rules":["{{referred}}"]}]}""")), ("before", Json.Object("""{"acls":[]}"""))]);
        var all = journal.Read();
        var planner = new UndoPlanner(all, force: true);

        planner.Stop(all[1]);
        planner.Plan(ImpersonationRegistryEntry.Descriptor, [all[0]], ItemsOf([("R", "a")]), out var refusals);

        Assert.Equal(isStopped, refusals.Count == 1);
    }

    [Fact]
    public void A_restored_list_refers_to_the_new_id_of_what_was_created_again()
    {
        const string Old = "11111111-1111-1111-1111-111111111111";
        const string New = "22222222-2222-2222-2222-222222222222";
        using var journal = new WrittenJournal();
        journal.Change(null, null, "first", members: Update($$"""{"acls":[{"access_control_rules":["{{Old}}","kept"]}]}""", """{"acls":[]}""", "access_control_lists"))
            .Change(null, null, "second", verb: "delete", members: [.. Id(Old), ("before", JObject.Parse(Body)), .. Rules()])
            .Change(null, null, "undo", verb: "create", members: [.. Id(New), ("body", JObject.Parse(Body)), .. Rules(), ("undoes", new JArray("second#2"))]);
        var all = journal.Read();

        var plan = Assert.Single(new UndoPlanner(all, force: false).Plan(
            AccessControlListOwner.Descriptor, [all[0]], new Dictionary<string, JObject> { ["x"] = Json.Object("""{"owner":"x","acls":[]}""") }, out _));

        Assert.Equal($$"""[{"access_control_rules":["{{New}}","kept"]}]""", Assert.Single(plan.Differences).After);
    }

    private static (string, JToken?)[] Id(string id) => [("id", id)];

    private static (string, JToken?)[] Rules() => [("resource", "access_control_rules")];

    private static (string, JToken?)[] Update(string before, string after, string resource = "impersonation_registry") =>
        [.. Id("x"), ("resource", resource), ("before", Json.Object(before)), ("body", Json.Object(after))];

    private static JObject Fields(string comments) => Json.Object(Body.Replace("\"a\"", $"\"{comments}\"", StringComparison.Ordinal));

    private static ImpersonationRegistryEntry Item(string comments) => ImpersonationRegistryDefinition.Instance.Create(() => Fields(comments), SandboxDefaults.AccountId);

    private static Dictionary<string, JObject> ItemsOf((string Id, string Comments)[] items) => items.ToDictionary(item => item.Id, item => Fields(item.Comments));

    private static IReadOnlyList<UndoPlan> Plan(WrittenJournal journal, (string Id, string Comments)[] items, out IReadOnlyList<UndoRefusal> refusals, bool force = false) =>
        Plan(journal, ItemsOf(items), out refusals, force);

    private static IReadOnlyList<UndoPlan> Plan(WrittenJournal journal, Dictionary<string, JObject> items, out IReadOnlyList<UndoRefusal> refusals, bool force = false)
    {
        var all = journal.Read();
        return new UndoPlanner(all, force).Plan(ImpersonationRegistryEntry.Descriptor, [.. all.Reverse()], items, out refusals);
    }
}
