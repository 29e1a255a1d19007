using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Newtonsoft.Json;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A secret never leaves the authentication headers, whatever a server sends back.</summary>
public sealed class RedactionTests
{
    private const string Token = "s3cr3t-T0ken-of-4dmin";

    /// <summary>Answers that give the token back, one way each.</summary>
    public static TheoryData<string> Echoes => new(
        $$"""{"success":false,"errors":[{"code":1000,"message":"Bad header Authorization: Bearer {{Token}}"}]}""",
        $$"""{"success":false,"errors":[{"code":"{{Token}}","message":"x"}]}""",
        $$"""{"success":false,"errors":[{"code":1000,"message":"x","source":{"pointer":"/{{Token}}"} } ]}""",
        $$"""{"success":false,"errors":[{"code":1000,"message":"x","documentation_url":"https://example.com/?token={{Token}}"}]}""",
        $$"""{"success":false,"errors":{"{{Token}}":"{{Token}}"} }""",
        $$"""{"success":false,"errors":"{{Token}}"}""",
        $"<html>{Token}</html>",
        $$"""{"success":false,"errors":[{"code":1000,"message":"x","error_chain":[{"code":1,"message":"{{Token}}"}]}]}""");

    /// <summary>Messages that give the token back in another form, one each.</summary>
    public static TheoryData<string> TransformedEchoes => new(
        Convert.ToBase64String(Encoding.UTF8.GetBytes("Bearer " + Token)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("admin@example.com:" + Token)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Token)),
        string.Concat(Token.Select(character => $"%{(int)character:X2}")),
        string.Concat(Token.Select(character => $"&#{(int)character};")),
        string.Concat(Token.Select(character => $"\\\\u{(int)character:x4}")),
        string.Concat(Token.Select(character => $"\\u{(int)character:x4}")),
        Token[..11] + "\\n" + Token[11..],
        Token.ToUpperInvariant(),
        Token[4..13]);

    [Theory]
    [MemberData(nameof(TransformedEchoes))]
    public async Task A_body_that_repeats_the_token_in_another_form_does_not_get_it_shown(string written)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(
            400, $$"""{"success":false,"errors":[{"code":1000,"message":"Bad header {{written}}"},{"code":1001,"message":"Harmless."}]}""", $"cf-ray: {Token[3..14]}"));

        var run = await RunAsync(stub, Connections.ToCloudflare);

        AssertSilent(run);
        Assert.DoesNotContain(written, run.Everything);
        Assert.DoesNotContain(Token[3..14], run.Everything);
        Assert.Contains(Redactor.Mask, run.Error.ApiErrors[0].Message);
        Assert.Equal("Harmless.", run.Error.ApiErrors[1].Message);
        Assert.Contains("400 Stub", run.Error.Message);
    }

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task A_body_that_repeats_the_token_does_not_get_it_shown(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(400, body));

        AssertSilent(await RunAsync(stub, Connections.ToCloudflare));
        AssertSilent(await RunAsync(stub, Connections.ToCarrierX));
        Assert.All(stub.Requests, request => Assert.Equal("Bearer " + Token, request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_reason_phrase_that_repeats_the_token_does_not_get_it_shown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Of($"400 Bad Token {Token}", "application/json", "{}"));

        AssertSilent(await RunAsync(stub, Connections.ToCloudflare));
    }

    [Fact]
    public async Task Headers_that_repeat_the_token_do_not_get_it_shown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(
            400, "{}", $"cf-ray: {Token}", $"X-Echo: {Token}", $"Content-Language: {Token}", $"Date: {Token}", $"Location: http://x/{Token}"));

        AssertSilent(await RunAsync(stub, Connections.ToCloudflare));
    }

    [Fact]
    public async Task A_media_type_that_repeats_the_token_does_not_get_it_shown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Of("200 OK", "text/" + Token, "x"));

        AssertSilent(await RunAsync(stub, Connections.ToCloudflare));
    }

    [Fact]
    public async Task An_answer_too_broken_to_read_does_not_get_the_token_shown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Raw($"HTTP/1.1 200 OK\r\nAuthorization Bearer {Token}\r\n\r\n"));

        AssertSilent(await RunAsync(stub, Connections.ToCloudflare));
    }

    [Fact]
    public async Task A_token_across_the_cut_of_a_long_body_is_not_half_shown()
    {
        for (var before = 4096 - Token.Length - 12; before <= 4096; before++)
        {
            var body = new string('.', before) + Token + new string('.', 200);
            await using var stub = StubServer.Start(_ => StubAnswer.Of("400 Bad", "text/plain", body));

            var shown = string.Concat((await RunAsync(stub, Connections.ToCloudflare)).Observer.Exchanges);
            Assert.DoesNotContain(Token[..8], shown);
        }
    }

    [Fact]
    public async Task A_long_body_is_cut_and_its_length_told()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Of("400 Bad", "text/plain", new string('é', 50_000)));

        var exchange = Assert.Single((await RunAsync(stub, Connections.ToCloudflare)).Observer.Exchanges);

        Assert.InRange(exchange.Length, 1000, 6000);
        Assert.Contains("100,000 bytes", exchange);
    }

    [Fact]
    public async Task The_text_of_an_exchange_masks_every_header_that_is_not_known_to_be_harmless()
    {
        await using var stage = await Stage.StartAsync();

        await stage.CommentAsync(2, "Reviewed");

        var exchange = Assert.Single(stage.Observer.Exchanges);
        Assert.Contains("PATCH " + stage.Sandbox.CloudflareUri + "/accounts/", exchange);
        Assert.Contains("Authorization: ********", exchange);
        Assert.Contains("""{"comments":"Reviewed"}""", exchange);
        Assert.Contains("200 OK", exchange);
        Assert.Contains("Ratelimit: \"default\";r=", exchange);
        Assert.DoesNotContain(SandboxDefaults.CloudflareToken, exchange);
    }

    [Fact]
    public async Task The_global_key_is_masked_and_so_is_its_address()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(400, """{"success":false,"errors":[{"code":6003,"message":"Key 0123456789abcdef0123456789abcdef01234 is bad"}]}"""));
        var credential = new GlobalKeyCredential("admin@example.com", new Secret("0123456789abcdef0123456789abcdef01234"), "parameter -ApiKey");

        var run = await RunAsync(stub, (uri, _, _, timeout, retry) => Connections.ToCloudflare(uri, null, credential, timeout, retry));

        Assert.DoesNotContain("0123456789abcdef", run.Everything);
        Assert.Contains("X-Auth-Key: ********", run.Observer.Exchanges[0]);
        Assert.Contains("Key ******** is bad", run.Error.Message);
        Assert.Equal("global API key from parameter -ApiKey", credential.ToString());
    }

    [Fact]
    public async Task A_row_that_holds_the_token_by_mistake_is_sent_but_not_shown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(400, $$"""{"success":false,"errors":[{"code":1,"message":"'{{Token}}' is no comment"}]}"""));

        var run = await RunAsync(stub, Connections.ToCloudflare, comments: Token);

        Assert.Equal($$"""{"comments":"{{Token}}"}""", stub.Requests[0].Body);
        AssertSilent(run);
    }

    [Fact]
    public void A_credential_prints_its_kind_and_source_alone()
    {
        var bearer = new BearerCredential(new Secret(Token), "API token", "environment variable CLOUDFLARE_API_TOKEN");

        Assert.Equal("API token from environment variable CLOUDFLARE_API_TOKEN", bearer.ToString());
        Assert.Equal("********", new Secret(Token).ToString());
        Assert.DoesNotContain(Token, JsonConvert.SerializeObject(new object[] { bearer, new Secret(Token) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("s3cr3t\n")]
    [InlineData("s3cr3t\r\nX-Evil: 1")]
    [InlineData("s3cr3té")]
    [InlineData("s3cr3t\t")]
    [InlineData("s3cr3t\u200b")]
    public void A_text_that_can_be_no_credential_is_refused_without_repeating_it(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => new Secret(text));

        Assert.DoesNotContain("s3cr3t", error.ToString());
    }

    private static void AssertSilent(Run run)
    {
        Assert.DoesNotContain(Token, run.Everything);
        Assert.NotEmpty(run.Observer.Attempts);
    }

    private static async Task<Run> RunAsync(
        StubServer stub, Func<Uri, IClock?, Credential?, TimeSpan?, RetryPolicy?, ApiConnection> open, string comments = "x")
    {
        using var connection = open(stub.BaseUri, null, Connections.Bearer(Token), null, new RetryPolicy(1, seed: 1));
        var observer = new RecordingObserver();
        var request = new ApiRequest(ApiRequest.Patch, RequestPath.Of("things", "1")) { Body = Patch.Entry(("comments", comments)).ToUtf8() };
        var error = await Assert.ThrowsAsync<AclException>(() => connection.SendAsync(request, observer, Stage.Cancel));
        return new Run(error, observer);
    }

    private sealed record Run(AclException Error, RecordingObserver Observer)
    {
        /// <summary>Everything that anybody is shown.</summary>
        public string Everything => string.Join('\n', Parts());

        private IEnumerable<string> Parts() => Observer.Exchanges
            .Concat(Observer.Attempts.Select(attempt => attempt.ToString()))
            .Concat(Observer.Waits.Select(wait => wait.Reason))
            .Concat(Error.ApiErrors.Concat(Error.ApiErrors.SelectMany(error => error.Chain)).SelectMany(error => (string?[])[error.ToString(), error.Code, error.Message, error.Pointer, error.DocumentationUrl]).OfType<string>())
            .Append(Error.ToString())
            .Append(Error.RecommendedAction ?? "")
            .Append(Error.RequestId ?? "");
    }
}
