using System;
using System.Linq;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>What cannot be an address is refused; what may not be an expression is only doubted, as each service reads a dialect of its own.</summary>
public sealed class ConflictAndDoubtTests
{
    [Theory]
    [InlineData("john.doe@example.com")]
    [InlineData("a@b")]
    [InlineData("a+b@mail.example.co.uk")]
    [InlineData("zoë@exämple.com")]
    [InlineData("o'brien@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a@example.com, b@example.com ,c@example.com")]
    [InlineData(" a@example.com ")]
    [InlineData("a..b@example.com")]
    [InlineData("\"a@b\"@example.com")]
    public void What_may_be_an_address_is_for_the_service_to_judge(string email) =>
        Assert.Empty(Problems(("email", email), ("is_email_regex", false)));

    [Theory]
    [InlineData("finance@@example")]
    [InlineData("a@x.com;b@x.com")]
    [InlineData("a@x.")]
    [InlineData("a@.x")]
    [InlineData("a@-x.com")]
    [InlineData("a@x.com>")]
    [InlineData("<a@x.com>")]
    [InlineData("Ann <a@x.com>")]
    [InlineData("mailto:a@x.com")]
    [InlineData("john")]
    [InlineData("@example.com")]
    [InlineData("john@")]
    [InlineData("@")]
    [InlineData("john doe@example.com")]
    [InlineData("john@example..com")]
    [InlineData("john@example.com john@example.com")]
    [InlineData("a@example.com,")]
    [InlineData("a@example.com,,b@example.com")]
    [InlineData("a@example.com,b")]
    [InlineData("jo\thn@example.com")]
    public void What_can_be_no_address_is_refused_with_what_may_stand_there(string email)
    {
        var problem = Assert.Single(Problems(("email", email), ("is_email_regex", false)));

        Assert.StartsWith($"email '{email}' cannot be an address", problem, StringComparison.Ordinal);
        Assert.Contains("between commas", problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u200B")]
    public void An_address_and_a_name_are_never_blank(string blank)
    {
        Assert.Equal("email is blank", Assert.Single(Problems(("email", blank))));
        Assert.Equal("name is blank", Assert.Single(Problems(("name", blank))));
    }

    [Theory]
    [InlineData("finance@@example", false)]
    [InlineData("a@x.com;b@x.com", false)]
    [InlineData("mailto:a@x.com", false)]
    [InlineData("a@x.com>", false)]
    [InlineData("a@x.com, b@x.com", true)]
    [InlineData("@example.com", true)]
    [InlineData("finance", true)]
    [InlineData(".+@example.com", true)]
    [InlineData("a;b@(x|y)", true)]
    public void Where_it_may_be_an_expression_only_mistyped_addresses_are_refused(string email, bool accepted) =>
        Assert.Equal(accepted, Problems(("email", email)).Length == 0);

    [Fact]
    public void An_address_is_looked_at_only_where_it_is_said_to_be_one()
    {
        Assert.Empty(Problems(("email", "^.*$")));
        Assert.Empty(Problems(("email", "^.*$"), ("is_email_regex", true)));
        Assert.Empty(Problems(("is_email_regex", false)));
        Assert.Single(Problems(("email", "^.*$"), ("is_email_regex", false)));
    }

    [Fact]
    public void A_field_that_is_wrong_by_itself_is_told_alone() =>
        Assert.Equal("name cannot be cleared: the service does not take null for it",
            Assert.Single(Problems(("name", null), ("email", "x"), ("is_email_regex", false))));

    [Theory]
    [InlineData(@"^john\.doe@(mail\.)?example\.(com|net)$")]
    [InlineData(".*@example\\.com")]
    [InlineData("")]
    [InlineData("(?i)john@.*")]
    public void An_expression_that_reads_well_is_not_doubted(string expression) => Assert.Null(Doubt(expression));

    [Theory]
    [InlineData("(unclosed@example.com")]
    [InlineData("[a-@example.com")]
    [InlineData("*@example.com")]
    [InlineData("a{2,1}@example.com")]
    [InlineData("a++@example.com")]
    [InlineData("john@example.com\\")]
    public void An_expression_that_cannot_be_read_is_doubted_and_not_refused(string expression)
    {
        Assert.Empty(Problems(("email", expression), ("is_email_regex", true)));

        var doubt = Doubt(expression);

        Assert.StartsWith($"email '{expression}' may not be a regular expression (", doubt, StringComparison.Ordinal);
        Assert.EndsWith("Cloudflare reads Java's dialect, so it is sent as it is.", doubt, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_is_doubted_only_where_it_is_said_to_be_one()
    {
        var doubt = ImpersonationRegistryEntry.Descriptor.GetWarning;

        Assert.Null(doubt(Patch.Entry(("email", "("))));
        Assert.Null(doubt(Patch.Entry(("email", "("), ("is_email_regex", false))));
        Assert.Null(doubt(Patch.Entry(("is_email_regex", true))));
        Assert.Null(doubt(new FieldPatch()));
        Assert.NotNull(doubt(Patch.Entry(("email", "("), ("is_email_regex", true))));
    }

    [Fact]
    public void A_rules_entries_are_doubted_where_it_compares_by_expression()
    {
        var doubt = AccessControlRule.Descriptor.GetWarning;
        var entries = new JArray("1516.*", "(", "[");

        Assert.Null(doubt(Patch.Rule(("entries", entries))));
        Assert.Null(doubt(Patch.Rule(("entries", entries), ("operation", "prefix"))));
        Assert.Null(doubt(Patch.Rule(("operation", "regexp"))));
        Assert.Null(doubt(Patch.Rule(("entries", new JArray("1516.*", ".*516")), ("operation", "regexp"))));
        var found = doubt(Patch.Rule(("entries", entries), ("operation", "regexp")));
        Assert.StartsWith("entries '(' may not be a regular expression", found, StringComparison.Ordinal);
        Assert.Contains("which dialect", found);
    }

    private static string[] Problems(params (string Name, JToken? Value)[] fields) =>
        Patch.Entry(fields).Validate(ImpersonationRegistryEntry.Descriptor, []).ToArray();

    private static string? Doubt(string expression) =>
        ImpersonationRegistryEntry.Descriptor.GetWarning(Patch.Entry(("email", expression), ("is_email_regex", true)));
}
