using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.CarrierX;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>Single entries are added and taken out by writing the whole list that comes of it, and nothing else.</summary>
public sealed class EntryEditTests
{
    [Theory]
    [InlineData("1900", "", """{"entries":["1800","1615","1900"]}""")]
    [InlineData("1900;1976", "", """{"entries":["1800","1615","1900","1976"]}""")]
    [InlineData("1900;1900", "", """{"entries":["1800","1615","1900"]}""")]
    [InlineData("1800;1900", "", """{"entries":["1800","1615","1900"]}""")]
    [InlineData("", "1800", """{"entries":["1615"]}""")]
    [InlineData("1900", "1800", """{"entries":["1615","1900"]}""")]
    [InlineData("1900", "1800;1615", """{"entries":["1900"]}""")]
    [InlineData("1900", "555", """{"entries":["1800","1615","1900"]}""")]
    public void The_list_keeps_its_order_and_new_entries_stand_at_its_end(string add, string remove, string body) =>
        Assert.Equal(body, EntryEdit.Apply(Rule("1800", "1615"), [Edit(add, remove)]).ToJson());

    [Theory]
    [InlineData("1800", "")]
    [InlineData("1800;1615", "")]
    [InlineData("", "1900")]
    [InlineData("", "180")]
    public void What_is_so_already_makes_an_empty_body(string add, string remove) =>
        Assert.True(EntryEdit.Apply(Rule("1800", "1615"), [Edit(add, remove)]).IsEmpty);

    [Fact]
    public void Entries_are_compared_letter_by_letter() =>
        Assert.Equal("""{"entries":["Abc","abc"]}""", EntryEdit.Apply(Rule("Abc"), [Edit("abc", "ABC")]).ToJson());

    [Fact]
    public void An_entry_that_stands_there_twice_is_taken_out_twice() =>
        Assert.Equal("""{"entries":["1"]}""", EntryEdit.Apply(Rule("2", "1", "2"), [Edit("", "2")]).ToJson());

    [Fact]
    public void Several_edits_are_carried_out_in_order() => Assert.Equal(
        """{"entries":["1615","1976","1900"]}""",
        EntryEdit.Apply(Rule("1800", "1615"), [Edit("1900", ""), Edit("", "1900;1800"), Edit("1976;1900", "")]).ToJson());

    [Fact]
    public void Edits_that_undo_each_other_change_nothing() =>
        Assert.True(EntryEdit.Apply(Rule("1800"), [Edit("1900", ""), Edit("", "1900")]).IsEmpty);

    [Fact]
    public void Fields_that_are_said_besides_go_along_where_they_differ()
    {
        var fields = Patch.Rule(("operation", "exact"), ("name", "N/A"));

        Assert.Equal("""{"operation":"exact","entries":["1800","1900"]}""", EntryEdit.Apply(Rule("1800"), [Edit("1900", "", fields)]).ToJson());
        Assert.Equal("""{"operation":"exact"}""", EntryEdit.Apply(Rule("1800"), [Edit("1800", "", fields)]).ToJson());
    }

    [Fact]
    public void The_last_that_is_said_of_a_field_holds() => Assert.Equal(
        """{"name":"b","entries":["1800","1","2"]}""",
        EntryEdit.Apply(Rule("1800"), [Edit("1", "", Patch.Rule(("name", "a"))), Edit("2", "", Patch.Rule(("name", "b")))]).ToJson());

    [Fact]
    public void A_rule_without_entries_is_refused_before_it_is_written()
    {
        var error = Assert.Throws<AclException>(() => EntryEdit.Apply(Rule("1800", "1615"), [Edit("", "1800;1615")]));

        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
        Assert.Contains("at least 1", error.Message);
        Assert.Contains("Nothing was sent", error.Message);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public void A_read_only_rule_is_refused()
    {
        var rule = new AccessControlRule(Json.Object("""{"rule_sid":"sid","entries":["1800"],"read_only":true}"""));

        Assert.Equal(ErrorKind.ReadOnlyRule, Assert.Throws<AclException>(() => EntryEdit.Apply(rule, [Edit("1900", "")])).Kind);
    }

    [Theory]
    [InlineData("""{"rule_sid":"sid"}""")]
    [InlineData("""{"rule_sid":"sid","entries":null}""")]
    [InlineData("""{"rule_sid":"sid","entries":"1800"}""")]
    [InlineData("""{"status":"please log in"}""")]
    public void A_rule_whose_entries_were_not_shown_does_not_lose_them(string shown) => Assert.Throws<AclException>(
        () => EntryEdit.Apply(new AccessControlRule(Json.Object(shown)), [Edit("1900", "")]));

    [Fact]
    public void What_it_does_is_told_in_words()
    {
        Assert.Equal("Add entries 1, 2", EntryEdit.Describe([Edit("1;2", "")]));
        Assert.Equal("Add entries 1; Remove entries 2; Update name", EntryEdit.Describe([Edit("1", "2", Patch.Rule(("name", "n")))]));
    }

    [Fact]
    public async Task All_edits_of_a_rule_are_one_read_and_one_write()
    {
        await using var stage = await Stage.StartAsync();

        var outcome = Apply(stage, SandboxIds.FirstRule, Edit("1900", ""), Edit("", "1800"));

        Assert.Equal(["GET", "PATCH"], stage.Requests.Select(request => request.Method));
        Assert.Equal("""{"entries":["1615","1900"]}""", stage.Requests[1].Body);
        Assert.Equal(["1615", "1900"], outcome.Result!.Entries!);
    }

    [Fact]
    public async Task A_read_only_rule_is_read_and_not_written()
    {
        await using var stage = await Stage.StartAsync();
        stage.State.Rules.Add(new AccessRule { RuleSid = SandboxIds.Rule(500), Entries = ["1"], ReadOnly = true });

        var outcome = Apply(stage, SandboxIds.Rule(500), Edit("2", ""));

        Assert.Equal((ChangeStatus.Failed, ErrorKind.ReadOnlyRule), (outcome.Status, outcome.Error!.Kind));
        Assert.Equal("GET", stage.OnlyRequest.Method);
    }

    private static ChangeOutcome<AccessControlRule> Apply(Stage stage, string sid, params EntryEdit[] edits) => Outcomes.Apply(
        new Change<AccessControlRule> { Client = stage.Rules, Id = sid, Key = sid, Prepare = state => EntryEdit.Apply(state, edits) });

    private static EntryEdit Edit(string add, string remove, FieldPatch? fields = null) => new(
        add.Split(';', StringSplitOptions.RemoveEmptyEntries), remove.Split(';', StringSplitOptions.RemoveEmptyEntries), fields ?? new FieldPatch());

    private static AccessControlRule Rule(params string[] entries) => new(Json.Object(
        $$"""{"rule_sid":"sid","name":"N/A","operation":"prefix","entries":[{{string.Join(",", entries.Select(entry => $"\"{entry}\""))}}],"read_only":false}"""));
}
