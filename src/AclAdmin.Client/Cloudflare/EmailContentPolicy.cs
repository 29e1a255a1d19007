using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A regular expression for the subject or the body of mail. From Cloudflare's client library for TypeScript, 7.3.0 (September 2026).</summary>
public sealed class EmailContentPolicy : EmailSecurityItem
{
    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "content policy",
        "content policies",
        "id",
        EmailSecurityFields.CreatedAt,
        new FieldDescriptor("enabled", FieldKind.Boolean) { RequiredOnCreate = true, Columns = ["Active", "Is Enabled"] },
        // In the reference of the newest client for TypeScript (November 2026), which does not state whether null clears it.
        new FieldDescriptor("expires_at", FieldKind.Timestamp) { Nullable = true, Columns = ["Expires", "Expiry", "Expiration", "Expiration Date", "Valid Until"] },
        EmailSecurityFields.Id,
        EmailSecurityFields.ModifiedAt,
        new FieldDescriptor("name", FieldKind.Text) { RequiredOnCreate = true, MinLength = 1, MaxLength = 256, NotBlank = true, Content = TextContent.Name },
        new FieldDescriptor("notes", FieldKind.Text) { Nullable = true, MaxLength = 4096, Columns = EmailSecurityFields.NoteColumns },
        new FieldDescriptor("pattern", FieldKind.Text) { RequiredOnCreate = true, MinLength = 1, MaxLength = 2048, Columns = ["Value", "Values", "Regex", "Regular Expression"] },
        new FieldDescriptor("targets", FieldKind.TextList) { RequiredOnCreate = true, AllowedValues = ["SUBJECT", "BODY"], Columns = ["Target"] })
    {
        IdentityAliases = ["policy_id"],
        DisplayField = "name",
        NaturalKey = ["name"],
        MatchKeys = ["name"],
        ValidateTogether = patch => patch.GetText("pattern") is { } pattern && ContentDialect.Describe(pattern) is { } construct
            ? $"pattern '{DisplayText.Of(pattern)}' is not in the dialect of content policies: {construct}"
            : null,
        WarnOfFields = patch => EmailSecurityFields.GetExpressionWarning(patch) ?? (patch.GetText("pattern") is { } pattern && ContentDialect.HasGroup(pattern)
            ? $"pattern '{DisplayText.Of(pattern)}' has a group, which Cloudflare does not document for content policies. It is sent as it is."
            : null),
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailContentPolicy> Definition = new("content_policies", Descriptor, (fields, account) => new EmailContentPolicy(fields, account))
    {
        AtomicBatch = BatchOperations.All,
    };

    private EmailContentPolicy(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The name of the policy.</summary>
    public string? Name => Text("name");

    /// <summary>Whether the policy is in force.</summary>
    public bool? Enabled => Flag("enabled");

    /// <summary>The regular expression.</summary>
    public string? Pattern => Text("pattern");

    /// <summary>Where the expression is searched for: <c>SUBJECT</c>, <c>BODY</c>.</summary>
    public TextList? Targets => List("targets");

    /// <summary>When the policy ends, in UTC; null for never.</summary>
    public DateTime? ExpiresAt => Time("expires_at");

    /// <summary>A note.</summary>
    public string? Notes => Text("notes");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;
}
