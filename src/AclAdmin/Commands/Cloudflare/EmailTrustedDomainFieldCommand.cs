namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of trusted domains, and declares their parameters once.</summary>
public abstract class EmailTrustedDomainFieldCommand : PatternFieldCommand<EmailTrustedDomain>
{
    /// <summary>Whether a recent registration of the domain is no reason for suspicion.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_recent")]
    [Field(typeof(EmailTrustedDomain), "is_recent")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsRecent { get; set; }

    /// <summary>Whether its likeness to another domain is no reason for suspicion.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_similarity")]
    [Field(typeof(EmailTrustedDomain), "is_similarity")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsSimilarity { get; set; }
}
