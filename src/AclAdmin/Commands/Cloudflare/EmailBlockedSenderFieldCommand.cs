using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of blocked senders: the fields' parameters stand here, once.</summary>
public abstract class EmailBlockedSenderFieldCommand : BatchFieldCommand<EmailBlockedSender>
{
    /// <summary>The address, domain or IP address to block; 1 to 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("Value")]
    [Field(typeof(EmailBlockedSender), "pattern")]
    public string? Pattern { get; set; }

    /// <summary>What the pattern is: EMAIL, DOMAIN or IP.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("pattern_type", "Rule Type", "Rule_Type")]
    [Field(typeof(EmailBlockedSender), "pattern_type")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? PatternType { get; set; }

    /// <summary>Whether the pattern is a regular expression.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("is_regex")]
    [Field(typeof(EmailBlockedSender), "is_regex")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsRegex { get; set; }

    /// <summary>A note; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("Notes", "Note")]
    [Field(typeof(EmailBlockedSender), "comments")]
    public string? Comments { get; set; }
}
