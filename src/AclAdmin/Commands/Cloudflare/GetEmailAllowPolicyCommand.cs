namespace AclAdmin.Commands;

/// <summary>Reads allow policies, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailAllowPolicy", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailAllowPolicy))]
public sealed class GetEmailAllowPolicyCommand : TypedPatternListCommand<EmailAllowPolicy>
{
    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_trusted_sender")]
    [Filter(typeof(EmailAllowPolicy), "is_trusted_sender"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsTrustedSender { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_exempt_recipient")]
    [Filter(typeof(EmailAllowPolicy), "is_exempt_recipient"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsExemptRecipient { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("is_acceptable_sender")]
    [Filter(typeof(EmailAllowPolicy), "is_acceptable_sender"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsAcceptableSender { get; set; }

    /// <summary>Only policies with this value.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("verify_sender")]
    [Filter(typeof(EmailAllowPolicy), "verify_sender"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? VerifySender { get; set; }
}
