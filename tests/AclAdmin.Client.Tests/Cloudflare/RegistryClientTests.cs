using System;
using System.Text;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Cloudflare;

/// <summary>What each call to the impersonation registry puts on the wire, and what becomes of its answer.</summary>
public sealed class RegistryClientTests
{
    [Fact]
    public async Task An_update_sends_the_said_field_and_nothing_else()
    {
        await using var stage = await Stage.StartAsync();

        var entry = await stage.CommentAsync(2, "Reviewed");

        var request = stage.OnlyRequest;
        Assert.Equal("PATCH", request.Method);
        Assert.Equal(Stage.RegistryPath + "/" + SandboxIds.Entry(2), request.Path);
        Assert.Equal("", request.Query);
        Assert.Equal("""{"comments":"Reviewed"}""", request.Body);
        Assert.Equal("Reviewed", entry!.Comments);
        Assert.Equal(stage.State.Entries.Find(SandboxIds.Entry(2))!.Name, entry.Name);
        Assert.Equal(SandboxDefaults.AccountId, entry.AccountId);
    }

    [Fact]
    public async Task An_update_carries_the_headers_that_the_service_asks_for()
    {
        await using var stage = await Stage.StartAsync();

        await stage.CommentAsync(2, "Reviewed");

        var headers = stage.OnlyRequest.Headers;
        Assert.Equal("Bearer " + SandboxDefaults.CloudflareToken, headers["authorization"]);
        Assert.Equal("application/json", headers["content-type"]);
        Assert.Equal("application/json", headers["accept"]);
        Assert.Equal("AclAdmin/" + typeof(ApiConnection).Assembly.GetName().Version!.ToString(3), headers["user-agent"]);
        Assert.Equal("23", headers["content-length"]);
        Assert.DoesNotContain("expect", headers.Keys);
        Assert.DoesNotContain("transfer-encoding", headers.Keys);
        Assert.DoesNotContain("cookie", headers.Keys);
    }

    [Fact]
    public async Task A_body_is_utf8_without_a_byte_order_mark_in_the_order_it_was_said()
    {
        await using var stage = await Stage.StartAsync();
        var patch = Patch.Entry(("name", "Zoë \"Ω\" 名前 👩‍🚀"), ("is_email_regex", true), ("directory_id", null), ("comments", ""), ("directory_node_id", 42L));

        await stage.Registry.PatchAsync(SandboxIds.Entry(3), patch, stage.Observer, Stage.Cancel);

        const string Expected = """{"name":"Zoë \"Ω\" 名前 👩‍🚀","is_email_regex":true,"directory_id":null,"comments":"","directory_node_id":42}""";
        Assert.Equal(Encoding.UTF8.GetBytes(Expected), stage.OnlyRequest.RawBody.ToArray());
        var stored = stage.State.Entries.Find(SandboxIds.Entry(3))!;
        Assert.Equal("Zoë \"Ω\" 名前 👩‍🚀", stored.Name);
        Assert.Equal("", stored.Comments);
        Assert.Null(stored.DirectoryId);
    }

    [Fact]
    public async Task A_cleared_field_is_sent_as_null()
    {
        await using var stage = await Stage.StartAsync();
        var patch = new FieldPatch();
        patch.Clear(ImpersonationRegistryEntry.Descriptor["comments"]);

        var entry = await stage.Registry.PatchAsync(SandboxIds.Entry(1), patch, stage.Observer, Stage.Cancel);

        Assert.Equal("""{"comments":null}""", stage.OnlyRequest.Body);
        Assert.Null(entry!.Comments);
    }

    [Fact]
    public async Task The_global_key_goes_in_two_headers_and_no_bearer_token_with_it()
    {
        await using var stage = await Stage.StartAsync();
        var credential = new GlobalKeyCredential(SandboxDefaults.CloudflareEmail, new Secret(SandboxDefaults.CloudflareKey), "parameter -ApiKey");
        using var connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, stage.Clock, credential);

