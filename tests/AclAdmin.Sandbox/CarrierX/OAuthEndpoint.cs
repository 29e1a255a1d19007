using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AclAdmin.Sandbox.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Issues, shows and revokes access tokens.</summary>
internal sealed class OAuthEndpoint(SandboxState state)
{
    private static readonly string[] Needed = ["grant_type", "client_id", "client_secret", "username", "password"];

    private static readonly string[] Scopes = ["accesscontrol.manage", "oauth.manage"];

    public Answer Issue(Exchange exchange, string partnerSid)
    {
        if (!exchange.Declares("application/x-www-form-urlencoded"))
            return CarrierXErrors.One(415, "Content-Type must be application/x-www-form-urlencoded.");
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(exchange.Body));
        foreach (var name in Needed)
        {
            if (string.IsNullOrEmpty(Value(form, name)))
                return CarrierXErrors.One(400, name + " is required.", name);
        }
        if (Value(form, "grant_type") is not "password")
            return CarrierXErrors.One(400, "grant_type must be password.", "grant_type");
        double? lifetime = null;
        if (Value(form, "access_token_expires_in") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1)
                return CarrierXErrors.One(422, "access_token_expires_in must be a positive integer.", "access_token_expires_in");
            lifetime = seconds;
        }
        if (Value(form, "client_id") is not SandboxDefaults.ClientId
            || Value(form, "client_secret") is not SandboxDefaults.ClientSecret
            || Value(form, "username") is not SandboxDefaults.Username
            || Value(form, "password") is not SandboxDefaults.Password)
            return CarrierXErrors.One(401, "Client or user credentials are wrong.");
        return Show(state.Tokens.Issue(lifetime, partnerSid), applied: true);
    }

    public Answer Get(string sid) => state.Tokens.Find(sid) is { } token ? Show(token) : Unknown();

    public Answer Revoke(string sid) => state.Tokens.Revoke(sid) ? new Answer(204) { Applied = true } : Unknown();

    private static Answer Unknown() => CarrierXErrors.One(404, "Token not found.");

    private static string? Value(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var values) ? values.ToString() : null;

    private static Answer Show(IssuedToken token, bool applied = false) => new(200, JsonBytes.Build(token, Write)) { Applied = applied };

    private static void Write(Utf8JsonWriter writer, IssuedToken token)
    {
        writer.WriteStartObject();
        writer.WriteString("access_token"u8, token.AccessToken);
        writer.WriteString("client_id"u8, SandboxDefaults.ClientId);
        writer.WriteString("date_created"u8, Time(token.Created));
        writer.WriteString("date_expiration_access_token"u8, Time(token.Expires));
        writer.WriteString("date_expiration_refresh_token"u8, Time(token.Expires.AddDays(30)));
        writer.WriteNull("date_last_accessed"u8);
        writer.WriteNull("ip_last_accessed"u8);
        writer.WriteString("name"u8, "sandbox"u8);
        writer.WriteString("partner_sid"u8, token.PartnerSid);
        writer.WriteString("refresh_token"u8, token.RefreshToken);
        writer.WriteStartArray("scopes"u8);
        foreach (var scope in Scopes)
            writer.WriteStringValue(scope);
        writer.WriteEndArray();
        writer.WriteString("token_sid"u8, token.TokenSid);
        writer.WriteString("token_type"u8, "bearer"u8);
        writer.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
