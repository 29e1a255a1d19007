using Xunit;

namespace AclAdmin.Client.Tests;

/// <summary>What comes from outside is shown on one line, cut, and without anything invisible in it.</summary>
public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("a\u001b[31mb", "a[U+001B][31mb")]
    [InlineData("a\r\nb\tc", "a\\r\\nb\\tc")]
    [InlineData("a\u0000\u0085b", "a[U+0000][U+0085]b")]
    [InlineData("a\u202Eb\u2066c", "a[U+202E]b[U+2066]c")]
    [InlineData("a\u200Bb\uFEFFc\u00ADd", "a[U+200B]b[U+FEFF]c[U+00AD]d")]
    [InlineData("a\u2028b\u2029", "a[U+2028]b[U+2029]")]
    [InlineData("a\u3164b", "a[U+3164]b")]
    public void What_cannot_be_seen_becomes_an_escape(string text, string shown) => Assert.Equal(shown, DisplayText.Of(text));

    [Fact]
    public void Half_a_pair_becomes_an_escape_and_a_whole_one_stays()
    {
        Assert.Equal("a[U+D83D]", DisplayText.Of("a\uD83D"));
        Assert.Equal("[U+DE00]\U0001F600", DisplayText.Of("\uDE00\U0001F600"));
        Assert.Equal("a[U+E0041]", DisplayText.Of("a\U000E0041"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 你好, Привет, \U0001F600; cafe\u0301")]
    public void What_can_be_seen_stays_as_it_is(string text) => Assert.Equal(text, DisplayText.Of(text));

    [Fact]
    public void Nothing_is_empty() => Assert.Equal("", DisplayText.Of(null));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcde\n", 6, "abcde…")]
    [InlineData("abcd\U0001F600x", 6, "abcd…")]
    [InlineData("abcd\U0001F600", 6, "abcd\U0001F600")]
    public void A_long_text_is_cut_between_characters(string text, int length, string shown) => Assert.Equal(shown, DisplayText.Of(text, length));
}
