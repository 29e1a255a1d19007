using System.Collections;
using System.Collections.Generic;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>A list cell is a JSON array of texts, or items between separators.</summary>
public sealed class ListCellTests
{
    private static readonly FieldDescriptor Entries = AccessControlRule.Descriptor["entries"];

    [Theory]
    [InlineData("1800", """["1800"]""")]
    [InlineData("1800;1615", """["1800","1615"]""")]
    [InlineData(" 1800 ; 1615 ", """["1800","1615"]""")]
    [InlineData("a,b;c", """["a,b","c"]""")]
    [InlineData("免费奖品;Überweisung;👩‍🚀", """["免费奖品","Überweisung","👩‍🚀"]""")]
    [InlineData("1800;1800", """["1800","1800"]""")]
    [InlineData(".*516;1{2}[0-9]", """[".*516","1{2}[0-9]"]""")]
    public void Items_stand_between_separators(string cell, string json) => AssertReads(cell, json);

    [Theory]
    [InlineData("""["1800"]""", """["1800"]""")]
    [InlineData("""["1800","a;b"]""", """["1800","a;b"]""")]
    [InlineData("""  [ "1800" , "1615" ]  """, """["1800","1615"]""")]
    [InlineData("""["say \"no\"","\u514d\u8d39","a\\b"]""", """["say \"no\"","免费","a\\b"]""")]
    [InlineData("[]", "[]")]
    public void A_json_array_is_read_as_one(string cell, string json) => AssertReads(cell, json);

    [Theory]
    [InlineData("2024-01-01T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00+02:00")]
    [InlineData("/Date(1700000000000)/")]
    public void A_text_that_looks_like_a_time_stays_that_text(string item) => AssertReads(JsonConvert.SerializeObject(new[] { item }), JsonConvert.SerializeObject(new[] { item }));

    [Theory]
    [InlineData("1800,1615", "comma")]
    [InlineData("a\nb", "line break")]
    [InlineData("a\tb", "tab")]
    [InlineData("1800|1615", "bar")]
    [InlineData("+1800 | +1615", "bar")]
    [InlineData("15550100001 15550100002", "blank")]
    public void An_item_that_seems_to_be_two_is_doubted(string item, string name) =>
        Assert.StartsWith($"'{DisplayText.Of(item)}' contains a {name}, and items stand between ';'", CellParser.Read(Entries, item, ";").Joined);

    [Theory]
    [InlineData("1 555 010 0001")]
    [InlineData("gift card")]
    [InlineData("free|prize")]
    [InlineData("^1(800|888)")]
    [InlineData("|1800")]
    public void An_item_that_can_be_one_is_not_doubted(string item) => Assert.Null(CellParser.Read(Entries, item, ";").Joined);

    [Theory]
    [InlineData("1800;")]
    [InlineData(";1800")]
    [InlineData("1800;;1615")]
    [InlineData("1800; ;1615")]
    [InlineData(";")]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_item_is_refused(string cell) => AssertRefuses(cell);

    [Theory]
    [InlineData("""["1800",""]""")]
    [InlineData("""["1800",1615]""")]
    [InlineData("""["1800",null]""")]
    [InlineData("""["1800",["1615"]]""")]
    [InlineData("""["1800",true]""")]
    [InlineData("""["1800" "1615"]""")]
    [InlineData("""["1800","1615" """)]
    [InlineData("""["1800"];1615""")]
    [InlineData("""["1800",]""")]
    [InlineData("""["1800",,"1615"]""")]
    [InlineData("['1800']")]
    [InlineData("[1800]")]
    [InlineData("[0-9]+")]
    [InlineData("[")]
    public void A_bracket_that_opens_no_array_of_texts_is_refused(string cell) => AssertRefuses(cell);

    [Fact]
    public void The_separator_can_be_another()
    {
        Assert.True(CellParser.TryParse(Entries, "a;b | c", "|", out var value));
        Assert.Equal("""["a;b","c"]""", value.ToString(Formatting.None));

        Assert.True(CellParser.TryParse(Entries, "a||b|c", "||", out value));
        Assert.Equal("""["a","b|c"]""", value.ToString(Formatting.None));
    }

    [Fact]
    public void What_is_a_list_already_stays_one()
    {
        AssertReads((string[])["1800", "a;b"], """["1800","a;b"]""");
        AssertReads(new List<object> { 1800, "1615" }, """["1800","1615"]""");
        AssertReads(new TextList(["1800", "1615"]), """["1800","1615"]""");
        AssertReads(1800, """["1800"]""");
    }

    [Fact]
    public void A_list_with_something_that_is_no_text_is_refused()
    {
        AssertRefuses(new object?[] { "1800", null });
        AssertRefuses(new object[] { "1800", "" });
        AssertRefuses((object[])["1800", (string[])["1615"]]);
        AssertRefuses(new Hashtable { ["1800"] = "1615" });
        AssertRefuses(null);
    }

    [Fact]
    public void What_a_result_prints_can_be_read_back()
    {
        var list = new TextList(["1800", "a;b", "say \"no\"", "back\\slash", "免费奖品", "line\nbreak", " spaced "]);

        Assert.True(CellParser.TryParse(Entries, list.ToString(), ";", out var value));
        Assert.Equal(list, value.ToObject<string[]>()!);
    }

    private static void AssertReads(object cell, string json)
    {
        Assert.True(CellParser.TryParse(Entries, cell, CellParser.DefaultListSeparator, out var value));
        Assert.Equal(json, value.ToString(Formatting.None));
    }

    private static void AssertRefuses(object? cell)
    {
        Assert.False(CellParser.TryParse(Entries, cell, CellParser.DefaultListSeparator, out var value));
        Assert.Equal(JTokenType.Null, value.Type);
    }
}
