using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Reads allow policies, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailAllowPolicy", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailAllowPolicy))]
[RequiresPermission(CloudflarePermissions.Read)]
public sealed class GetEmailAllowPolicyCommand : CloudflareSortedListCommand<EmailAllowPolicy>
{
    /// <summary>Only those with this pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Filter(typeof(EmailAllowPolicy), "pattern")]
    public string? Pattern { get; set; }

    /// <summary>Only those of this type of pattern.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("pattern_type")]
    [Filter(typeof(EmailAllowPolicy), "pattern_type")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? PatternType { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_trusted_sender")]
    [Filter(typeof(EmailAllowPolicy), "is_trusted_sender")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsTrustedSender { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_exempt_recipient")]
    [Filter(typeof(EmailAllowPolicy), "is_exempt_recipient")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsExemptRecipient { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_acceptable_sender")]
    [Filter(typeof(EmailAllowPolicy), "is_acceptable_sender")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsAcceptableSender { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("verify_sender")]
    [Filter(typeof(EmailAllowPolicy), "verify_sender")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? VerifySender { get; set; }

    /// <summary>What the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Pattern", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}
