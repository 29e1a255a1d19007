using System;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>Typed results show what the service sent, whatever its generation, and lose nothing of it.</summary>
public sealed class ResultTests
{
    [Fact]
    public void Every_documented_field_of_an_entry_is_a_property()
    {
        var entry = Entry("""
            {"id":"f174e90a-fafe-4643-bbbc-4a0ed4fc8415","comments":"c","created_at":"2025-04-10T18:27:34.872907Z","directory_id":7,"directory_node_id":100050,
             "email":"a@example.com","external_directory_node_id":"x-1","is_email_regex":true,"last_modified":"2025-01-01T00:00:00Z",
             "modified_at":"2025-04-11T18:27:34.87Z","name":"A","provenance":"A1S_INTERNAL"}
            """);

        Assert.Equal(("f174e90a-fafe-4643-bbbc-4a0ed4fc8415", "A", "a@example.com", true), (entry.Id, entry.Name, entry.Email, entry.IsEmailRegex));
        Assert.Equal(("c", "A1S_INTERNAL", 7L, 100050L, "x-1"), (entry.Comments, entry.Provenance, entry.DirectoryId, entry.DirectoryNodeId, entry.ExternalDirectoryNodeId));
        Assert.Equal(new DateTime(2025, 4, 10, 18, 27, 34, DateTimeKind.Utc).AddTicks(8729070), entry.CreatedAt);
        Assert.Equal("account", entry.AccountId);
        Assert.Null(entry.AdditionalFields);
        Assert.Equal("f174e90a-fafe-4643-bbbc-4a0ed4fc8415 (A)", entry.ToString());
    }

    [Fact]
    public void Fields_that_nobody_knows_yet_are_kept()
    {
        var entry = Entry("""{"id":"e","risk":{"score":1.50,"at":"2025-04-10T18:27:34Z"},"name":"A","tags":["x"]}""");

        Assert.Equal("""{"risk":{"score":1.50,"at":"2025-04-10T18:27:34Z"},"tags":["x"]}""", entry.AdditionalFields);
        Assert.Equal("""{"id":"e","risk":{"score":1.50,"at":"2025-04-10T18:27:34Z"},"name":"A","tags":["x"]}""", entry.ToJson());
        Assert.Equal("""{"note":1}""", Rule("""{"rule_sid":"r","note":1}""").AdditionalFields);
    }

    [Fact]
    public void An_entry_of_the_old_generation_has_a_number_for_an_id()
    {
        var entry = Entry("""
            {"comments":null,"created_at":"2023-11-14T00:00:00Z","directory_id":0,"directory_node_id":null,"email":"a@example.com",
             "external_directory_node_id":"12444788","id":12444788,"is_email_regex":false,"last_modified":"2023-11-15T01:02:03Z","name":"A","provenance":"A1S_INTERNAL"}
            """);

        Assert.Equal(("12444788", "12444788"), (entry.Id, entry.GetIdentity()));
        Assert.Equal(new DateTime(2023, 11, 15, 1, 2, 3, DateTimeKind.Utc), entry.ModifiedAt);
        Assert.True(RequestPath.IsId(entry.Id));
        Assert.Null(entry.GetReadOnlyReason());
    }

    [Fact]
    public void The_newer_name_of_the_time_of_change_wins_over_the_older()
    {
        Assert.Equal(2026, Entry("""{"last_modified":"2025-01-01T00:00:00Z","modified_at":"2026-01-01T00:00:00Z"}""").ModifiedAt!.Value.Year);
        Assert.Equal(2025, Entry("""{"last_modified":"2025-01-01T00:00:00Z","modified_at":null}""").ModifiedAt!.Value.Year);
        Assert.Equal(2025, Entry("""{"last_modified":"2025-01-01T00:00:00Z"}""").ModifiedAt!.Value.Year);
    }

