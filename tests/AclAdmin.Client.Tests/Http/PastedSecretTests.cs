using System;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A token is accepted as people paste it, and anything that can be none is refused without being repeated.</summary>
public sealed class PastedSecretTests
{
    [Theory]
    [InlineData("s3cr3t-t0ken")]
    [InlineData("Bearer s3cr3t-t0ken")]
    [InlineData("bearer s3cr3t-t0ken")]
    [InlineData("BEARER   s3cr3t-t0ken")]
    [InlineData("  Bearer\ts3cr3t-t0ken  ")]
    [InlineData("Authorization: Bearer s3cr3t-t0ken\r\n")]
    [InlineData("authorization:bearer s3cr3t-t0ken")]
    [InlineData("Bearer: s3cr3t-t0ken")]
    [InlineData("\r\n s3cr3t-t0ken\n")]
    public async Task What_is_pasted_around_a_token_is_no_part_of_it(string pasted) => Assert.Equal("Bearer s3cr3t-t0ken", await SendAsync(pasted));

    [Theory]
    [InlineData("Bearers3cr3t")]
    [InlineData("bearer-s3cr3t")]
    public async Task A_token_that_starts_like_the_scheme_stays_whole(string token) => Assert.Equal("Bearer " + token, await SendAsync(token));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Bearer")]
    [InlineData("Bearer  ")]
    [InlineData("Authorization: Bearer")]
    [InlineData("s3cr3t t0ken")]
    [InlineData("Bearer s3cr3t t0ken")]
    [InlineData("Bearer Bearer s3cr3t")]
    [InlineData("s3cr3t\nX-Evil: 1")]
    [InlineData("s3cr3t\0")]
    [InlineData("s3cr3t\u007f")]
    [InlineData("s3cr3t\u200b")]
    [InlineData("\ufeffs3cr3t")]
    public void A_text_that_can_be_no_token_is_refused_without_being_repeated(string pasted)
    {
        var error = Assert.Throws<ArgumentException>(() => Secret.FromPasted(pasted));

        Assert.DoesNotContain("s3cr3t", error.ToString());
        Assert.Matches("empty|space|line break", error.Message);
    }

    /// <summary>What is sent for a token.</summary>
    private static async Task<string> SendAsync(string pasted)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, "{}"));
        using var connection = Connections.ToCarrierX(stub.BaseUri, credential: new BearerCredential(Secret.FromPasted(pasted), "access token", "test"));
        await connection.SendAsync(new ApiRequest(HttpMethod.Get, RequestPath.Of("x")), SilentObserver.Instance, Stage.Cancel);
        return Assert.Single(stub.Requests).Headers["Authorization"];
    }
}
