using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Responses;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>CarrierX's Core API.</summary>
public sealed class CarrierXService : ServiceProfile
{
    /// <summary>The one instance.</summary>
    public static readonly CarrierXService Instance = new();

    private CarrierXService()
    {
    }

    /// <inheritdoc/>
    public override string Name => "CarrierX";

    /// <inheritdoc/>
    public override Uri DefaultBaseUri { get; } = new("https://api.carrierx.com/core/v2/");

    /// <inheritdoc/>
    public override string? PartnersPath => "partners";

    /// <summary>None is documented, so none applies until a refusal or a header sets one.</summary>
    public override PacingRule? DocumentedLimit => null;

    /// <inheritdoc/>
    public override string? RequestIdHeader => null;

    /// <summary>Reads the <c>errors</c> key. Only the key is documented, not what is in it, so every shape is reported rather than rejected.</summary>
    public override IReadOnlyList<ApiError> ReadErrors(JObject body) => body["errors"] switch
    {
        JArray items => items.Select(ReadError).ToArray(),
        JObject byField => byField.Properties().Select(property => new ApiError(null, Plain(property.Value), property.Name)).ToArray(),
        JValue { Value: not null } text => [new ApiError(null, Plain(text))],
        _ => [],
    };

    /// <summary>An answer of CarrierX is the item itself, so only errors in its place report a failure.</summary>
    public override bool? ReportsSuccess(JsonBody body) => !body.Has("errors") || ReadErrors(body.Tree).Count == 0;

    /// <summary>An object with the secure id that every object of CarrierX has.</summary>
    public override bool ShowsResult(JsonBody body) =>
        ReportsSuccess(body) == true && body.Tree.Properties().Any(member => member.Name.EndsWith("_sid", StringComparison.Ordinal) && member.Value.Type == JTokenType.String);

    private static ApiError ReadError(JToken item) => item is JObject error && TextOf(error["message"]) is { } message
        ? new ApiError(TextOf(error["code"]), message, TextOf(error["field"]))
        : new ApiError(null, Plain(item));

    private static string Plain(JToken token) => TextOf(token) ?? token.ToString(Formatting.None);
}
