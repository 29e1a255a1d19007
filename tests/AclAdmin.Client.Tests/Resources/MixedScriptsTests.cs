using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

public sealed class MixedScriptsTests
{
    [Theory]
    [InlineData("p\u0430ypal.example", "U+0430", "Cyrillic")]
    [InlineData("Jo\u04BBn", "U+04BB", "Cyrillic")]
    [InlineData("b\u03BFb", "U+03BF", "Greek")]
    [InlineData("\u0585ffice", "U+0585", "Armenian")]
    [InlineData("\u13AAEO", "U+13AA", "Cherokee")]
    public void A_pattern_with_a_letter_of_another_alphabet_in_a_Latin_word_causes_a_warning(string pattern, string letter, string alphabet)
    {
        Assert.Contains($"contains {letter}, a {alphabet} letter among Latin ones", WarningOf(pattern));
    }

    [Theory]
    [InlineData("\u043F\u0440\u0438\u043C\u0435\u0440.com")]
    [InlineData("m\u00FCller.example")]
    [InlineData("\u30BD\u30CB\u30FCsony.example")]
    [InlineData("\u03B1-test.example")]
    public void Words_of_one_alphabet_cause_none(string pattern)
    {
        Assert.Null(WarningOf(pattern));
    }

    private static string? WarningOf(string pattern)
    {
        var patch = new FieldPatch();
        patch.Set(EmailTrustedDomain.Descriptor["pattern"], pattern);
        return EmailTrustedDomain.Descriptor.GetWarning(patch);
    }
}
