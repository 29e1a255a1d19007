using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>The lists that tables describe, after the schemas of Cloudflare's OpenAPI description (17 August 2026); one table is one list.</summary>
internal static class SettingsTables
{
    private static readonly string[] AllParts = ["deletes", "patches", "puts", "posts"];
    private static readonly string[] DeliveryModes = ["DIRECT", "BCC", "JOURNAL", "API", "RETRO_SCAN"];
    private static readonly string[] PatternTypes = ["EMAIL", "DOMAIN", "IP"];
    private static readonly string[] Statuses = ["PENDING", "ACTIVE", "FAILED", "TIMEOUT"];

    public static readonly TableList AllowPolicies = new("allow_policies", "Allow policy", Table(
        Comments, PatternField(1024), PatternType, Flag("is_regex"), Flag("verify_sender"), Flag("is_acceptable_sender"), Flag("is_exempt_recipient"), Flag("is_trusted_sender"), ReadOnly("last_modified")))
    {
        Orders = Orders("pattern"),
        Filters = [Equal("is_exempt_recipient", "true", "false"), Equal("is_trusted_sender", "true", "false"), Equal("is_acceptable_sender", "true", "false"), Equal("verify_sender", "true", "false"), Equal("pattern_type", [.. PatternTypes, "UNKNOWN"]), Equal("pattern")],
        Search = Has,
        BatchParts = AllParts,
        HasReplace = true,
        Check = CheckPattern,
        Seed = index => new { pattern = $"partner{index}@example.com", pattern_type = "EMAIL", is_regex = false, verify_sender = true, is_acceptable_sender = index % 3 == 0, is_exempt_recipient = false, is_trusted_sender = index % 3 != 0, comments = index % 2 == 0 ? $"Policy {index}" : null },
    };

    public static readonly TableList BlockSenders = new("block_senders", "Blocked sender", Table(Comments, PatternField(1024), PatternType, Flag("is_regex"), ReadOnly("last_modified")))
    {
        Orders = Orders("pattern"),
        Filters = [Equal("pattern_type", [.. PatternTypes, "UNKNOWN"]), Equal("pattern")],
        Search = Has,
        BatchParts = AllParts,
        HasReplace = true,
        Check = CheckPattern,
        Seed = index => new { pattern = index % 5 == 0 ? $"spam{index}.example" : $"spam{index}@example.com", pattern_type = index % 5 == 0 ? "DOMAIN" : "EMAIL", is_regex = false, comments = index % 2 == 0 ? $"Block {index}" : null },
    };

    public static readonly TableList TrustedDomains = new("trusted_domains", "Trusted domain", Table(Comments, PatternField(1024), Flag("is_regex"), Flag("is_recent"), Flag("is_similarity"), ReadOnly("last_modified")))
    {
        Orders = Orders("pattern"),
        Filters = [Equal("is_recent", "true", "false"), Equal("is_similarity", "true", "false"), Equal("pattern")],
        Search = Has,
        HasReplace = true,
        BatchParts = AllParts,
        Seed = index => new { pattern = $"partner{index}.example", is_regex = false, is_recent = index % 2 == 0, is_similarity = true, comments = index % 2 == 0 ? $"Partner {index}" : null },
    };

    public static readonly TableList SendingDomainRestrictions = new("sending_domain_restrictions", "Sending domain restriction", Table(
        Comments, new FieldRule("domain", FieldShape.Text) { RequiredOnCreate = true }, new FieldRule("exclude", FieldShape.TextList) { RequiredOnCreate = true, MinItems = 0 }, ReadOnly("last_modified")))
    {
        Orders = Orders("domain"),
        Search = Has,
        BatchParts = ["deletes"],
        Seed = index => new { domain = $"tls{index}.example", exclude = index % 2 == 0 ? new[] { $"legacy.tls{index}.example" } : [], comments = index % 2 == 0 ? $"TLS {index}" : null },
    };

    public static readonly TableList UrlIgnorePatterns = new("url_ignore_patterns", "URL ignore pattern", Table(Comments, PatternField(1024), ReadOnly("last_modified")))
    {
        BatchParts = AllParts,
        Seed = index => new { pattern = $"https://links{index}\\.example/.*", comments = index % 2 == 0 ? $"Links {index}" : null },
    };

