using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Reads trusted domains, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailTrustedDomain", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailTrustedDomain))]
[RequiresPermission(CloudflarePermissions.Read)]
public sealed class GetEmailTrustedDomainCommand : CloudflareSortedListCommand<EmailTrustedDomain>
{
    /// <summary>Only those with this pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Filter(typeof(EmailTrustedDomain), "pattern")]
    public string? Pattern { get; set; }

    /// <summary>Only domains with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_recent")]
    [Filter(typeof(EmailTrustedDomain), "is_recent")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsRecent { get; set; }

    /// <summary>Only domains with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_similarity")]
    [Filter(typeof(EmailTrustedDomain), "is_similarity")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsSimilarity { get; set; }

    /// <summary>What the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Pattern", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}
