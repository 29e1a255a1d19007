using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A sender whose mail Cloudflare Email Security blocks.</summary>
public sealed class EmailBlockedSender : EmailSecurityItem
{
    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "blocked sender",
        "blocked senders",
        "id",
        EmailSecurityFields.Comments,
        EmailSecurityFields.CreatedAt,
        EmailSecurityFields.Id,
        EmailSecurityFields.IsRegex,
        EmailSecurityFields.LastModified,
        EmailSecurityFields.ModifiedAt,
        EmailSecurityFields.Pattern,
        EmailSecurityFields.PatternType)
    {
        IdentityAliases = ["pattern_id"],
        DisplayField = "pattern",
        NaturalKey = ["pattern"],
        MatchKeys = ["pattern"],
        ValidateTogether = EmailSecurityFields.GetPatternError,
        WarnOfFields = EmailSecurityFields.GetPatternWarning,
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailBlockedSender> Definition = new("block_senders", Descriptor, (fields, account) => new EmailBlockedSender(fields, account))
    {
        HasReplace = true,
        AtomicBatch = BatchOperations.All,
    };

    private EmailBlockedSender(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The address, domain or IP address that is blocked, or an expression if <see cref="IsRegex"/>.</summary>
    public string? Pattern => Text("pattern");

    /// <summary>What the pattern is: <c>EMAIL</c>, <c>DOMAIN</c> or <c>IP</c>; <c>UNKNOWN</c> is read-only.</summary>
    public string? PatternType => Text("pattern_type");

    /// <summary>Whether the pattern is a regular expression.</summary>
    public bool? IsRegex => Flag("is_regex");

    /// <summary>A note.</summary>
    public string? Comments => Text("comments");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;
}
