using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of trusted domains: the fields' parameters stand here, once.</summary>
public abstract class EmailTrustedDomainFieldCommand : BatchFieldCommand<EmailTrustedDomain>
{
    /// <summary>The domain, or an expression for it; 1 to 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("Value")]
    [Field(typeof(EmailTrustedDomain), "pattern")]
    public string? Pattern { get; set; }

    /// <summary>Whether the pattern is a regular expression.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("is_regex")]
    [Field(typeof(EmailTrustedDomain), "is_regex")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsRegex { get; set; }

    /// <summary>Whether a recent registration of the domain is no ground for suspicion.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("is_recent")]
    [Field(typeof(EmailTrustedDomain), "is_recent")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsRecent { get; set; }

    /// <summary>Whether its likeness to another domain is no ground for suspicion.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("is_similarity")]
    [Field(typeof(EmailTrustedDomain), "is_similarity")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsSimilarity { get; set; }

    /// <summary>A note; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("Notes", "Note")]
    [Field(typeof(EmailTrustedDomain), "comments")]
    public string? Comments { get; set; }
}
