using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A regular expression for links that Cloudflare Email Security does not scan.</summary>
public sealed class EmailUrlIgnorePattern : EmailSecurityItem
{
    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "URL ignore pattern",
        "URL ignore patterns",
        "id",
        EmailSecurityFields.Comments,
        EmailSecurityFields.CreatedAt,
        EmailSecurityFields.Id,
        EmailSecurityFields.LastModified,
        EmailSecurityFields.ModifiedAt,
        EmailSecurityFields.UrlExpression)
    {
        IdentityAliases = ["pattern_id"],
        DisplayField = "pattern",
        NaturalKey = ["pattern"],
        MatchKeys = ["pattern"],
        WarnOfFields = EmailSecurityFields.GetExpressionWarning,
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailUrlIgnorePattern> Definition = new("url_ignore_patterns", Descriptor, (fields, account) => new EmailUrlIgnorePattern(fields, account)) { HasOrder = false };

    private EmailUrlIgnorePattern(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The regular expression.</summary>
    public string? Pattern => Text("pattern");

    /// <summary>A note.</summary>
    public string? Comments => Text("comments");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;
}
