namespace AclAdmin.Commands;

/// <summary>Reads trusted domains, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailTrustedDomain", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailTrustedDomain))]
public sealed class GetEmailTrustedDomainCommand : PatternListCommand<EmailTrustedDomain>
{
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
}
