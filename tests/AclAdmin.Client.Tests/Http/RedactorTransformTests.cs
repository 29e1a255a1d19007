using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A secret that a service transformed, or shows in pieces, is not shown either; ordinary texts stay as they are.</summary>
public sealed class RedactorTransformTests
{
    private const string Secret = "Zq7-Xk2_mWp9vLr4TnBh";
    private const string KeyOfAnAccount = "c2547eb745079dac9320b638f5e225cf483cc";

    /// <summary>Each way of writing the secret, by name.</summary>
    private static readonly Dictionary<string, Func<string, string>> Transformations = new()
    {
        ["as it is"] = text => text,
        ["in base64"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        ["in base64 with one character in front"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes("a" + text)),
        ["in base64 with two characters in front"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes("ab" + text)),
        ["in base64 as basic credentials"] = text => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("admin@example.com:" + text)),
        ["in base64 of three lengths of address"] = text => string.Join(' ', new[] { "a@b.cd:", "aa@b.cd:", "aaa@b.cd:" }
            .Select(address => Convert.ToBase64String(Encoding.UTF8.GetBytes(address + text)))),
        ["in base64 for addresses"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text + "??>>")).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["in base64 over lines"] = text => string.Join("\r\n", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Chunk(5).Select(piece => new string(piece))),
        ["in small hexadecimal digits"] = text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        ["in large hexadecimal digits"] = text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        ["in hexadecimal digits in pairs"] = text => string.Join(':', Encoding.UTF8.GetBytes(text).Select(value => value.ToString("x2", null))),
        ["with every character percent-encoded"] = text => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"%{value:X2}")),
        ["with every second character percent-encoded"] = text => string.Concat(text.Select((character, index) => index % 2 == 0 ? $"%{(int)character:x2}" : $"{character}")),
        ["percent-encoded twice"] = text => string.Concat(text.Select(character => $"%25{(int)character:x2}")),
        ["with every character an HTML number"] = text => string.Concat(text.Select(character => $"&#{(int)character};")),
        ["with every character a hexadecimal HTML number"] = text => string.Concat(text.Select(character => $"&#x{(int)character:X};")),
        ["with named HTML marks"] = text => text.Replace("-", "&hyphen;", StringComparison.Ordinal).Replace("_", "&lowbar;", StringComparison.Ordinal),
        ["HTML-escaped twice"] = text => WebUtility.HtmlEncode(string.Concat(text.Select(character => $"&#{(int)character};"))),
        ["with every character JSON-escaped"] = text => string.Concat(text.Select(character => $"\\u{(int)character:x4}")),
        ["with every character escaped as in a program"] = text => string.Concat(text.Select(character => $"\\x{(int)character:x2}")),
        ["with a backslash before every sign"] = text => string.Concat(text.Select(character => char.IsLetterOrDigit(character) ? $"{character}" : $"\\{character}")),
        ["over two lines"] = text => text[..10] + "\n    " + text[10..],
        ["over two lines of a JSON text"] = text => text[..9] + "\\n" + text[9..],
        ["in spaced letters"] = text => string.Join(' ', text.AsEnumerable()),
        ["in capital letters"] = text => text.ToUpperInvariant(),
        ["in small letters"] = text => text.ToLowerInvariant(),
        ["without its signs"] = text => text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
        ["with zero-width characters"] = text => string.Join('\u200b', text.AsEnumerable()),
    };

    public static TheoryData<string> Names => new(Transformations.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_secret_is_masked(string how)
    {
        foreach (var secret in (string[])[Secret, KeyOfAnAccount, "6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13"])
        {
            var written = Transformations[how](secret);
            var redactor = new Redactor(() => ["another-unrelated-secret-1", secret]);

            var shown = redactor.Redact($"The service refused {written} for once.");

            Assert.DoesNotContain(written, shown);
            Assert.Contains(Redactor.Mask, shown);
            Assert.False(new SecretTracesProbe(secret).IsIn(shown), shown);
        }
    }

    [Fact]
    public void Every_piece_of_eight_characters_is_masked()
    {
        foreach (var secret in (string[])[Secret, KeyOfAnAccount, "6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13", "12345678"])
        {
            var redactor = new Redactor(() => [secret]);
            for (var start = 0; start + 8 <= secret.Length; start++)
            {
                var shown = redactor.Redact($"It ended in '{secret.Substring(start, 8)}'.");
                Assert.True(shown == Redactor.Mask || secret.Length == 8, shown);
                Assert.DoesNotContain(secret.Substring(start, 8), shown);
            }
        }
    }

    [Fact]
    public void A_text_with_a_piece_is_masked_whole_and_one_with_the_secret_as_it_is_keeps_the_rest()
    {
        var redactor = new Redactor(() => [Secret]);

        Assert.Equal("a ******** b", redactor.Redact($"a {Secret} b"));
        Assert.Equal(Redactor.Mask, redactor.Redact($"a {Secret} b {Secret[3..15]} c"));
    }

    [Theory]
    [InlineData("PATCH accounts/023e105f4ecef8ad9ca31a8372d0c353/email-security/settings/impersonation_registry/f174e90a-fafe-4643-bbbc-4a0ed4fc8415 on Cloudflare failed: 400 Bad Request: 1005 name must have at most 1024 characters at /name. Request id 8a3f0000000012ab-SBX.")]
    [InlineData("""{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}""")]
    [InlineData("The user name or the password of Cloudflare or CarrierX is not valid: Authorization, credentials, permissions & <b>\\u0041%41</b>.")]
    [InlineData("aGVsbG8gd29ybGQsIHRoaXMgaXMgbm90IGEgc2VjcmV0IGF0IGFsbA==")]
    [InlineData("100 % of 100 %, C:\\new\\u00, &#; &; &#x; &#65 % \\")]
    public void An_ordinary_text_stays_as_it_is(string text)
    {
        var redactor = new Redactor(() => [Secret, KeyOfAnAccount, "sandbox-cloudflare-token", "my-cloudflare-password", "x7"]);

        Assert.Equal(text, redactor.Redact(text));
    }

    [Fact]
    public void A_transformed_secret_across_the_cut_of_a_long_text_is_not_shown_in_part()
    {
        var written = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret));
        var redactor = new Redactor(() => [Secret]);
        for (var before = 60; before <= 100; before++)
        {
            Assert.DoesNotContain(written[..16], redactor.Redact(new string('.', before) + written + new string('.', 5000), 100));
        }
    }

    /// <summary>Looks for what is left of a secret in another way than the code under test does.</summary>
    private sealed class SecretTracesProbe(string secret)
    {
        private readonly string _plain = Letters(secret);

        public bool IsIn(string text)
        {
            var letters = Letters(WebUtility.HtmlDecode(Uri.UnescapeDataString(text)));
            return Enumerable.Range(0, _plain.Length - 7).Any(start => letters.Contains(_plain.Substring(start, 8), StringComparison.Ordinal));
        }

        private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
    }
}
