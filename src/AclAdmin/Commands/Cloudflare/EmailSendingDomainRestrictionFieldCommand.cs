namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of sending domain restrictions, and declares their parameters once.</summary>
public abstract class EmailSendingDomainRestrictionFieldCommand : CloudflareFieldCommand<EmailSendingDomainRestriction>
{
    /// <summary>The domain that must send over TLS.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailSendingDomainRestriction), "domain")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Domain { get; set; }

    /// <summary>The subdomains that need not; may be empty.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailSendingDomainRestriction), "exclude")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string[]? Exclude { get; set; }

    /// <summary>A note; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("Notes", "Note")]
    [Field(typeof(EmailSendingDomainRestriction), "comments")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Comments { get; set; }
}