    [Theory]
    [InlineData("2025-04-10T18:27:34Z", 0)]
    [InlineData("2025-04-10T18:27:34.8Z", 8000000)]
    [InlineData("2025-04-10T18:27:34.87Z", 8700000)]
    [InlineData("2025-04-10T18:27:34.872Z", 8720000)]
    [InlineData("2025-04-10T18:27:34.8729Z", 8729000)]
    [InlineData("2025-04-10T18:27:34.87290Z", 8729000)]
    [InlineData("2025-04-10T18:27:34.872907Z", 8729070)]
    [InlineData("2025-04-10T18:27:34.8729071Z", 8729071)]
    [InlineData("2025-04-10T20:27:34.5+02:00", 5000000)]
    public void Times_are_utc_with_any_number_of_digits(string text, long ticks)
    {
        var time = Entry($$"""{"created_at":"{{text}}"}""").CreatedAt;

        Assert.Equal(new DateTime(2025, 4, 10, 18, 27, 34, DateTimeKind.Utc).AddTicks(ticks), time);
        Assert.Equal(DateTimeKind.Utc, time!.Value.Kind);
    }

    [Fact]
    public void A_missing_field_is_null_and_breaks_nothing()
    {
        var entry = Entry("{}");
        Assert.Equal(("", null, null, null, null), (entry.Id, entry.Name, entry.Email, entry.IsEmailRegex, entry.Comments));
        Assert.Equal((null, null, null, null, null), (entry.Provenance, entry.DirectoryId, entry.ExternalDirectoryNodeId, entry.CreatedAt, entry.ModifiedAt));
        Assert.Equal("", entry.ToString());
        Assert.Null(entry.GetReadOnlyReason());

        var rule = Rule("{}");
        Assert.Equal(("", null, null, null, null), (rule.RuleSid, rule.Name, rule.Entries, rule.Field, rule.ReadOnly));
        Assert.Null(rule.GetReadOnlyReason());
    }

    [Fact]
    public void A_field_of_another_shape_than_promised_breaks_nothing()
    {
        var entry = Entry("""{"id":"e","is_email_regex":"yes","directory_id":"7","created_at":"soon","name":{"first":"A"}}""");

        Assert.Equal((null, null, null, """{"first":"A"}"""), (entry.IsEmailRegex, entry.DirectoryId, entry.CreatedAt, entry.Name));
        Assert.Null(Rule("""{"entries":"1800"}""").Entries);
    }

    [Theory]
    [InlineData("SNOOPY-OFFICE_365")]
    [InlineData("SNOOPY-GOOGLE_DIRECTORY")]
    [InlineData("SOMETHING_NEW")]
    public void An_entry_of_a_directory_stands_in_the_way_of_a_change(string provenance)
    {
        var entry = Entry($$"""{"id":"e","name":"A","provenance":"{{provenance}}"}""");

        var obstacle = entry.GetReadOnlyReason();
        Assert.True(entry.IsDirectorySynced);
        Assert.Equal(ErrorKind.DirectorySyncedEntry, obstacle!.Kind);
        Assert.Contains("e (A)", obstacle.Message);
        Assert.Contains(provenance, obstacle.Message);
        Assert.NotNull(obstacle.RecommendedAction);
    }

    [Fact]
    public void A_rule_of_the_parent_stands_in_the_way_of_a_change()
    {
        var obstacle = Rule("""{"rule_sid":"r","name":"N/A","read_only":true}""").GetReadOnlyReason();

        Assert.Equal(ErrorKind.ReadOnlyRule, obstacle!.Kind);
        Assert.Contains("r (N/A)", obstacle.Message);
        Assert.Null(Rule("""{"rule_sid":"r","read_only":false}""").GetReadOnlyReason());
    }

    [Fact]
    public void A_list_of_texts_prints_as_json_that_reads_back_whole()
    {
        string[] items = ["1800", "a;b", "say \"no\"", "免费奖品", "back\\slash", ""];
        var list = new TextList(items);

        Assert.Equal(items, list);
        Assert.Equal((6, "a;b"), (list.Count, list[1]));
        Assert.Equal(items, JsonConvert.DeserializeObject<string[]>(list.ToString()));
        Assert.Equal("[]", new TextList([]).ToString());
        Assert.Equal("""["1800"]""", new TextList(["1800"]).ToString());
    }

    private static ImpersonationRegistryEntry Entry(string json) => ImpersonationRegistryDefinition.Instance.Create(() => Json.Object(json), "account");

    private static AccessControlRule Rule(string json) => new(Json.Object(json));
}
