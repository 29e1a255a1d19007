using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>What the field tables refuse before anything is sent.</summary>
public sealed class FieldProblemTests
{
    [Fact]
    public void A_good_patch_has_no_problems() => Assert.Empty(
        Problems(Patch.Entry(("name", new string('x', 1024)), ("comments", null), ("provenance", "SNOOPY-OFFICE_365"), ("directory_id", 1))));

    [Fact]
    public void A_name_over_1024_characters_is_refused_with_both_numbers()
    {
        var problem = Assert.Single(Problems(Patch.Entry(("name", new string('x', 1025)))));

        Assert.StartsWith("name ", problem, StringComparison.Ordinal);
        Assert.Contains("1,025", problem);
        Assert.Contains("1,024", problem);
    }

    [Fact]
    public void Length_is_counted_in_characters_as_the_services_schema_counts() =>
        Assert.Empty(Problems(Patch.Entry(("name", string.Concat(Enumerable.Repeat("👩", 1024))))));

    [Fact]
    public void Comments_and_address_have_no_limit_of_ours() =>
        Assert.Empty(Problems(Patch.Entry(("comments", new string('x', 5000)), ("email", new string('x', 5000)))));

    [Theory]
    [InlineData("name")]
    [InlineData("email")]
    [InlineData("is_email_regex")]
    public void A_field_that_may_not_be_null_cannot_be_cleared(string name) =>
        Assert.StartsWith($"{name} cannot be cleared", Assert.Single(Problems(Patch.Entry((name, null)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("comments")]
    [InlineData("directory_id")]
    [InlineData("directory_node_id")]
    [InlineData("external_directory_node_id")]
    [InlineData("provenance")]
    public void A_field_that_may_be_null_can_be_cleared(string name) => Assert.Empty(Problems(Patch.Entry((name, null))));

    [Theory]
    [InlineData("entries")]
    [InlineData("field")]
    [InlineData("name")]
    [InlineData("operation")]
    [InlineData("quantifier")]
    public void No_field_of_a_rule_can_be_cleared(string name) =>
        Assert.Contains("cannot be cleared", Assert.Single(RuleProblems(Patch.Rule((name, null)))));

    [Theory]
    [InlineData("id")]
    [InlineData("created_at")]
    [InlineData("modified_at")]
    [InlineData("last_modified")]
    public void A_read_only_field_is_refused_whatever_it_holds(string name)
    {
        Assert.Equal($"{name} is read-only", Assert.Single(Problems(Patch.Entry((name, "x")))));
        Assert.Equal($"{name} is read-only", Assert.Single(Problems(Patch.Entry((name, null)))));
    }

    [Theory]
    [InlineData("SNOOPY")]
    [InlineData("a1s_internal")]
    [InlineData("")]
    public void A_choice_outside_the_set_is_refused_and_the_set_named(string value)
    {
        var problem = Assert.Single(Problems(Patch.Entry(("provenance", value))));

        Assert.Contains($"'{value}'", problem);
        Assert.Contains("A1S_INTERNAL, SNOOPY-CASB_OFFICE_365, SNOOPY-OFFICE_365, SNOOPY-GOOGLE_DIRECTORY", problem);
    }

    [Fact]
    public void A_list_needs_an_item_and_no_item_may_be_empty()
    {
        Assert.Contains("at least 1", Assert.Single(RuleProblems(Patch.Rule(("entries", new JArray())))));
        Assert.Contains("empty item", Assert.Single(RuleProblems(Patch.Rule(("entries", new JArray("1800", ""))))));
        Assert.Empty(RuleProblems(Patch.Rule(("entries", new JArray("1800", "1800")))));
    }

    [Fact]
    public void What_a_create_needs_and_lacks_is_named_with_what_may_stand_there()
    {
        var entry = ImpersonationRegistryEntry.Descriptor;
        var required = entry.Fields.Where(field => field.RequiredOnCreate).Select(field => field.Name).ToArray();
        Assert.Equal(["email", "is_email_regex", "name"], required);

        var problems = Patch.Entry(("name", "A")).Validate(entry, required);

        Assert.Equal(["email is missing; allowed: text", "is_email_regex is missing; allowed: true, false, yes, no, 1 or 0"], problems);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        Assert.Equal(3, Patch.Entry(("name", null), ("id", "x")).Validate(ImpersonationRegistryEntry.Descriptor, ["email"]).Count);

    [Fact]
    public void The_tables_say_what_the_contracts_say()
    {
        var rule = AccessControlRule.Descriptor;
        Assert.Equal(["entries", "field", "operation", "quantifier"], rule.Fields.Where(field => field.RequiredOnCreate).Select(field => field.Name));
        Assert.Equal(["read_only", "rule_sid"], rule.Fields.Where(field => !field.Writable).Select(field => field.Name));
        Assert.Equal(["calling", "called", "from", "to", "message", "from_did", "to_did"], rule["field"].AllowedValues);
        Assert.Equal("rule_sid", rule.Identity.Name);

        var entry = ImpersonationRegistryEntry.Descriptor;
        Assert.Equal("id", entry.Identity.Name);
        Assert.Equal(
            ["comments", "directory_id", "directory_node_id", "email", "external_directory_node_id", "is_email_regex", "name", "provenance"],
            entry.WritableFields.Select(field => field.Name));
        Assert.Equal(["external_directory_node_id"], entry.Fields.Where(field => field.Deprecation is not null).Select(field => field.Name));
        Assert.Same(entry["name"], entry.Find("NAME"));
        Assert.Null(entry.Find("display_name"));
    }

    private static IReadOnlyList<string> Problems(FieldPatch patch) =>
        patch.Validate(ImpersonationRegistryEntry.Descriptor, []);

    private static IReadOnlyList<string> RuleProblems(FieldPatch patch) =>
        patch.Validate(AccessControlRule.Descriptor, []);
}
