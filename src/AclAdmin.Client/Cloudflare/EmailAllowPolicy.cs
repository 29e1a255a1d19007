using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A pattern whose mail Cloudflare Email Security lets pass, and how far.</summary>
public sealed class EmailAllowPolicy : EmailSecurityItem
{
    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "allow policy",
        "allow policies",
        "id",
        EmailSecurityFields.Comments,
        EmailSecurityFields.CreatedAt,
        EmailSecurityFields.Id,
        EmailSecurityFields.FlagOffByDefault("is_acceptable_sender", "Acceptable Sender", "Accept Sender"),
        EmailSecurityFields.FlagOffByDefault("is_exempt_recipient", "Exempt Recipient"),
        EndedFlag("is_recipient", "is_exempt_recipient"),
        EmailSecurityFields.IsRegex,
        EndedFlag("is_sender", "is_trusted_sender"),
        EndedFlag("is_spoof", "is_acceptable_sender"),
        EmailSecurityFields.FlagOffByDefault("is_trusted_sender", "Trusted Sender"),
        EmailSecurityFields.LastModified,
        EmailSecurityFields.ModifiedAt,
        EmailSecurityFields.Pattern,
        EmailSecurityFields.PatternType,
        // Defaults to true: without it, mail with a forged sender passes as well.
        new FieldDescriptor("verify_sender", FieldKind.Boolean) { RequiredOnCreate = true, RequiredOnReplace = false, CreateDefault = true, Columns = ["Verify Email", "Sender Verification"] })
    {
        IdentityAliases = ["policy_id"],
        DisplayField = "pattern",
        NaturalKey = ["pattern"],
        MatchKeys = ["pattern"],
        ValidateTogether = EmailSecurityFields.GetPatternError,
        WarnOfFields = EmailSecurityFields.GetPatternWarning,
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailAllowPolicy> Definition = new("allow_policies", Descriptor, (fields, account) => new EmailAllowPolicy(fields, account))
    {
        HasReplace = true,
        AtomicBatch = BatchOperations.All,
    };

    private EmailAllowPolicy(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The address, domain or IP address that may pass, or an expression if <see cref="IsRegex"/>.</summary>
    public string? Pattern => Text("pattern");

    /// <summary>What the pattern is: <c>EMAIL</c>, <c>DOMAIN</c> or <c>IP</c>; <c>UNKNOWN</c> is read-only.</summary>
    public string? PatternType => Text("pattern_type");

    /// <summary>Whether the pattern is a regular expression.</summary>
    public bool? IsRegex => Flag("is_regex");

    /// <summary>Whether mail of the sender bypasses all detections and link following.</summary>
    public bool? IsTrustedSender => Flag("is_trusted_sender") ?? Flag("is_sender");

    /// <summary>Whether mail to the recipient bypasses all detections.</summary>
    public bool? IsExemptRecipient => Flag("is_exempt_recipient") ?? Flag("is_recipient");

    /// <summary>Whether the Spam, Spoof and Bulk dispositions are lifted for the sender.</summary>
    public bool? IsAcceptableSender => Flag("is_acceptable_sender") ?? Flag("is_spoof");

    /// <summary>Whether the policy applies only to mail that passes DMARC, SPF or DKIM.</summary>
    public bool? VerifySender => Flag("verify_sender");

    /// <summary>A note.</summary>
    public string? Comments => Text("comments");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <summary>One of the flags that ended on 1 July 2026, a year after their deprecation: read where the service still sends it, never written.</summary>
    private static FieldDescriptor EndedFlag(string name, string successor) => new(name, FieldKind.Boolean) { Writable = false, ReplacedBy = successor };
}
