using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Responses;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>Cloudflare's v4 API: its envelope, its limit, its refusals.</summary>
public sealed class CloudflareService : ServiceProfile
{
    /// <summary>The one instance.</summary>
    public static readonly CloudflareService Instance = new();

    /// <summary>The same code is sent for a valid credential without the permission, so the message decides (cert-manager #4465).</summary>
    private const string UnauthorizedCode = "9109";

    /// <summary>The address is none, as an id in it cannot be one (Cloudflare's OpenAPI description, example of an error).</summary>
    private const string NoRouteCode = "7003";

    private const string AccountsSegment = "accounts/";

    private const string NoMessage = "(no message)";

    private const string InvalidToken = "Invalid access token";

    /// <summary>With 403, either a bad credential or a good one without the permission (terraform-provider-cloudflare #1533).</summary>
    private const string AuthenticationCode = "10000";

    /// <summary>The longest chain that is read; the service sends one or two.</summary>
    private const int MaxChain = 10;

    // Seen with status 400, 401 and 403: a malformed header (cloudflare-typescript #161), an unknown key or address, and an authentication error.
    private static readonly string[] CredentialCodes = ["6003", "9103", AuthenticationCode];

    private CloudflareService()
    {
    }

    /// <inheritdoc/>
    public override string Name => "Cloudflare";

    /// <inheritdoc/>
    public override Uri DefaultBaseUri { get; } = new("https://api.cloudflare.com/client/v4/");

    /// <summary>
    /// 1,200 requests in five minutes for each user or account token, the dashboard's included (Cloudflare's documentation of API rate limits).
    /// </summary>
    public override PacingRule? DocumentedLimit { get; } = new(1200, TimeSpan.FromMinutes(5));

    /// <inheritdoc/>
    public override string? RequestIdHeader => "cf-ray";

    /// <inheritdoc/>
    public override IReadOnlyList<ApiError> ReadErrors(JObject body) => ObjectsOf(body["errors"])
        .Select(error => new ApiError(
            TextOf(error["code"]),
            TextOf(error["message"]) ?? NoMessage,
            TextOf((error["source"] as JObject)?["pointer"]),
            TextOf(error["documentation_url"]))
        {
            Chain = ObjectsOf(error["error_chain"]).Take(MaxChain).Select(link => new ApiError(TextOf(link["code"]), TextOf(link["message"]) ?? NoMessage)).ToArray(),
        })
        .ToArray();

    /// <inheritdoc/>
    public override bool? ReportsSuccess(JsonBody body) => body.Flag("success");

    /// <inheritdoc/>
    public override bool ShowsResult(JsonBody body) => body.Flag("success") == true;

    /// <inheritdoc/>
    public override bool RefusesCredential(IReadOnlyList<ApiError> errors) => errors.Any(error =>
        CredentialCodes.Contains(error.Code)
        || (error.Code == UnauthorizedCode && error.Message.IndexOf(InvalidToken, StringComparison.OrdinalIgnoreCase) >= 0));

    /// <inheritdoc/>
    public override bool MayLackPermission(int status, IReadOnlyList<ApiError> errors) =>
        status == 403 && errors.Count > 0 && errors.All(error => error.Code == AuthenticationCode);

    /// <inheritdoc/>
    public override bool ReportsNoRoute(IReadOnlyList<ApiError> errors) => errors.Any(error => error.Code == NoRouteCode);

    /// <inheritdoc/>
    public override string? AccountOf(string path) =>
        path.StartsWith(AccountsSegment, StringComparison.Ordinal) ? path.Substring(AccountsSegment.Length).Split('/', '?')[0] : null;

    /// <inheritdoc/>
    public override string? AccountVariable => "CLOUDFLARE_ACCOUNT_ID";
}
