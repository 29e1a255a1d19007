using System.Linq;
using System.Text;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>The body of a write says what was said, in the order it was said, and keeps empty, null and absent apart.</summary>
public sealed class FieldPatchTests
{
    private static readonly ResourceDescriptor Entry = ImpersonationRegistryEntry.Descriptor;

    [Fact]
    public void Nothing_said_is_an_empty_object()
    {
        var patch = new FieldPatch();

        Assert.True(patch.IsEmpty);
        Assert.Empty(patch.Names);
        Assert.Equal("{}", patch.ToJson());
    }

    [Fact]
    public void Empty_null_and_absent_are_three_things()
    {
        var patch = new FieldPatch();
        patch.Set(Entry["comments"], "");
        patch.Clear(Entry["directory_id"]);

        Assert.Equal("""{"comments":"","directory_id":null}""", patch.ToJson());
        Assert.Equal((true, true, false), (patch.IsSpecified("comments"), patch.IsSpecified("directory_id"), patch.IsSpecified("name")));
        Assert.Equal(JTokenType.Null, patch["directory_id"]!.Type);
        Assert.Null(patch["name"]);
        Assert.False(patch.IsEmpty);
    }

    [Fact]
    public void Fields_keep_the_order_in_which_they_were_said_first()
    {
        var patch = Patch.Entry(("name", "A"), ("comments", "b"), ("email", "c@example.com"));
        patch.Set(Entry["name"], "Z");

        Assert.Equal(["name", "comments", "email"], patch.Names);
        Assert.Equal("""{"name":"Z","comments":"b","email":"c@example.com"}""", patch.ToJson());
    }

    [Fact]
    public void What_is_said_last_holds()
    {
        var patch = Patch.Entry(("comments", "first"));
        patch.Clear(Entry["comments"]);
        Assert.Equal("""{"comments":null}""", patch.ToJson());

        patch.Set(Entry["comments"], "again");
        Assert.Equal("""{"comments":"again"}""", patch.ToJson());
    }

    [Fact]
    public void Bytes_are_the_text_in_utf8_without_a_mark()
    {
        var patch = Patch.Entry(("name", "名前 \u2028 \"x\"\n"));

        Assert.Equal(Encoding.UTF8.GetBytes(patch.ToJson()), patch.ToUtf8());
        Assert.Equal((byte)'{', patch.ToUtf8()[0]);
        Assert.Equal("名前 \u2028 \"x\"\n", (string?)Json.Object(patch.ToString())["name"]);
    }

    [Fact]
    public void A_part_holds_only_the_named_fields_and_leaves_the_whole_alone()
    {
        var patch = Patch.Entry(("name", "A"), ("comments", null), ("is_email_regex", true));

        var part = patch.Only(["comments", "is_email_regex", "email"]);
        part.Set(Entry["is_email_regex"], false);

        Assert.Equal("""{"comments":null,"is_email_regex":false}""", part.ToJson());
        Assert.Equal("""{"name":"A","comments":null,"is_email_regex":true}""", patch.ToJson());
    }

    [Fact]
    public void A_value_said_in_two_patches_belongs_to_each()
    {
        var list = new JArray("1800");
        var first = Patch.Rule(("entries", list));
        var second = Patch.Rule(("entries", list));
        ((JArray)second["entries"]!).Add("1900");

        Assert.Equal("""{"entries":["1800"]}""", first.ToJson());
        Assert.Equal("""{"entries":["1800","1900"]}""", second.ToJson());
    }

    [Fact]
    public void A_patch_that_says_what_is_there_differs_in_nothing()
    {
        var state = ImpersonationRegistryDefinition.Instance.Create(
            () => Json.Object("""{"id":"e","name":"A","comments":null,"directory_id":7,"is_email_regex":false,"created_at":"2025-01-06T08:37:00.007919Z"}"""), "account");

        Assert.Empty(Patch.Entry(("name", "A"), ("comments", null), ("directory_id", 7), ("is_email_regex", false), ("email", null)).DifferencesFrom(state));
    }

    [Fact]
    public void Each_difference_tells_before_and_after()
    {
        var state = ImpersonationRegistryDefinition.Instance.Create(() => Json.Object("""{"id":"e","name":"A","comments":"","directory_id":0,"is_email_regex":false}"""), "account");

        var differences = Patch.Entry(("name", "a"), ("is_email_regex", true), ("comments", null), ("directory_id", null), ("email", "x")).DifferencesFrom(state);

        Assert.Equal(
            ["name: \"A\" -> \"a\"", "is_email_regex: false -> true", "comments: \"\" -> null", "directory_id: 0 -> null", "email: null -> \"x\""],
            differences.Select(difference => difference.ToString()));
        Assert.Equal(("name", "\"A\"", "\"a\""), (differences[0].Name, differences[0].Before, differences[0].After));
    }

    [Theory]
    [InlineData("""["1800","1615"]""", 0)]
    [InlineData("""["1615","1800"]""", 0)]
    [InlineData("""["1800"]""", 1)]
    [InlineData("""["1800","1615","1615"]""", 0)]
    public void Lists_are_compared_as_sets(string wanted, int differences)
    {
        var state = new AccessControlRule(Json.Object("""{"rule_sid":"r","entries":["1800","1615"]}"""));

        Assert.Equal(differences, Patch.Rule(("entries", JArray.Parse(wanted))).DifferencesFrom(state).Count);
    }
}
