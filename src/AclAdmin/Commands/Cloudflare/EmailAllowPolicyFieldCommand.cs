namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of allow policies, and declares their parameters once.</summary>
public abstract class EmailAllowPolicyFieldCommand : TypedPatternFieldCommand<EmailAllowPolicy>
{
    /// <summary>Whether mail of the sender bypasses all detections.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_trusted_sender")]
    [Field(typeof(EmailAllowPolicy), "is_trusted_sender"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsTrustedSender { get; set; }

    /// <summary>Whether mail to the recipient bypasses all detections.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_exempt_recipient")]
    [Field(typeof(EmailAllowPolicy), "is_exempt_recipient"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsExemptRecipient { get; set; }

    /// <summary>Whether Spam, Spoof and Bulk are lifted for the sender.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_acceptable_sender")]
    [Field(typeof(EmailAllowPolicy), "is_acceptable_sender"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsAcceptableSender { get; set; }

    /// <summary>Whether the policy applies only to mail that passes DMARC, SPF or DKIM.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("verify_sender")]
    [Field(typeof(EmailAllowPolicy), "verify_sender"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? VerifySender { get; set; }
}