    // From the types of the client library for TypeScript, 7.3.0: the description does not have this list yet.
    public static readonly TableList ContentPolicies = new("content_policies", "Content policy", Table(
        Flag("enabled"), new FieldRule("name", FieldShape.Text) { RequiredOnCreate = true, MinLength = 1, MaxLength = 256 }, PatternField(2048),
        new FieldRule("targets", FieldShape.TextList) { RequiredOnCreate = true, Choices = ["SUBJECT", "BODY"], MinItems = 0 }, new FieldRule("notes", FieldShape.Text) { Nullable = true, MaxLength = 4096 },
        new FieldRule("expires_at", FieldShape.Text) { Nullable = true }))
    {
        Check = CheckContent,
        Orders = Orders("name"),
        Filters = [Equal("enabled", "true", "false"), Equal("name")],
        Search = Has,
        BatchParts = AllParts,
        Seed = index => new { name = $"Policy {index}", enabled = index % 2 == 0, pattern = $"urgent.*invoice {index}", targets = new[] { "SUBJECT" }, notes = index % 2 == 0 ? $"Note {index}" : null },
    };

    public static readonly TableList Domains = new("domains", "Domain", DomainTable())
    {
        Orders = Orders("domain"),
        Filters =
        [
            new("allowed_delivery_mode", (item, value) => ListOf(item, "allowed_delivery_modes").Contains(value), DeliveryModes),
            new("active_delivery_mode", (item, value) => ListOf(item, "allowed_delivery_modes").FirstOrDefault() == value, DeliveryModes),
            Equal("domain") with { IsRepeatable = true },
            Equal("integration_id"),
            new("status", (item, value) => value.Equals(item.Text("status"), StringComparison.OrdinalIgnoreCase), [.. Statuses, .. Statuses.Select(status => status.ToLowerInvariant())]),
        ],
        Search = Has,
        HasReplace = true,
        BatchParts = AllParts,
        Seed = index => new { domain = $"mail{index}.example", allowed_delivery_modes = new[] { index % 2 == 0 ? "API" : "DIRECT" }, ip_restrictions = Array.Empty<string>(), drop_dispositions = new[] { "MALICIOUS" }, regions = new[] { "GLOBAL" }, lookback_hops = 2 },
    };

    /// <summary>All of them, by segment.</summary>
    public static IReadOnlyDictionary<string, TableList> All { get; } =
        new[] { AllowPolicies, BlockSenders, TrustedDomains, SendingDomainRestrictions, UrlIgnorePatterns, ContentPolicies, Domains }.ToDictionary(list => list.Segment);

    private static FieldTable DomainTable()
    {
        FieldRule[] rules =
        [
            .. Common,
            new FieldRule("domain", FieldShape.Text) { RequiredOnCreate = true, CreateOnly = true },
            Items("allowed_delivery_modes", DeliveryModes) with { MaxItems = 10 },
            Items("drop_dispositions", "MALICIOUS", "MALICIOUS-BEC", "SUSPICIOUS", "SPOOF", "SPAM", "BULK", "ENCRYPTED", "EXTERNAL", "UNKNOWN", "NONE") with { MinItems = 0, MaxItems = 10 },
            Items("ip_restrictions") with { Choices = null, MinItems = 0, MaxItems = 100 },
            Items("regions", "GLOBAL", "AU", "DE", "IN", "US") with { MaxItems = 10 },
            new FieldRule("folder", FieldShape.Text) { Nullable = true, Choices = ["AllItems", "Inbox"] },
            new FieldRule("integration_id", FieldShape.Text) { Nullable = true, Uuid = true },
            new FieldRule("lookback_hops", FieldShape.Integer) { Nullable = true, NullableInPatch = false, Range = (1, 20), Default = "1" },
            new FieldRule("require_tls_inbound", FieldShape.Flag) { Nullable = true, NullableInPatch = false },
            new FieldRule("require_tls_outbound", FieldShape.Flag) { Nullable = true, NullableInPatch = false },
            new FieldRule("transport", FieldShape.Text) { Nullable = true, NullableInPatch = false, Default = "\"\"" },
            ReadOnly("last_modified"),
            ReadOnly("authorization") with { Default = """{"authorized":true,"status_message":null,"timestamp":"2025-03-03T08:00:00Z"}""" },
            ReadOnly("emails_processed") with { Default = """{"timestamp":"2025-03-03T08:00:00Z","total_emails_processed":120,"total_emails_processed_previous":80}""" },
            ReadOnly("dmarc_status") with { Default = "\"good\"" },
            ReadOnly("spf_status") with { Default = "\"neutral\"" },
            ReadOnly("status") with { Default = "\"pending\"" },
            ReadOnly("inbox_provider") with { Default = "\"Microsoft\"" },
            ReadOnly("o365_tenant_id"),
        ];
        return new FieldTable(rules) { TakesEmptyPatch = true };
    }

