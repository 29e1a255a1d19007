using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A connection is tried with reads alone, and what is told of it is what the service said.</summary>
public sealed class ConnectionTestTests
{
    private const string UserVerify = "/client/v4/user/tokens/verify";
    private const string AccountVerify = "/client/v4/accounts/" + SandboxDefaults.AccountId + "/tokens/verify";

    [Fact]
    public async Task A_users_token_is_verified_and_one_entry_read()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Open(stage);

        var result = await RunAsync(connection);

        Assert.Equal([("GET", UserVerify, ""), ("GET", Stage.RegistryPath, "page=1&per_page=1")], Lines(stage));
        Assert.Equal(("active", true, null, null), (result.CredentialStatus, result.CanRead, result.ExpiresOn, result.Failure));
        Assert.True(result.IsVerified);
        Assert.Empty(result.Scopes);
    }

    [Fact]
    public async Task A_token_that_is_no_users_is_verified_as_the_accounts()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 401, Match = new FaultMatch { PathContains = "/user/" } });
        using var connection = Open(stage);

        var result = await RunAsync(connection);

        Assert.Equal([UserVerify, AccountVerify, Stage.RegistryPath], stage.Requests.Select(request => request.Path));
        Assert.Equal(("active", true, null), (result.CredentialStatus, result.CanRead, result.Failure));
    }

    [Fact]
    public async Task The_day_on_which_a_token_ends_is_told_in_utc()
    {
        await using var stub = StubServer.Start(request => StubAnswer.Json(200, request.Target.EndsWith("verify", StringComparison.Ordinal)
            ? """{"success":true,"result":{"status":"active","expires_on":"2027-01-01T02:00:00+02:00"} }"""
            : """{"success":true,"result":[]}"""));
        using var connection = Open(stub.BaseUri, "t");

        var result = await RunAsync(connection);

        Assert.Equal(new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), result.ExpiresOn);
        Assert.Equal(DateTimeKind.Utc, result.ExpiresOn!.Value.Kind);
        Assert.True(result.CanRead);
    }

    [Fact]
    public async Task A_token_that_nobody_knows_is_refused_after_both_ways()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Open(stage.Sandbox.CloudflareUri, "mistyped");

        var result = await RunAsync(connection);

        Assert.Equal([UserVerify, AccountVerify], stage.Requests.Select(request => request.Path));
        Assert.Equal(("refused", false, ErrorKind.AuthenticationFailed), (result.CredentialStatus, result.CanRead, result.Failure!.Kind));
    }

    [Fact]
    public async Task A_good_token_that_may_not_read_is_active_with_what_it_lacks()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 403, Match = new FaultMatch { PathContains = "/impersonation_registry" } });
        using var connection = Open(stage);

        var result = await RunAsync(connection);

        Assert.Equal(("active", false, ErrorKind.PermissionDenied), (result.CredentialStatus, result.CanRead, result.Failure!.Kind));
        Assert.Contains("Cloud Email Security: Read", result.Failure.RecommendedAction);
    }

    [Fact]
    public async Task A_good_token_without_any_permission_is_active_and_not_refused()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Open(stage.Sandbox.CloudflareUri, SandboxDefaults.CloudflareBareToken);

        var result = await RunAsync(connection);

        Assert.Equal(("active", true, false), (result.CredentialStatus, result.IsVerified, result.CanRead));
        Assert.Equal((ErrorKind.PermissionDenied, 403), (result.Failure!.Kind, result.Failure.StatusCode));
        Assert.Contains("verified the credential as active", result.Failure.Message);
        Assert.Contains("Cloud Email Security: Read", result.Failure.RecommendedAction);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(410)]
    [InlineData(501)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task Behind_a_gateway_without_verification_what_can_be_read_counts(int status)
    {
        await using var stub = StubServer.Start(request => request.Target.EndsWith("verify", StringComparison.Ordinal)
            ? StubAnswer.Of($"{status} Gateway", "text/html", "<html>nothing here</html>")
            : StubAnswer.Json(200, """{"success":true,"result":[]}"""));
        using var connection = Open(stub.BaseUri, "t0ken-of-somebody");

        var result = await RunAsync(connection);

        Assert.Equal(("accepted", false, true, null), (result.CredentialStatus, result.IsVerified, result.CanRead, result.Failure));
    }

    [Theory]
    [InlineData(403, 10000, "Authentication error", "unknown", ErrorKind.AuthenticationFailed)]
    [InlineData(403, 9109, "Invalid access token", "refused", ErrorKind.AuthenticationFailed)]
    [InlineData(401, 10000, "Authentication error", "refused", ErrorKind.AuthenticationFailed)]
    [InlineData(403, 9109, "Unauthorized to access requested resource", "accepted", ErrorKind.PermissionDenied)]
    [InlineData(404, 7003, "Could not route", "unknown", ErrorKind.NotFound)]
    public async Task Behind_a_gateway_without_verification_a_refused_read_shows_what_it_can(int status, int code, string message, string expected, ErrorKind kind)
    {
        await using var stub = StubServer.Start(request => request.Target.EndsWith("verify", StringComparison.Ordinal)
            ? StubAnswer.Json(404, "{}")
            : StubAnswer.Json(status, $$"""{"success":false,"errors":[{"code":{{code}},"message":"{{message}}"}]}"""));
        using var connection = Open(stub.BaseUri, "t0ken-of-somebody");

        var result = await RunAsync(connection);

        Assert.Equal((expected, false, false, kind), (result.CredentialStatus, result.IsVerified, result.CanRead, result.Failure!.Kind));
    }

    [Fact]
    public async Task A_token_that_only_the_users_way_refuses_is_read_with_where_the_other_way_is_missing()
    {
        await using var stub = StubServer.Start(request => request.Target.Contains("/user/", StringComparison.Ordinal) ? StubAnswer.Json(401, "{}")
            : request.Target.EndsWith("verify", StringComparison.Ordinal) ? StubAnswer.Json(405, "{}")
            : StubAnswer.Json(200, """{"success":true,"result":[]}"""));
        using var connection = Open(stub.BaseUri, "t0ken-of-somebody");

        var result = await RunAsync(connection);

        Assert.Equal(("accepted", false, true), (result.CredentialStatus, result.IsVerified, result.CanRead));
    }

    [Fact]
    public async Task Without_an_account_the_token_is_verified_and_what_is_missing_told()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri);

        var result = await RunAsync(connection);

        Assert.Equal(UserVerify, stage.OnlyRequest.Path);
        Assert.Equal(("active", false, ErrorKind.ValidationFailed), (result.CredentialStatus, result.CanRead, result.Failure!.Kind));
        Assert.Contains("-AccountId", result.Failure.RecommendedAction);
    }

    [Fact]
    public async Task Without_an_account_a_token_that_is_no_users_is_refused_after_one_way()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, credential: Connections.Bearer("mistyped"));

        Assert.Equal("refused", (await RunAsync(connection)).CredentialStatus);
        Assert.Equal(UserVerify, stage.OnlyRequest.Path);
    }

    [Fact]
    public async Task A_global_key_has_nothing_to_verify_and_is_accepted_where_it_reads()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Open(
            stage.Sandbox.CloudflareUri, new GlobalKeyCredential(SandboxDefaults.CloudflareEmail, new Secret(SandboxDefaults.CloudflareKey), "test"));

        var result = await RunAsync(connection);

        Assert.Equal(Stage.RegistryPath, stage.OnlyRequest.Path);
        Assert.Equal(("accepted", true), (result.CredentialStatus, result.CanRead));
    }

    [Fact]
    public async Task At_carrierx_one_rule_is_read()
    {
        await using var stage = await Stage.StartAsync();

        var result = await RunAsync(stage.CarrierX);

        Assert.Equal([("GET", Stage.RulesPath, "limit=1&offset=0")], Lines(stage));
        Assert.Equal(("accepted", true, null), (result.CredentialStatus, result.CanRead, result.Failure));
        Assert.Empty(result.Scopes);
    }

    [Fact]
    public async Task A_token_that_was_got_with_a_password_tells_its_scopes()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Grants.Open(stage.Sandbox.CarrierXUri, stage.Clock);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);

        Assert.Equal(["accesscontrol.manage", "oauth.manage"], (await RunAsync(connection)).Scopes);
    }

    [Fact]
    public async Task A_carrierx_token_that_nobody_knows_is_refused()
    {
        await using var stage = await Stage.StartAsync();
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, credential: Connections.Bearer("mistyped"));

        var result = await RunAsync(connection);

        Assert.Equal(("refused", false, ErrorKind.AuthenticationFailed), (result.CredentialStatus, result.CanRead, result.Failure!.Kind));
        Assert.Empty(result.Scopes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_credential_that_reached_nobody_is_not_called_accepted(bool cloudflare)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Raw(""));
        using var connection = cloudflare ? Open(stub.BaseUri, "t") : Connections.ToCarrierX(stub.BaseUri);

        var result = await RunAsync(connection);

        Assert.Equal((false, ErrorKind.Unreachable), (result.CanRead, result.Failure!.Kind));
        Assert.NotEqual("accepted", result.CredentialStatus);
    }

    private static Task<ConnectionTestResult> RunAsync(ApiConnection connection) => ConnectionTest.RunAsync(connection, SilentObserver.Instance, Stage.Cancel);

    private static (string Method, string Path, string Query)[] Lines(Stage stage) =>
        stage.Requests.Select(request => (request.Method, request.Path, request.Query)).ToArray();

    private static ApiConnection Open(Stage stage) => Open(stage.Sandbox.CloudflareUri, SandboxDefaults.CloudflareToken);

    private static ApiConnection Open(Uri baseUri, string token) => Open(baseUri, Connections.Bearer(token));

    private static ApiConnection Open(Uri baseUri, Credential credential) => new("test", CloudflareService.Instance, credential, new ConnectionOptions
    {
        BaseUri = baseUri,
        AccountId = SandboxDefaults.AccountId,
        Clock = new ManualClock(),
        Retry = new RetryPolicy(seed: 1),
    });
}
