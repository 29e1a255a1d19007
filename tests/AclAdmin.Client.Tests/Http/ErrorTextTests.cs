using System;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>An error says what was asked, what came back, and what to do next.</summary>
public sealed class ErrorTextTests
{
    [Fact]
    public async Task A_refused_value_is_told_with_request_status_code_words_pointer_and_request_id()
    {
        await using var stage = await Stage.StartAsync();

        var error = await Assert.ThrowsAsync<AclException>(() => stage.Registry.PatchAsync(
            SandboxIds.Entry(1), Patch.Entry(("name", new string('x', 1025)), ("provenance", "NOWHERE")), stage.Observer, Stage.Cancel));

        Assert.Equal((ErrorKind.ValidationFailed, 400), (error.Kind, error.StatusCode));
        Assert.Equal(["/name", "/provenance"], error.ApiErrors.Select(item => item.Pointer));
        Assert.Equal(["1005", "1006"], error.ApiErrors.Select(item => item.Code));
        Assert.Contains("PATCH accounts/" + SandboxDefaults.AccountId, error.Message);
        Assert.Contains(SandboxIds.Entry(1), error.Message);
        Assert.Contains("Cloudflare", error.Message);
        Assert.Contains("400 Bad Request", error.Message);
        Assert.Contains("1005 name must have at most 1024 characters at /name; 1006 provenance must be one of", error.Message);
        Assert.NotNull(error.RequestId);
        Assert.EndsWith($"Request id {error.RequestId}.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Correct the value", error.RecommendedAction);
        Assert.DoesNotContain("times", error.Message);
    }

    [Fact]
    public async Task A_documentation_address_is_shown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(
            400, """{"success":false,"errors":[{"code":1001,"message":"No.","documentation_url":"https://example.com/1001","source":{"pointer":"/a/b"}}]}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account").GetAsync("entry", SilentObserver.Instance, Stage.Cancel));

        Assert.Contains("1001 No at /a/b (see https://example.com/1001).", error.Message);
        Assert.Equal("https://example.com/1001", error.ApiErrors[0].DocumentationUrl);
    }

    [Fact]
    public async Task What_the_service_writes_is_shown_on_one_line_without_anything_invisible()
    {
        var body = """{"success":false,"errors":[{"code":"1\u0007","message":"No.\u001b[2J\r\nAll good\u202e","source":{"pointer":"/a\u200bb"}}]}""";
        await using var stub = StubServer.Start(_ => StubAnswer.Json(400, body, "cf-ray: abc\u001b[1mdef"));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account").GetAsync("entry", SilentObserver.Instance, Stage.Cancel));

        Assert.Contains("1[U+0007] No.[U+001B][2J\\r\\nAll good[U+202E] at /a[U+200B]b", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, character => char.IsControl(character));
        Assert.Equal("/a[U+200B]b", error.ApiErrors[0].Pointer);
    }

    [Fact]
    public async Task Errors_without_end_are_cut()
    {
        var errors = string.Join(",", Enumerable.Repeat($$"""{"code":1001,"message":"{{new string('m', 5000)}}"}""", 100));
        await using var stub = StubServer.Start(_ => StubAnswer.Json(400, $$"""{"success":false,"errors":[{{errors}}]}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account").GetAsync("entry", SilentObserver.Instance, Stage.Cancel));

        Assert.InRange(error.Message.Length, 1000, 25_000);
        Assert.Contains("and 40 more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await using var stage = await Stage.StartAsync();
        using var reader = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, stage.Clock, Connections.Bearer(SandboxDefaults.CloudflareReadToken));
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(reader, SandboxDefaults.AccountId);
        await client.GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel);

        var error = await Assert.ThrowsAsync<AclException>(
            () => client.PatchAsync(SandboxIds.Entry(1), Patch.Entry(("comments", "x")), stage.Observer, Stage.Cancel));

        // The service's answer is the same for a bad credential, so both are named.
        Assert.Equal((ErrorKind.AuthenticationFailed, 403, 1), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("Cloud Email Security: Write", error.RecommendedAction);
    }

    [Fact]
    public async Task Reading_without_permission_names_the_one_for_reading()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(403, """{"success":false,"errors":[]}"""));
        using var cloudflare = Connections.ToCloudflare(stub.BaseUri);
        using var carrierX = Connections.ToCarrierX(stub.BaseUri);

        var entry = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(cloudflare, "account").GetAsync("entry", SilentObserver.Instance, Stage.Cancel));
        var rule = await Assert.ThrowsAsync<AclException>(() => new AccessControlRuleClient(carrierX).GetAsync("rule", SilentObserver.Instance, Stage.Cancel));
        var put = await Assert.ThrowsAsync<AclException>(
            () => new AccessControlRuleClient(carrierX).ReplaceAsync("rule", Patch.Rule(("name", "x")), SilentObserver.Instance, Stage.Cancel));

        Assert.Contains("Cloud Email Security: Read", entry.RecommendedAction);
        Assert.Contains("accesscontrol.read", rule.RecommendedAction);
        Assert.Contains("accesscontrol.update", put.RecommendedAction);
    }

    [Fact]
    public async Task An_unknown_id_a_synced_entry_and_a_read_only_rule_are_told_as_the_service_tells_them()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 10, Rules = 40, SyncedEvery = 10 });

        var unknown = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(4711, "x"));
        var synced = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(10, "x"));
        var locked = await Assert.ThrowsAsync<AclException>(
            () => stage.Rules.PatchAsync(SandboxIds.Rule(40), Patch.Rule(("name", "x")), stage.Observer, Stage.Cancel));

        Assert.Equal((ErrorKind.NotFound, 404), (unknown.Kind, unknown.StatusCode));
        Assert.Contains("Directory-synced entries can't be updated", synced.Message);
        Assert.Equal(ErrorKind.PermissionDenied, locked.Kind);
        Assert.Contains("read-only", locked.Message);
        Assert.Contains("CarrierX", locked.Message);
    }

    [Fact]
    public async Task A_bad_credential_is_told_by_kind_and_source()
    {
        await using var stage = await Stage.StartAsync();
        var credential = new GlobalKeyCredential("someone@example.com", new Secret("not-the-key-of-anyone"), "environment variables A and B");
        using var connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, stage.Clock, credential);

        var error = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(connection, SandboxDefaults.AccountId).GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel));

        Assert.Equal((ErrorKind.AuthenticationFailed, 403, 1), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("global API key", error.RecommendedAction);
        Assert.Contains("environment variables A and B", error.RecommendedAction);
        Assert.DoesNotContain("not-the-key-of-anyone", error + error.RecommendedAction);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_never_followed(int status)
    {
        await using var target = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true,"result":{"id":"e"}}"""));
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Redirect, Status = status, Location = target.BaseUri.AbsoluteUri });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(1, "x"));
        await Assert.ThrowsAsync<AclException>(() => stage.Registry.GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel));

        Assert.Empty(target.Requests);
        Assert.Equal((ErrorKind.UnexpectedResponse, status, 1), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("Redirects are not followed", error.RecommendedAction);
        Assert.Equal(2, stage.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unreachable()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var connection = Connections.ToCloudflare(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));

        var error = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account").GetAsync("entry", SilentObserver.Instance, Stage.Cancel));

        Assert.Equal((ErrorKind.Unreachable, null, 4), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("127.0.0.1", error.RecommendedAction);
        Assert.NotNull(error.InnerException);
        Assert.Equal(4, connection.RequestsSent);
    }
}