    private static FieldRule[] Common => [ReadOnly("id"), ReadOnly("created_at"), ReadOnly("modified_at")];

    private static FieldRule Comments => new("comments", FieldShape.Text) { Nullable = true, MaxLength = 1024 };

    private static FieldRule PatternType => new("pattern_type", FieldShape.Text) { RequiredOnCreate = true, RequiredOnReplace = true, Choices = PatternTypes };

    private static FieldTable Table(params FieldRule[] rules) => new([.. Common, .. rules]);

    private static FieldRule ReadOnly(string name) => new(name, FieldShape.Text) { ReadOnly = true };

    // What a PUT omits goes back to its default. Which one verify_sender has is not documented.
    private static FieldRule Flag(string name) => new(name, FieldShape.Flag) { RequiredOnCreate = true, Default = "false" };

    private static FieldRule PatternField(int most) => new("pattern", FieldShape.Text) { RequiredOnCreate = true, RequiredOnReplace = true, MinLength = 1, MaxLength = most };

    private static FieldRule Items(string name, params string[] choices) => new(name, FieldShape.TextList) { RequiredOnCreate = true, RequiredOnReplace = true, Choices = choices };

    private static Dictionary<string, Comparison<SettingsItem>> Orders(string name) => new()
    {
        [name] = (a, b) => string.Compare(a.Text(name), b.Text(name), StringComparison.OrdinalIgnoreCase),
        ["created_at"] = (a, b) => a.CreatedAt.CompareTo(b.CreatedAt),
    };

    private static SettingsFilter<SettingsItem> Equal(string name, params string[] choices) => new(
        name,
        (item, value) => item.Fields.TryGetValue(name, out var field) && value.Equals(field.ToString(), field.ValueKind == JsonValueKind.String ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase),
        choices.Length == 0 ? null : choices);

    private static bool Has(SettingsItem item, string text) =>
        item.Fields.Values.Any(value => value.ValueKind == JsonValueKind.String && value.GetString()!.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string?> ListOf(SettingsItem item, string name) =>
        item.Fields.TryGetValue(name, out var value) ? value.EnumerateArray().Select(entry => entry.GetString()) : [];

    // The documented dialect: no lookaround, backreference, flags, lazy or possessive quantifier, and counts of at most 50.
    private static string? CheckContent(SettingsItem item)
    {
        if (item.Text("expires_at") is { } end && !(end.Contains('T') && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, out _)))
            return "expires_at must be a date-time.";
        var pattern = Regex.Replace(item.Text("pattern") ?? "", @"\\[^0-9k]|\[\^?\]?(\\.|[^\]\\])*\]", "x");
        if (Regex.IsMatch(pattern, @"\(\?[^:]|\\[0-9k]|([*+?]|\{\d+(,\d*)?\})[?+]"))
            return "pattern uses a construct that is not supported.";
        return Regex.Matches(pattern, @"\{(\d+)(,(\d*))?\}").Any(count => (count.Groups[2].Success ? count.Groups[3].Value : count.Groups[1].Value) is var most && (most.Length is 0 or > 2 || int.Parse(most, CultureInfo.InvariantCulture) > 50))
            ? "pattern repeats without a bound of at most 50."
            : null;
    }

    // Globally reachable addresses and blocks of them, of both versions, as the reference pages have it.
    private static string? CheckPattern(SettingsItem item)
    {
        if (item.Text("pattern_type") != "IP" || (item.Fields.TryGetValue("is_regex", out var regex) && regex.ValueKind == JsonValueKind.True))
            return null;
        var parts = (item.Text("pattern") ?? "").Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || (parts.Length == 2 && !byte.TryParse(parts[1], out _)))
            return "pattern must be an IP address or a CIDR block.";
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var local = IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast)
            || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
            || (address.AddressFamily == AddressFamily.InterNetwork && bytes is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..]);
        return local ? "pattern must be globally reachable." : null;
    }
}
