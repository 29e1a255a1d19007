using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A domain that Cloudflare Email Security trusts although it is new or looks like another one.</summary>
public sealed class EmailTrustedDomain : EmailSecurityItem
{
    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "trusted domain",
        "trusted domains",
        "id",
        EmailSecurityFields.Comments,
        EmailSecurityFields.CreatedAt,
        EmailSecurityFields.Id,
        EmailSecurityFields.FlagOffByDefault("is_recent", "New", "Recent"),
        EmailSecurityFields.IsRegex,
        EmailSecurityFields.FlagOffByDefault("is_similarity", "Proximity", "Similarity"),
        EmailSecurityFields.LastModified,
        EmailSecurityFields.ModifiedAt,
        EmailSecurityFields.Pattern)
    {
        IdentityAliases = ["trusted_domain_id"],
        DisplayField = "pattern",
        NaturalKey = ["pattern"],
        MatchKeys = ["pattern"],
        ValidateTogether = patch => patch.GetFlag("is_regex") == false ? EmailSecurityFields.GetFormError("pattern", patch, "DOMAIN") : null,
        WarnOfFields = EmailSecurityFields.GetPatternWarning,
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailTrustedDomain> Definition = new("trusted_domains", Descriptor, (fields, account) => new EmailTrustedDomain(fields, account))
    {
        HasReplace = true,
        AtomicBatch = BatchOperations.All,
    };

    private EmailTrustedDomain(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The domain, or an expression if <see cref="IsRegex"/>.</summary>
    public string? Pattern => Text("pattern");

    /// <summary>Whether the pattern is a regular expression.</summary>
    public bool? IsRegex => Flag("is_regex");

    /// <summary>Whether a recent registration of the domain causes no Suspicious or Malicious disposition.</summary>
    public bool? IsRecent => Flag("is_recent");

    /// <summary>Whether its likeness to another domain causes no Spoof disposition.</summary>
    public bool? IsSimilarity => Flag("is_similarity");

    /// <summary>A note.</summary>
    public string? Comments => Text("comments");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;
}
