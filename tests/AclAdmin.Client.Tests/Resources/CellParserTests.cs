using System;
using System.Collections;
using System.Globalization;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>Cells are read strictly: what is not plainly a value of the field is refused, never guessed.</summary>
public sealed class CellParserTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("YES", true)]
    [InlineData("1", true)]
    [InlineData(" true ", true)]
    [InlineData("false", false)]
    [InlineData("FaLsE", false)]
    [InlineData("no", false)]
    [InlineData("No", false)]
    [InlineData("0", false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(1, true)]
    [InlineData(0L, false)]
    public void A_boolean_is_one_of_six_words(object cell, bool expected) => AssertReads("is_email_regex", cell, expected ? "true" : "false");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("t")]
    [InlineData("y")]
    [InlineData("on")]
    [InlineData("$true")]
    [InlineData("truee")]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("wahr")]
    [InlineData(2)]
    [InlineData(1.0)]
    [InlineData(null)]
    public void Anything_else_is_no_boolean(object? cell) => AssertRefuses("is_email_regex", cell);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("12", "12")]
    [InlineData("-12", "-12")]
    [InlineData("+12", "12")]
    [InlineData(" 12 ", "12")]
    [InlineData("007", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData(12, "12")]
    [InlineData(12L, "12")]
    [InlineData((byte)12, "12")]
    [InlineData(12.0, "12")]
    public void An_integer_is_digits_with_an_optional_sign(object cell, string expected) => AssertReads("directory_id", cell, expected);

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("1.000")]
    [InlineData("1 000")]
    [InlineData("0x10")]
    [InlineData("(5)")]
    [InlineData("5-")]
    [InlineData("١٢")]
    [InlineData("$5")]
    [InlineData("9223372036854775808")]
    [InlineData("true")]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    [InlineData(true)]
    [InlineData(null)]
    public void Anything_else_is_no_integer(object? cell) => AssertRefuses("directory_id", cell);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    [InlineData("tr-TR")]
    public void Cells_are_read_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            AssertReads("directory_id", "-12", "-12");
            AssertRefuses("directory_id", "1.000");
            AssertReads("is_email_regex", "true", "true");
            AssertReads("provenance", "a1s_internal", "\"A1S_INTERNAL\"");
            AssertReads("comments", 1.5, "\"1.5\"");
            AssertReads("comments", -3, "\"-3\"");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("A1S_INTERNAL")]
    [InlineData("a1s_internal")]
    [InlineData(" A1s_Internal ")]
    public void A_choice_is_sent_as_the_service_spells_it(string cell) => AssertReads("provenance", cell, "\"A1S_INTERNAL\"");

    [Theory]
    [InlineData("")]
    [InlineData("A1S")]
    [InlineData("prov")]
    [InlineData("SNOOPY")]
    [InlineData("A1S_INTERNAL,SNOOPY-OFFICE_365")]
    [InlineData("0")]
    [InlineData(0)]
    [InlineData(1L)]
    [InlineData(true)]
    [InlineData(null)]
    public void A_choice_is_never_a_part_a_pair_or_a_number(object? cell) => AssertRefuses("provenance", cell);

    [Fact]
    public void Choices_of_rules_are_whole_names_too()
    {
        AssertReads(AccessControlRule.Descriptor["field"], "FROM_DID", "\"from_did\"");
        AssertRefuses(AccessControlRule.Descriptor["field"], "call");
        AssertRefuses(AccessControlRule.Descriptor["quantifier"], "any,all");
    }

    [Theory]
    [InlineData("Zoë 名前 👩‍🚀", "Zoë 名前 👩‍🚀")]
    [InlineData("  kept  ", "  kept  ")]
    [InlineData("[not a list]", "[not a list]")]
    [InlineData("007", "007")]
    [InlineData(7, "7")]
    [InlineData(true, "true")]
    [InlineData('x', "x")]
    public void A_text_is_taken_as_it_is(object cell, string expected) => AssertReads("comments", cell, JsonConvert.ToString(expected));

    [Fact]
    public void A_thing_without_a_text_of_its_own_is_refused()
    {
        AssertRefuses("comments", new Hashtable { ["a"] = 1 });
        AssertRefuses("comments", (string[])["a", "b"]);
        AssertRefuses("comments", new object());
        AssertRefuses("comments", null);
    }

    [Fact]
    public void A_time_becomes_text_that_can_be_read_back() =>
        AssertReads("comments", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "\"2026-01-02T03:04:05.0000000Z\"");

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData("\t\r\n\u00A0\u200B\uFEFF", true)]
    [InlineData("x", false)]
    [InlineData("\u00E9", false)]
    [InlineData(0, false)]
    [InlineData(false, false)]
    public void What_shows_nothing_is_empty(object? cell, bool empty) => Assert.Equal(empty, CellParser.IsEmpty(cell));

    [Theory]
    [InlineData("[\"1800\",\"\\uFFFD\"]", "U+FFFD")]
    [InlineData("[\"1800\",\"a\uFFFDb\"]", "U+FFFD")]
    [InlineData("[\"\\uD800\"]", "U+FFFD")]
    [InlineData("[\"1.5551E+10\"]", "a spreadsheet shortened")]
    [InlineData("[\"#N/A\"]", "spreadsheet error")]
    [InlineData("1800;1\0", "U+0000")]
    public void What_was_damaged_is_refused_in_lists_too(string cell, string cause)
    {
        var reading = CellParser.Read(AccessControlRule.Descriptor["entries"], cell, ";");

        Assert.Null(reading.Value);
        Assert.Contains(cause, reading.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"18\\u200B00\"]")]
    [InlineData("[\"1800\u00A0\"]")]
    public void Hidden_characters_of_a_json_array_are_named(string cell) =>
        Assert.Contains("U+", CellParser.Read(AccessControlRule.Descriptor["entries"], cell, ";").Hidden, StringComparison.Ordinal);

    [Fact]
    public void Damaged_items_of_a_typed_list_are_refused() =>
        Assert.Contains("U+FFFD", CellParser.Read(AccessControlRule.Descriptor["entries"], new object[] { "1800", "a\uFFFD" }, ";").Cause, StringComparison.Ordinal);

    private static void AssertReads(string field, object cell, string json) => AssertReads(ImpersonationRegistryEntry.Descriptor[field], cell, json);

    private static void AssertReads(FieldDescriptor field, object cell, string json)
    {
        Assert.True(CellParser.TryParse(field, cell, CellParser.DefaultListSeparator, out var value));
        Assert.Equal(json, value.ToString(Formatting.None));
    }

    private static void AssertRefuses(string field, object? cell) => AssertRefuses(ImpersonationRegistryEntry.Descriptor[field], cell);

    private static void AssertRefuses(FieldDescriptor field, object? cell)
    {
        Assert.False(CellParser.TryParse(field, cell, CellParser.DefaultListSeparator, out var value));
        Assert.Equal(JTokenType.Null, value.Type);
    }
}
