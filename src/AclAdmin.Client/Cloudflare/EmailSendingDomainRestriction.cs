using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A domain whose mail is dropped unless it comes over TLS.</summary>
public sealed class EmailSendingDomainRestriction : EmailSecurityItem
{
    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "sending domain restriction",
        "sending domain restrictions",
        "id",
        EmailSecurityFields.Comments,
        EmailSecurityFields.CreatedAt,
        new FieldDescriptor("domain", FieldKind.Text) { RequiredOnCreate = true, NotBlank = true, Content = TextContent.Address, ReadAs = PatternForm.Refang, Columns = ["Value", "Pattern", "Sending Domain"] },
        // The service requires the list, and it may be empty.
        new FieldDescriptor("exclude", FieldKind.TextList)
        {
            RequiredOnCreate = true,
            CreateDefault = Array.Empty<string>(),
            Content = TextContent.Address,
            ReadAs = PatternForm.Refang,
            DescribeItem = item => EmailSecurityFields.GetItemError("DOMAIN", item),
            Columns = ["Excluded", "Exclude Subdomains", "Excluded Subdomains"],
        },
        EmailSecurityFields.Id,
        EmailSecurityFields.LastModified,
        EmailSecurityFields.ModifiedAt)
    {
        IdentityAliases = ["sending_domain_restriction_id"],
        DisplayField = "domain",
        NaturalKey = ["domain"],
        MatchKeys = ["domain"],
        ValidateTogether = patch => EmailSecurityFields.GetFormError("domain", patch, "DOMAIN"),
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailSendingDomainRestriction> Definition = new("sending_domain_restrictions", Descriptor, (fields, account) => new EmailSendingDomainRestriction(fields, account))
    {
        AtomicBatch = BatchOperations.Delete,
    };

    private EmailSendingDomainRestriction(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The domain that must send over TLS.</summary>
    public string? Domain => Text("domain");

    /// <summary>The subdomains that need not.</summary>
    public TextList? Exclude => List("exclude");

    /// <summary>A note.</summary>
    public string? Comments => Text("comments");

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;
}
