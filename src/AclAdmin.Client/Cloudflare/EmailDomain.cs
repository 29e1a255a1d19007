using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A mail domain that Cloudflare Email Security protects.</summary>
public sealed class EmailDomain : EmailSecurityItem
{
    private static readonly string[] DeliveryModes = ["DIRECT", "BCC", "JOURNAL", "API", "RETRO_SCAN"];

    private static readonly string[] Dispositions =
        ["MALICIOUS", "MALICIOUS-BEC", "SUSPICIOUS", "SPOOF", "SPAM", "BULK", "ENCRYPTED", "EXTERNAL", "UNKNOWN", "NONE"];

    /// <summary>The field table.</summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "domain",
        "domains",
        "id",
        new FieldDescriptor("allowed_delivery_modes", FieldKind.TextList) { RequiredOnCreate = true, MinItems = 1, MaxItems = 10, AllowedValues = DeliveryModes, Columns = ["Delivery Mode", "Delivery Modes"] },
        new FieldDescriptor("authorization", FieldKind.Object) { Writable = false },
        EmailSecurityFields.CreatedAt,
        new FieldDescriptor("dmarc_status", FieldKind.Text) { Writable = false },
        // The name of a domain cannot be changed.
        new FieldDescriptor("domain", FieldKind.Text) { RequiredOnCreate = true, CreateOnly = true, NotBlank = true, Content = TextContent.Address, ReadAs = PatternForm.Refang },
        new FieldDescriptor("drop_dispositions", FieldKind.TextList) { RequiredOnCreate = true, CreateDefault = Array.Empty<string>(), MaxItems = 10, AllowedValues = Dispositions },
        new FieldDescriptor("emails_processed", FieldKind.Object) { Writable = false },
        new FieldDescriptor("folder", FieldKind.Choice) { Nullable = true, RequiredOnReplace = false, AllowedValues = ["AllItems", "Inbox"] },
        EmailSecurityFields.Id,
        new FieldDescriptor("inbox_provider", FieldKind.Text) { Writable = false },
        new FieldDescriptor("integration_id", FieldKind.Text) { Nullable = true, RequiredOnReplace = false, Content = TextContent.Identifier },
        new FieldDescriptor("ip_restrictions", FieldKind.TextList) { RequiredOnCreate = true, CreateDefault = Array.Empty<string>(), MaxItems = 100, Content = TextContent.Address, DescribeItem = item => EmailSecurityFields.GetItemError("IP", item) },
        EmailSecurityFields.LastModified,
        Resettable("lookback_hops", FieldKind.Integer, minimum: 1, maximum: 20),
        EmailSecurityFields.ModifiedAt,
        new FieldDescriptor("o365_tenant_id", FieldKind.Text) { Writable = false },
        new FieldDescriptor("regions", FieldKind.TextList) { RequiredOnCreate = true, MinItems = 1, MaxItems = 10, AllowedValues = ["GLOBAL", "AU", "DE", "IN", "US"] },
        Resettable("require_tls_inbound", FieldKind.Boolean),
        Resettable("require_tls_outbound", FieldKind.Boolean),
        new FieldDescriptor("spf_status", FieldKind.Text) { Writable = false },
        new FieldDescriptor("status", FieldKind.Text) { Writable = false },
        Resettable("transport", FieldKind.Text, content: TextContent.Address))
    {
        IdentityAliases = ["domain_id"],
        DisplayField = "domain",
        NaturalKey = ["domain"],
        MatchKeys = ["domain"],
        ValidateTogether = patch => EmailSecurityFields.GetFormError("domain", patch, "DOMAIN"),
        FilterFields =
        [
            new FieldDescriptor("active_delivery_mode", FieldKind.Choice) { AllowedValues = DeliveryModes },
            new FieldDescriptor("allowed_delivery_mode", FieldKind.Choice) { AllowedValues = DeliveryModes },
            new FieldDescriptor("status", FieldKind.Choice) { AllowedValues = ["PENDING", "ACTIVE", "FAILED", "TIMEOUT"] },
        ],
    };

    /// <summary>The list.</summary>
    public static readonly EmailSecurityList<EmailDomain> Definition = new("domains", Descriptor, (fields, account) => new EmailDomain(fields, account)) { HasReplace = true };

    private EmailDomain(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The domain.</summary>
    public string? Domain => Text("domain");

    /// <summary><c>PENDING</c>, <c>ACTIVE</c>, <c>FAILED</c> or <c>TIMEOUT</c>; the service has sent them in lower case, too.</summary>
    public string? Status => Text("status")?.ToUpperInvariant();

    /// <summary>The modes in which the service may receive mail.</summary>
    public TextList? AllowedDeliveryModes => List("allowed_delivery_modes");

    /// <summary>The blocks of addresses that mail may come from; empty for any.</summary>
    public TextList? IpRestrictions => List("ip_restrictions");

    /// <summary>The dispositions whose mail is dropped.</summary>
    public TextList? DropDispositions => List("drop_dispositions");

    /// <summary>Where mail is processed.</summary>
    public TextList? Regions => List("regions");

    /// <summary>How many mail servers back the sending one is.</summary>
    public long? LookbackHops => Number("lookback_hops");

    /// <summary>Which folder is scanned: <c>AllItems</c> or <c>Inbox</c>.</summary>
    public string? Folder => Text("folder");

    /// <summary>The integration that the domain belongs to.</summary>
    public string? IntegrationId => Text("integration_id");

    /// <summary>Whether mail to the service must come over TLS.</summary>
    public bool? RequireTlsInbound => Flag("require_tls_inbound");

    /// <summary>Whether mail from the service must go over TLS.</summary>
    public bool? RequireTlsOutbound => Flag("require_tls_outbound");

    /// <summary>Where mail is delivered to.</summary>
    public string? Transport => Text("transport");

    /// <summary><c>Microsoft</c> or <c>Google</c>.</summary>
    public string? InboxProvider => Text("inbox_provider");

    /// <summary>The tenant of Microsoft 365.</summary>
    public string? O365TenantId => Text("o365_tenant_id");

    /// <summary><c>none</c>, <c>good</c> or <c>invalid</c>.</summary>
    public string? DmarcStatus => Text("dmarc_status");

    /// <summary><c>none</c>, <c>good</c>, <c>neutral</c>, <c>open</c> or <c>invalid</c>.</summary>
    public string? SpfStatus => Text("spf_status");

    /// <summary>Whether the service may read the mail of the domain.</summary>
    public bool? IsAuthorized => (GetField("authorization") as JObject)?["authorized"].AsFlag();

    /// <summary>The service's remark on the authorization.</summary>
    public string? AuthorizationMessage => (GetField("authorization") as JObject)?["status_message"].AsText();

    /// <summary>How many messages were processed in the latest period.</summary>
    public long? EmailsProcessed => (GetField("emails_processed") as JObject)?["total_emails_processed"].AsNumber();

    /// <summary>How many in the period before it.</summary>
    public long? EmailsProcessedBefore => (GetField("emails_processed") as JObject)?["total_emails_processed_previous"].AsNumber();

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <summary>A field that a create and a replacement may set to null, and an update may not.</summary>
    private static FieldDescriptor Resettable(string name, FieldKind kind, long? minimum = null, long? maximum = null, TextContent content = default) =>
        new(name, kind) { Nullable = true, NullableInUpdate = false, RequiredOnReplace = false, Minimum = minimum, Maximum = maximum, Content = content };
}
