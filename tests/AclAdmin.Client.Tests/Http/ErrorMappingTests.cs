using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>What an answer becomes: the table of the design, status by status.</summary>
public sealed class ErrorMappingTests
{
    private const string Readable = """{"success":false,"errors":[{"code":1234,"message":"No."}],"messages":[],"result":null}""";

    [Theory]
    [InlineData(400, ErrorKind.ValidationFailed)]
    [InlineData(401, ErrorKind.AuthenticationFailed)]
    [InlineData(402, ErrorKind.ApiError)]
    [InlineData(403, ErrorKind.PermissionDenied)]
    [InlineData(404, ErrorKind.NotFound)]
    [InlineData(405, ErrorKind.ApiError)]
    [InlineData(409, ErrorKind.Conflict)]
    [InlineData(410, ErrorKind.ApiError)]
    [InlineData(415, ErrorKind.ApiError)]
    [InlineData(422, ErrorKind.ValidationFailed)]
    [InlineData(501, ErrorKind.ApiError)]
    [InlineData(200, ErrorKind.ApiError)]
    [InlineData(201, ErrorKind.ApiError)]
    public async Task A_refusal_for_good_has_its_kind_and_is_not_sent_again(int status, ErrorKind kind)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, Readable));

        var error = await PatchAsync(stub);

        Assert.Equal((kind, status, 1), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Equal(("1234", "No."), (Assert.Single(error.ApiErrors).Code, error.ApiErrors[0].Message));
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(408, ErrorKind.ApiError)]
    [InlineData(429, ErrorKind.RateLimited)]
    [InlineData(500, ErrorKind.ApiError)]
    [InlineData(502, ErrorKind.ApiError)]
    [InlineData(503, ErrorKind.ApiError)]
    [InlineData(504, ErrorKind.ApiError)]
    public async Task A_refusal_that_may_pass_is_sent_four_times_and_then_has_its_kind(int status, ErrorKind kind)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, Readable));

        var error = await PatchAsync(stub);

        Assert.Equal((kind, status, 4), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("sent 4 times", error.Message);
        Assert.Equal(4, stub.Requests.Count);
    }

    [Theory]
    [InlineData(400, 6003)]
    [InlineData(403, 6003)]
    [InlineData(400, 9103)]
    [InlineData(403, 9103)]
    [InlineData(400, 10000)]
    [InlineData(403, 10000)]
    [InlineData(405, 10000)]
    [InlineData(200, 10000)]
    public async Task Cloudflares_codes_for_a_bad_credential_hold_with_any_status(int status, int code)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(
            status, $$"""{"success":false,"errors":[{"code":1000,"message":"x"},{"code":{{code}},"message":"y"}],"messages":[],"result":null}"""));

        var error = await PatchAsync(stub);

        Assert.Equal((ErrorKind.AuthenticationFailed, 1), (error.Kind, error.Attempts));
        Assert.Contains("API token", error.RecommendedAction);
        Assert.Contains("parameter -ApiToken", error.RecommendedAction);
    }

    [Theory]
    [InlineData(400, """{"code":6003,"message":"Invalid request headers","error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}""", ErrorKind.AuthenticationFailed)]
    [InlineData(403, """{"code":9109,"message":"Invalid access token"}""", ErrorKind.AuthenticationFailed)]
    [InlineData(403, """{"code":9109,"message":"Unauthorized to access requested resource"}""", ErrorKind.PermissionDenied)]
    [InlineData(401, """{"code":9109,"message":"Unauthorized to access requested resource"}""", ErrorKind.AuthenticationFailed)]
    [InlineData(401, """{"code":10000,"message":"Authentication error"}""", ErrorKind.AuthenticationFailed)]
    [InlineData(401, """{"code":1234,"message":"No"}""", ErrorKind.AuthenticationFailed)]
    public async Task Cloudflares_refusals_of_a_credential_end_the_run_and_have_one_meaning(int status, string item, ErrorKind kind)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, $$"""{"success":false,"errors":[{{item}}],"messages":[],"result":null}"""));

        var error = await PatchAsync(stub);

        Assert.Equal((kind, 1, kind == ErrorKind.AuthenticationFailed), (error.Kind, error.Attempts, error.EndsRun));
        Assert.DoesNotContain("either", error.Message);
        Assert.Equal(status == 400, error.Message.Contains("6111 Invalid format for Authorization header", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_authentication_error_with_403_names_both_meanings_and_the_permission()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(
            403, """{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}"""));

        var error = await PatchAsync(stub);

        Assert.Equal((ErrorKind.AuthenticationFailed, true), (error.Kind, error.EndsRun));
        Assert.Contains("not valid", error.Message);
        Assert.Contains("lacks the permission", error.Message);
        Assert.Contains("Cloud Email Security: Write", error.RecommendedAction);
        Assert.Contains("parameter -ApiToken", error.RecommendedAction);
    }

    [Fact]
    public async Task The_sandbox_refuses_credentials_as_the_real_service_does()
    {
        await using var stage = await Stage.StartAsync();

        Assert.Equal((400, "6003", "6111"), await RefusalAsync(Connections.Bearer("short")));
        Assert.Equal((400, "6003", "6103"), await RefusalAsync(new GlobalKeyCredential(SandboxDefaults.CloudflareEmail, new Secret("short"), "test")));
        Assert.Equal((403, "9109", null), await RefusalAsync(Connections.Bearer("well-formed-and-unknown")));
        Assert.Equal((403, "9103", null), await RefusalAsync(new GlobalKeyCredential(SandboxDefaults.CloudflareEmail, new Secret("well-formed-and-unknown"), "test")));
        Assert.Equal((403, "10000", null), await RefusalAsync(Connections.Bearer(SandboxDefaults.CloudflareReadToken)));
        Assert.Equal((403, "10000", null), await RefusalAsync(Connections.Bearer(SandboxDefaults.CloudflareBareToken)));

        async Task<(int?, string?, string?)> RefusalAsync(Credential credential)
        {
            using var connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, credential: credential);
            var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, SandboxDefaults.AccountId);
            var error = await Assert.ThrowsAsync<AclException>(
                () => client.PatchAsync(SandboxIds.Entry(1), Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel));
            Assert.Equal(ErrorKind.AuthenticationFailed, error.Kind);
            return (error.StatusCode, error.ApiErrors.Single().Code, error.ApiErrors.Single().Chain.SingleOrDefault()?.Code);
        }
    }

    [Theory]
    [InlineData(400, "{\"errors\":\"Bad.\"}", ErrorKind.ValidationFailed, "Bad.")]
    [InlineData(422, "{\"errors\":[{\"code\":7,\"message\":\"Bad.\",\"field\":\"name\"}]}", ErrorKind.ValidationFailed, "7 Bad at name")]
    [InlineData(422, "{\"errors\":{\"name\":\"Bad.\"}}", ErrorKind.ValidationFailed, "Bad at name")]
    [InlineData(422, "{\"errors\":{\"name\":[\"Bad.\"]}}", ErrorKind.ValidationFailed, "[\"Bad.\"] at name")]
    [InlineData(409, "{\"errors\":[\"Busy.\"]}", ErrorKind.Conflict, "Busy.")]
    [InlineData(403, "{\"errors\":[{\"reason\":\"scope\"}]}", ErrorKind.PermissionDenied, "{\"reason\":\"scope\"}")]
    [InlineData(401, "{}", ErrorKind.AuthenticationFailed, "401")]
    [InlineData(418, "{\"errors\":[{\"message\":\"Tea.\"}]}", ErrorKind.ApiError, "Tea")]
    public async Task Carrierx_errors_of_every_shape_are_shown(int status, string body, ErrorKind kind, string words)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, body));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => new AccessControlRuleClient(connection).PatchAsync("sid", Patch.Rule(("name", "x")), SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(kind, error.Kind);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public async Task Errors_in_a_good_answers_place_are_no_success_at_carrierx_either()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.SuccessFalse200 });

        var error = await Assert.ThrowsAsync<AclException>(
            () => stage.Rules.PatchAsync(SandboxIds.FirstRule, Patch.Rule(("name", "x")), stage.Observer, Stage.Cancel));

        Assert.Equal((ErrorKind.ApiError, 200, 1), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("The operation did not succeed", error.Message);
    }

    [Fact]
    public async Task Success_false_is_no_success_and_not_tried_again()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.SuccessFalse200 });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(1, "x"));

        Assert.Equal((ErrorKind.ApiError, 200, 1), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Single(stage.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"status\":\"please log in\"}")]
    public async Task An_object_that_is_no_envelope_is_no_success(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));

        Assert.Equal(ErrorKind.UnexpectedResponse, (await PatchAsync(stub)).Kind);
    }

    [Theory]
    [InlineData("<html><body>Sign in to the network</body></html>", "text/html")]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("42", "application/json")]
    [InlineData("\"done\"", "application/json")]
    [InlineData("{\"success\":true", "application/json")]
    [InlineData("{\"success\":true} trailing", "application/json")]
    public async Task A_good_status_without_the_promised_object_is_unexpected(string body, string contentType)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Of("200 OK", contentType, body));

        var error = await PatchAsync(stub);

        Assert.Equal((ErrorKind.UnexpectedResponse, 200, 4), (error.Kind, error.StatusCode, error.Attempts));
        Assert.Contains("JSON object", error.Message);
        Assert.NotNull(error.RecommendedAction);
    }

    [Theory]
    [InlineData(429, ErrorKind.RateLimited)]
    [InlineData(500, ErrorKind.UnexpectedResponse)]
    [InlineData(503, ErrorKind.UnexpectedResponse)]
    [InlineData(404, ErrorKind.NotFound)]
    [InlineData(403, ErrorKind.PermissionDenied)]
    public async Task A_body_that_cannot_be_read_leaves_the_status_to_speak(int status, ErrorKind kind)
    {
        foreach (var body in (string[])["<html>no</html>", "", "null", "[]", "{\"errors\":"])
        {
            await using var stub = StubServer.Start(_ => StubAnswer.Of($"{status} Stub", "text/html", body));

            var error = await PatchAsync(stub);

            Assert.Equal((kind, status), (error.Kind, error.StatusCode));
            Assert.Empty(error.ApiErrors);
            Assert.Contains($"{status} Stub", error.Message);
        }
    }

    [Theory]
    [InlineData("{\"success\":false,\"errors\":null}")]
    [InlineData("{\"success\":false,\"errors\":{\"code\":1}}")]
    [InlineData("{\"success\":false,\"errors\":[null,\"x\",7]}")]
    [InlineData("{\"success\":false,\"errors\":[{\"code\":null,\"message\":null,\"source\":null}]}")]
    [InlineData("{\"success\":false,\"errors\":[{\"code\":{},\"message\":[],\"source\":\"/name\"}]}")]
    public async Task Errors_of_odd_shapes_hide_nothing_and_break_nothing(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(400, body));

        Assert.Equal((ErrorKind.ValidationFailed, 400), ((await PatchAsync(stub)) is var error ? (error.Kind, error.StatusCode) : default));
    }

    [Fact]
    public async Task A_body_in_an_encoding_it_does_not_have_is_unexpected_rather_than_a_crash()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Of("200 OK", "text/html", "<html>not gzip</html>", "Content-Encoding: gzip"));

        var error = await PatchAsync(stub);

        Assert.Contains(error.Kind, (ErrorKind[])[ErrorKind.UnexpectedResponse, ErrorKind.Unreachable]);
    }

    [Fact]
    public async Task A_method_that_the_path_does_not_have_is_an_api_error()
    {
        await using var stage = await Stage.StartAsync();
        var path = RequestPath.Of("accounts", SandboxDefaults.AccountId, "email-security", "settings", "impersonation_registry");

        var error = await Assert.ThrowsAsync<AclException>(() => stage.SendAsync(new ApiRequest(HttpMethod.Put, path) { Body = "{}"u8.ToArray() }));

        Assert.Equal((ErrorKind.ApiError, 405, "10405"), (error.Kind, error.StatusCode, error.ApiErrors.Single().Code));
    }

    private static async Task<AclException> PatchAsync(StubServer stub)
    {
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");
        return await Assert.ThrowsAsync<AclException>(
            () => client.PatchAsync("entry", Patch.Entry(("comments", "x")), SilentObserver.Instance, Stage.Cancel));
    }
}
