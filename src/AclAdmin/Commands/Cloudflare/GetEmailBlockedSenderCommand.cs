using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Reads blocked senders, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailBlockedSender", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailBlockedSender))]
[RequiresPermission(CloudflarePermissions.Read)]
public sealed class GetEmailBlockedSenderCommand : CloudflareSortedListCommand<EmailBlockedSender>
{
    /// <summary>Only those with this pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Filter(typeof(EmailBlockedSender), "pattern")]
    public string? Pattern { get; set; }

    /// <summary>Only those of this type of pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("pattern_type")]
    [Filter(typeof(EmailBlockedSender), "pattern_type")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? PatternType { get; set; }

    /// <summary>What the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Pattern", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}
