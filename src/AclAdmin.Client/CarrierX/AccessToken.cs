using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>An access token as CarrierX issued it.</summary>
internal sealed class AccessToken
{
    /// <summary>A token is renewed this long before it expires, so that none expires on its way; a short-lived one in the last quarter of its life.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The token itself: a secret.</summary>
    public string Value { get; private init; } = "";

    /// <summary>The token's id, which a revocation specifies; null where CarrierX sent none.</summary>
    public string? Sid { get; private init; }

    /// <summary>The partner that it acts for; null where CarrierX sent none.</summary>
    public string? Partner { get; private init; }

    /// <summary>When it is to be renewed: before it expires; never where it has no date of expiry that can be used.</summary>
    public DateTimeOffset RenewAt { get; private init; }

    /// <summary>The scopes that it was issued for.</summary>
    public IReadOnlyList<string> Scopes { get; private init; } = [];

    /// <summary>Everything secret in the answer.</summary>
    public IReadOnlyList<string> Secrets { get; private init; } = [];

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="now">The present time by this machine's clock.</param>
    /// <returns>Null where there is no usable token in it.</returns>
    public static AccessToken? Read(JObject body, DateTimeOffset now)
    {
        // A text that a header cannot contain is no token.
        if (TextOf(body["access_token"]) is not { Length: > 0 } value || value.Any(character => character is < '!' or > '~'))
        {
            return null;
        }

        // Without a date that can be read, or with one that is past already by this machine's clock, the token is used until the service refuses it.
        var hasDate = DateTimeOffset.TryParse(
            TextOf(body["date_expiration_access_token"]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt) && expiresAt > now;
        return new AccessToken
        {
            Value = value,
            Sid = TextOf(body["token_sid"]),
            Partner = TextOf(body["partner_sid"]),
            RenewAt = hasDate ? expiresAt - MarginOf(expiresAt - now) : DateTimeOffset.MaxValue,
            Scopes = (body["scopes"] as JArray)?.Select(scope => scope.ToString()).ToArray() ?? [],
            Secrets = TextOf(body["refresh_token"]) is { Length: > 0 } refresh ? [value, refresh] : [value],
        };
    }

    private static string? TextOf(JToken? token) => token is JValue { Value: string text } ? text : null;

    private static TimeSpan MarginOf(TimeSpan lifetime)
    {
        var quarter = TimeSpan.FromTicks(lifetime.Ticks / 4);
        return quarter < Margin ? quarter : Margin;
    }
}