        await ImpersonationRegistryDefinition.Instance.OpenClient(connection, SandboxDefaults.AccountId).GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel);

        var headers = stage.OnlyRequest.Headers;
        Assert.Equal(SandboxDefaults.CloudflareEmail, headers["x-auth-email"]);
        Assert.Equal(SandboxDefaults.CloudflareKey, headers["x-auth-key"]);
        Assert.DoesNotContain("authorization", headers.Keys);
    }

    [Fact]
    public async Task Reading_one_sends_no_body()
    {
        await using var stage = await Stage.StartAsync();

        var entry = await stage.Registry.GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel);

        var request = stage.OnlyRequest;
        Assert.Equal(("GET", Stage.RegistryPath + "/" + SandboxIds.Entry(1), "", ""), (request.Method, request.Path, request.Query, request.Body));
        Assert.DoesNotContain("content-type", request.Headers.Keys);
        Assert.Equal(("Finance Team", "finance@example.com", false), (entry.Name, entry.Email, entry.IsEmailRegex));
    }

    [Fact]
    public async Task A_list_is_asked_for_by_page_and_filters_and_order()
    {
        await using var stage = await Stage.StartAsync();
        var query = ImpersonationRegistryDefinition.Query("Zoë & Co=+%/?#", "A1S_INTERNAL", "created_at", descending: true);

        await stage.Registry.ReadPageAsync(query, new PageCursor(2, 10, 5), stage.Observer, Stage.Cancel);

        var request = stage.OnlyRequest;
        Assert.Equal(("GET", Stage.RegistryPath), (request.Method, request.Path));
        Assert.Equal(
            "page=2&per_page=5&search=Zo%C3%AB%20%26%20Co%3D%2B%25%2F%3F%23&provenance=A1S_INTERNAL&order=created_at&direction=desc",
            request.Query);
    }

    [Fact]
    public async Task A_list_without_wishes_asks_for_the_page_alone()
    {
        await using var stage = await Stage.StartAsync();

        var page = await stage.Registry.ReadPageAsync(ImpersonationRegistryDefinition.Query(), new PageCursor(1, 0, 1000), stage.Observer, Stage.Cancel);

        Assert.Equal("page=1&per_page=1000", stage.OnlyRequest.Query);
        Assert.Equal((20, 20L, 1000), (page.Items.Count, page.Total, page.Size));
    }

    [Fact]
    public async Task A_create_is_a_post_answered_with_201()
    {
        await using var stage = await Stage.StartAsync();
        var body = Patch.Entry(("email", "ceo@example.com"), ("is_email_regex", false), ("name", "The CEO"));

        var entry = await stage.Registry.CreateAsync(body, stage.Observer, Stage.Cancel);

        var request = stage.OnlyRequest;
        Assert.Equal(("POST", Stage.RegistryPath, "", 201), (request.Method, request.Path, request.Query, request.Status));
        Assert.Equal("""{"email":"ceo@example.com","is_email_regex":false,"name":"The CEO"}""", request.Body);
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal("The CEO", stage.State.Entries.Find(entry!.Id)!.Name);
        Assert.Equal(201, stage.Observer.Attempts[0].StatusCode);
    }

    [Fact]
    public async Task A_removal_sends_no_body_and_tells_what_was_gone_already()
    {
        await using var stage = await Stage.StartAsync();

        Assert.True(await stage.Registry.DeleteAsync(SandboxIds.Entry(3), stage.Observer, Stage.Cancel));
        Assert.False(await stage.Registry.DeleteAsync(SandboxIds.Entry(3), stage.Observer, Stage.Cancel));

        Assert.All(stage.Requests, request => Assert.Equal(
            ("DELETE", Stage.RegistryPath + "/" + SandboxIds.Entry(3), "", ""), (request.Method, request.Path, request.Query, request.Body)));
        Assert.Null(stage.State.Entries.Find(SandboxIds.Entry(3)));
        Assert.Equal(2, stage.Requests.Count);
    }

    [Theory]
    [InlineData("""{"success":true,"errors":[],"messages":[],"result":null}""")]
    [InlineData("""{"success":true,"errors":[],"messages":[]}""")]
    public async Task An_update_whose_answer_shows_nothing_is_done_all_the_same(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");

        Assert.Null(await client.PatchAsync("entry", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel));
        Assert.Equal("/base/accounts/account/email-security/settings/impersonation_registry/entry", Assert.Single(stub.Requests).Target);
    }

    [Fact]
    public async Task A_read_whose_answer_shows_nothing_is_not_taken_for_an_entry()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true,"errors":[],"messages":[],"result":null}""", "cf-ray: 7a-FRA"));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account").GetAsync("entry", SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.Equal("7a-FRA", error.RequestId);
    }

    [Fact]
    public async Task There_is_no_replacing_an_entry()
    {
        await using var stage = await Stage.StartAsync();

        await Assert.ThrowsAsync<NotSupportedException>(
            () => stage.Registry.ReplaceAsync(SandboxIds.Entry(1), new FieldPatch(), stage.Observer, Stage.Cancel));
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task An_id_that_could_leave_the_path_is_never_sent()
    {
        await using var stage = await Stage.StartAsync();

        var error = await Assert.ThrowsAsync<AclException>(() => stage.Registry.PatchAsync("../x", Patch.Entry(("comments", "x")), stage.Observer, Stage.Cancel));

        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
        Assert.Throws<AclException>(() => ImpersonationRegistryDefinition.Instance.OpenClient(stage.Cloudflare, "a/b"));
        Assert.Empty(stage.Requests);
    }
}
