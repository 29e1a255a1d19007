using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>Automation connects by its environment, without a word.</summary>
public sealed class EnvironmentConnectionsTests
{
    [Fact]
    public void Without_variables_there_is_no_connection()
    {
        Assert.Null(Find(CloudflareService.Instance));
        Assert.Null(Find(CarrierXService.Instance));
        Assert.Null(Find(CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", ""), ("CLOUDFLARE_ACCOUNT_ID", "a")));
        Assert.Null(Find(CloudflareService.Instance, ("CLOUDFLARE_API_KEY", "key-alone")));
        Assert.Null(Find(CloudflareService.Instance, ("CLOUDFLARE_EMAIL", "alone@example.com")));
        Assert.Null(Find(CloudflareService.Instance, ("CARRIERX_ACCESS_TOKEN", "of-the-other")));
    }

    [Fact]
    public void A_token_makes_a_connection_that_says_where_it_came_from()
    {
        var connection = Find(CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", "environment-token"), ("CLOUDFLARE_ACCOUNT_ID", "account-1"))!;

        Assert.Equal(("environment", "account-1"), (connection.Name, connection.AccountId));
        Assert.Equal("https://api.cloudflare.com/client/v4/", connection.BaseUri.AbsoluteUri);
        Assert.Equal("API token from environment variable CLOUDFLARE_API_TOKEN", connection.Credential.ToString());
    }

    [Fact]
    public async Task A_pasted_scheme_is_no_part_of_the_token()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, "{}"));
        var connection = Find(CarrierXService.Instance, ("CARRIERX_ACCESS_TOKEN", " bearer pasted-token\n"), ("CARRIERX_BASE_URL", stub.BaseUri.AbsoluteUri))!;

        await connection.SendAsync(new ApiRequest(System.Net.Http.HttpMethod.Get, RequestPath.Of("x")), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal("Bearer pasted-token", stub.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public void Carrierx_has_variables_of_its_own()
    {
        var connection = Find(
            CarrierXService.Instance, ("CARRIERX_ACCESS_TOKEN", "environment-token"), ("CARRIERX_BASE_URL", "https://example.com/core"), ("CLOUDFLARE_ACCOUNT_ID", "a"))!;

        Assert.Equal("https://example.com/core/", connection.BaseUri.AbsoluteUri);
        Assert.Null(connection.AccountId);
        Assert.Equal("access token from environment variable CARRIERX_ACCESS_TOKEN", connection.Credential.ToString());
    }

    [Fact]
    public void A_token_wins_over_a_key_and_a_key_needs_its_address()
    {
        var token = Find(
            CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", "t-1"), ("CLOUDFLARE_API_KEY", "k-1"), ("CLOUDFLARE_EMAIL", "admin@example.com"))!;
        var key = Find(CloudflareService.Instance, ("CLOUDFLARE_API_KEY", "k-1"), ("CLOUDFLARE_EMAIL", "admin@example.com"))!;

        Assert.IsType<BearerCredential>(token.Credential);
        Assert.Equal("admin@example.com", Assert.IsType<GlobalKeyCredential>(key.Credential).Email);
        Assert.Contains("CLOUDFLARE_API_KEY", key.Credential.Source);
    }

    [Fact]
    public void The_same_variables_are_the_same_connection_and_others_another()
    {
        var first = Find(CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", "same"), ("CLOUDFLARE_ACCOUNT_ID", "a"));

        Assert.Same(first, Find(CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", "same"), ("CLOUDFLARE_ACCOUNT_ID", "a")));
        Assert.NotSame(first, Find(CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", "other"), ("CLOUDFLARE_ACCOUNT_ID", "a")));
        Assert.NotSame(first, Find(CloudflareService.Instance, ("CLOUDFLARE_API_TOKEN", "same"), ("CLOUDFLARE_ACCOUNT_ID", "b")));
        Assert.NotSame(first, Find(CarrierXService.Instance, ("CARRIERX_ACCESS_TOKEN", "same")));
    }

    [Theory]
    [InlineData("CLOUDFLARE_API_TOKEN", "t0p-s3cret\nsecond line")]
    [InlineData("CLOUDFLARE_API_TOKEN", "t0p-s3cret é")]
    [InlineData("CLOUDFLARE_API_TOKEN", " ")]
    [InlineData("CLOUDFLARE_BASE_URL", "t0p-s3cret")]
    [InlineData("CLOUDFLARE_BASE_URL", "http://t0p-s3cret.example.com/")]
    [InlineData("CLOUDFLARE_BASE_URL", "https://user:t0p-s3cret@example.com/")]
    [InlineData("CLOUDFLARE_BASE_URL", "https://t0p-s3cret:notaport/")]
    public void A_variable_that_cannot_be_used_is_told_without_its_value(string name, string value)
    {
        var variables = new Dictionary<string, string?> { ["CLOUDFLARE_API_TOKEN"] = "fine", [name] = value };

        var error = Assert.Throws<AclException>(() => EnvironmentConnections.Find(CloudflareService.Instance, variables.GetValueOrDefault));

        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
        Assert.DoesNotContain("t0p-s3cret", error.ToString() + error.RecommendedAction);
    }

    [Theory]
    [InlineData("admin@example.com\n")]
    [InlineData("admin@example.com\r\nX-Evil: 1")]
    [InlineData("zoë@example.com")]
    public void An_address_that_can_stand_in_no_header_is_told_before_anything_is_sent(string email) =>
        Assert.Equal(ErrorKind.ValidationFailed, Assert.Throws<AclException>(
            () => Find(CloudflareService.Instance, ("CLOUDFLARE_API_KEY", "k-2"), ("CLOUDFLARE_EMAIL", email))).Kind);

    [Fact]
    public async Task A_connection_of_the_environment_works()
    {
        await using var stage = await Stage.StartAsync();
        var connection = Find(
            CloudflareService.Instance,
            ("CLOUDFLARE_API_TOKEN", SandboxDefaults.CloudflareToken),
            ("CLOUDFLARE_ACCOUNT_ID", SandboxDefaults.AccountId),
            ("CLOUDFLARE_BASE_URL", stage.Sandbox.CloudflareUri.AbsoluteUri))!;

        var entry = await ImpersonationRegistryDefinition.Instance.OpenClient(connection, connection.AccountId!).GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel);

        Assert.Equal("Finance Team", entry.Name);
    }

    private static ApiConnection? Find(ServiceProfile service, params (string Name, string Value)[] variables) =>
        EnvironmentConnections.Find(service, name => Array.Find(variables, variable => variable.Name == name).Value);
}
