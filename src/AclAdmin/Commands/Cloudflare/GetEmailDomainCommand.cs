using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>Reads domains, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailDomain", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailDomain))]
public sealed class GetEmailDomainCommand : CloudflareSortedListCommand<EmailDomain>
{
    /// <summary>Only these domains.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string[] Domain { get; set; } = [];

    /// <summary>Only domains with this delivery mode.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("active_delivery_mode")]
    [Filter(typeof(EmailDomain), "active_delivery_mode")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? ActiveDeliveryMode { get; set; }

    /// <summary>Only domains that allow this delivery mode.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("allowed_delivery_mode")]
    [Filter(typeof(EmailDomain), "allowed_delivery_mode")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? AllowedDeliveryMode { get; set; }

    /// <summary>Only domains of this integration.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("integration_id")]
    [Filter(typeof(EmailDomain), "integration_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>Only domains with this status.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Filter(typeof(EmailDomain), "status")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Status { get; set; }

    /// <summary>The field that the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Domain", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;

    private protected override ListQuery CreateQuery() => Domain.Aggregate(base.CreateQuery(), (query, domain) => query.Filter("domain", domain));
}
