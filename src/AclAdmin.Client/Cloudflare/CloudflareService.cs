using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Responses;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>Cloudflare's v4 API: its envelope, its limit, its ways to say no.</summary>
public sealed class CloudflareService : ServiceProfile
{
    /// <summary>The one instance.</summary>
    public static readonly CloudflareService Instance = new();

    // Met with 400, 401 and 403 alike: an unknown key or address, and an authentication error.
    private static readonly string[] CredentialCodes = ["9103", "10000"];

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
            TextOf(error["message"]) ?? "(no message)",
            TextOf((error["source"] as JObject)?["pointer"]),
            TextOf(error["documentation_url"])))
        .ToArray();

    /// <inheritdoc/>
    public override bool? ReportsSuccess(JsonBody body) => body.Flag("success");

    /// <inheritdoc/>
    public override bool RefusesCredential(IReadOnlyList<ApiError> errors) => errors.Any(error => CredentialCodes.Contains(error.Code));
}
