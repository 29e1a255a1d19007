using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>Which items are the same, and which values: one answer for every feature that asks.</summary>
public sealed class ItemComparerTests
{
    private static readonly ResourceDescriptor Entry = ImpersonationRegistryEntry.Descriptor;
    private static readonly ResourceDescriptor Policy = EmailAllowPolicy.Descriptor;
    private static readonly ResourceDescriptor Rule = AccessControlRule.Descriptor;

    /// <summary>Spellings of one address, domain or name.</summary>
    public static TheoryData<string, string, string> Same => new()
    {
        { "email", "Jane@Corp.example", "jane@corp.example" },
        { "email", " jane@corp.example ", "jane@corp.example" },
        { "email", "jane@b\u00FCcher.example", "jane@xn--bcher-kva.example" },
        { "email", "jane@BU\u0308CHER.example", "jane@XN--BCHER-KVA.example" },
        { "email", "a@corp.example, b@corp.example", "B@corp.example,a@corp.example" },
        { "name", "Zo\u00EB", "Zoe\u0308" },
        { "name", "ZO\u00CB", "zoe\u0308" },
        { "name", "Jane  Doe", "Jane Doe" },
        { "name", "\u00A0Jane\u00A0Doe\t", "jane doe" },
        { "name", "\u03A3\u03BF\u03C6\u03AF\u03B1\u03C2", "\u03C3\u03BF\u03C6\u03AF\u03B1\u03C3" },
    };

    /// <summary>What is not the same, however near it is.</summary>
    public static TheoryData<string, string, string> Different => new()
    {
        { "email", "jane@corp.example", "jane@corp.example.net" },
        { "email", "jane@xn--.example", "jane@.example" },
        { "email", "xn--bcher-kva@corp.example", "b\u00FCcher@corp.example" },
        { "email", "a@corp.example,b@corp.example", "a@corp.example" },
        { "name", "Zo\u00EB", "Zoe" },
        { "name", "JaneDoe", "Jane Doe" },
        { "name", "\u0410nna", "Anna" },
        { "name", "Jane\nDoe", "JaneDoe" },
        { "name", "I", "\u0131" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void Spellings_of_one_value_are_one_key_and_two_values(string field, string one, string other)
    {
        Assert.True(IsSame(Entry, field, one, other));
        Assert.True(IsSame(Entry, field, other, one));
        Assert.Equal(KeyOf(Entry, field, one), KeyOf(Entry, field, other));
        Assert.False(ItemComparer.HaveSameValue(Entry[field], one, other));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void Other_values_are_another_key(string field, string one, string other) => Assert.False(IsSame(Entry, field, one, other));

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(null, false, true)]
    [InlineData(null, true, false)]
    [InlineData(null, null, true)]
    public void An_expression_is_compared_exactly_and_an_address_is_not(bool? isExpression, bool? isOtherExpression, bool isSame)
    {
        foreach (var (resource, field, flag) in new[] { (Entry, "email", "is_email_regex"), (Policy, "pattern", "is_regex") })
        {
            JToken? Read(string name, string text, bool? isRegex) => name == field ? text : name == flag && isRegex is bool known ? known : null;
            bool Compare(string one, string other) =>
                new ItemComparer(resource, [field]).HaveSameKey(name => Read(name, one, isExpression), name => Read(name, other, isOtherExpression));

            Assert.Equal(isSame, Compare("Spam@Evil.example", "spam@evil.example"));
            Assert.True(Compare("spam@evil.example", "spam@evil.example"));
        }
    }

    [Fact]
    public void A_pattern_that_is_always_an_expression_is_compared_exactly()
    {
        Assert.False(IsSame(EmailUrlIgnorePattern.Descriptor, "pattern", @"\Shop\.example", @"\shop\.example"));
        Assert.True(IsSame(EmailDomain.Descriptor, "domain", "B\u00FCcher.example", "xn--bcher-kva.example"));
        Assert.True(IsSame(EmailContentPolicy.Descriptor, "name", "Wire  fraud", "wire fraud"));
    }

    [Fact]
    public void A_list_is_a_set_in_a_key_and_as_a_value()
    {
        static System.Func<string, JToken?> Only(JToken entries) => name => name == "entries" ? entries : null;
        JToken one = new JArray("1800", "1615", "1800"), other = new JArray("1615", "1800"), less = new JArray("1615");

        Assert.True(new ItemComparer(Rule, ["entries"]).HaveSameKey(Only(one), Only(other)));
        Assert.False(new ItemComparer(Rule, ["entries"]).HaveSameKey(Only(one), Only(less)));
        Assert.True(ItemComparer.HaveSameValue(Rule["entries"], one, other));
        Assert.False(ItemComparer.HaveSameValue(Rule["entries"], one, less));
        Assert.False(ItemComparer.HaveSameValue(Rule["entries"], new JArray("Free"), new JArray("free")));
    }

    [Fact]
    public void What_is_missing_is_null_or_the_default_of_the_service()
    {
        JToken na = "N/A";
        foreach (var missing in new JToken?[] { null, JValue.CreateNull() })
        {
            Assert.True(ItemComparer.HaveSameValue(Rule["name"], missing, na));
            Assert.True(ItemComparer.HaveSameValue(Entry["comments"], missing, JValue.CreateNull()));
            Assert.False(ItemComparer.HaveSameValue(Entry["comments"], missing, ""));
            Assert.True(new ItemComparer(Rule, ["name"]).HaveSameKey(_ => missing, _ => na));
        }
    }

    [Fact]
    public void A_compound_key_needs_every_part()
    {
        var key = new ItemComparer(Entry, ["email", "name"]);
        var jane = Patch.Entry(("name", "Jane"), ("email", "jane@corp.example"));

        Assert.True(key.Equals(jane, Patch.Entry(("email", "JANE@corp.example"), ("name", "jane"), ("comments", "x"))));
        Assert.False(key.Equals(jane, Patch.Entry(("email", "jane@corp.example"), ("name", "Janie"))));
        Assert.Equal("name", key.FindMissing(Patch.Entry(("email", "jane@corp.example")))!.Name);
        Assert.Null(key.FindMissing(jane));
        Assert.Equal("email 'jane@corp.example' and the name 'Jane'", key.Describe(jane));
    }

    [Fact]
    public void Half_a_character_is_compared_as_it_is()
    {
        var half = new string('\uD83D', 1);

        Assert.True(IsSame(Entry, "name", "Jane" + half, "jane" + half));
    }

    private static bool IsSame(ResourceDescriptor resource, string field, string one, string other) =>
        new ItemComparer(resource, [field]).HaveSameKey(name => name == field ? one : null, name => name == field ? other : null);

    private static string KeyOf(ResourceDescriptor resource, string field, string text)
    {
        var patch = new FieldPatch();
        patch.Set(resource[field], text);
        return new ItemComparer(resource, [field]).KeyOf(patch);
    }
}
