using System;
using System.Linq;
using Newtonsoft.Json;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>The one place that takes secrets out of texts finds them in every dress a server may give them.</summary>
public sealed class RedactorTests
{
    private const string Secret = "p+s/w=o\"r\\d&1<2>x";

    [Theory]
    [InlineData("cfk_0123456789abcdefghijABCDEFGHIJ0123456789abcdef12")]
    [InlineData("cfut_0123456789abcdefghijABCDEFGHIJ0123456789abcdef12")]
    [InlineData("cfat_0123456789abcdefghijABCDEFGHIJ0123456789-_cdef12")]
    [InlineData("CFUT_0123456789ABCDEF")]
    public void Cloudflares_own_shapes_are_masked_whoever_they_belong_to(string token)
    {
        var redactor = new Redactor(() => []);
        foreach (var around in (string[])["{0}", "token {0}.", "\"{0}\"", "a={0}&b=1", "({0})", "x:{0},"])
        {
            var text = string.Format(null, around, token);
            Assert.Equal(string.Format(null, around, Redactor.Mask), redactor.Redact(text));
        }
    }

    [Theory]
    [InlineData("cfut_short")]
    [InlineData("a cfk of mine")]
    [InlineData("Bearer of bad news")]
    [InlineData("nothing to see")]
    [InlineData("")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, new Redactor(() => []).Redact(text));

    [Theory]
    [InlineData("Authorization: Bearer 6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13", "Authorization: Bearer ********")]
    [InlineData("bearer abcdefgh.ijklmnop~qrst+uv/wx==", "bearer ********")]
    [InlineData("Bearer  0123456789", "Bearer  ********")]
    public void What_follows_bearer_is_masked_whoever_it_belongs_to(string text, string expected) =>
        Assert.Equal(expected, new Redactor(() => []).Redact(text));

    [Fact]
    public void A_secret_is_masked_wherever_it_stands_and_however_often()
    {
        var redactor = new Redactor(() => ["alpha-secret"]);

        Assert.Equal("a********b ******** ********", redactor.Redact("aalpha-secretb alpha-secret alpha-secret"));
    }

    [Fact]
    public void Secrets_are_asked_for_each_time_as_renewal_changes_them()
    {
        var secret = "first-secret";
        var redactor = new Redactor(() => [secret]);
        Assert.Equal("******** second-secret", redactor.Redact("first-secret second-secret"));

        secret = "second-secret";
        Assert.Equal("first-secret ********", redactor.Redact("first-secret second-secret"));
    }

    [Fact]
    public void A_secret_that_is_the_start_of_another_leaves_no_tail() =>
        Assert.Equal(Redactor.Mask, new Redactor(() => ["alpha", "alpha-and-omega"]).Redact("alpha-and-omega"));

    [Fact]
    public void An_empty_secret_masks_nothing() => Assert.Equal("text", new Redactor(() => [""]).Redact("text"));

    [Fact]
    public void A_secret_quoted_in_an_address_is_masked() => AssertMasked(Uri.EscapeDataString(Secret));

    [Fact]
    public void A_secret_quoted_in_an_address_in_small_letters_is_masked() => AssertMasked(LowerEscapes(Uri.EscapeDataString(Secret)));

    [Fact]
    public void A_secret_quoted_in_a_json_text_is_masked() => AssertMasked(JsonConvert.ToString(Secret)[1..^1]);

    [Fact]
    public void A_secret_quoted_in_a_json_text_with_escaped_slashes_is_masked() =>
        AssertMasked(JsonConvert.ToString(Secret)[1..^1].Replace("/", "\\/", StringComparison.Ordinal));

    [Fact]
    public void A_secret_quoted_in_a_json_text_for_web_pages_is_masked() =>
        AssertMasked(System.Text.Json.JsonEncodedText.Encode(Secret).ToString());

    [Fact]
    public void A_secret_quoted_in_a_web_page_is_masked() => AssertMasked(System.Net.WebUtility.HtmlEncode(Secret));

    private static void AssertMasked(string quoted)
    {
        Assert.NotEqual(Secret, quoted);
        Assert.Equal($"before {Redactor.Mask} after", new Redactor(() => [Secret]).Redact($"before {quoted} after"));
    }

    private static string LowerEscapes(string escaped) => string.Concat(escaped.Select((character, index) =>
        (index > 0 && escaped[index - 1] == '%') || (index > 1 && escaped[index - 2] == '%') ? char.ToLowerInvariant(character) : character));
}
