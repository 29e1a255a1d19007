using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Sandbox;

namespace AclAdmin.Client.Tests;

/// <summary>Connections that get their tokens with a name and a password.</summary>
internal static class Grants
{
    public const string TokenPath = "/core/v2/oauth/token";

    public static readonly ApiRequest Thing = new(HttpMethod.Get, RequestPath.Of("accesscontrol", "rules"));

    public static PasswordGrantCredential Open(Uri baseUri, IClock clock, string? password = null, string? secret = null, string? user = null, int retries = 3) =>
        new(
            user ?? SandboxDefaults.Username,
            new Secret(password ?? SandboxDefaults.Password),
            SandboxDefaults.ClientId,
            new Secret(secret ?? SandboxDefaults.ClientSecret),
            new ConnectionOptions { BaseUri = baseUri, Clock = clock, Retry = new RetryPolicy(retries, seed: 1) });

    /// <summary>Whether a request asks for a token.</summary>
    public static bool IsTokenRequest(StubRequest request) => request.Target.EndsWith("/oauth/token", StringComparison.Ordinal);

    /// <summary>The answer with a token.</summary>
    public static StubAnswer Token(string token, string more = "") => StubAnswer.Json(200, $$"""{"access_token":"{{token}}"{{more}}}""");

    /// <summary>How many tokens the sandbox was asked for.</summary>
    public static int TokenRequests(this Stage stage) => stage.Requests.Count(request => request.Path == TokenPath);

    /// <summary>Reads something with the sandbox.</summary>
    public static Task<ApiResponse> ReadAsync(this ApiConnection connection, IRequestObserver? observer = null) =>
        connection.SendAsync(Thing, observer ?? SilentObserver.Instance, Stage.Cancel);
}
