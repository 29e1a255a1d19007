namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of domains, and declares their parameters once.</summary>
public abstract class EmailDomainFieldCommand : CloudflareFieldCommand<EmailDomain>
{
    /// <summary>The modes in which the service may receive mail: 1 to 10.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("allowed_delivery_modes")]
    [Field(typeof(EmailDomain), "allowed_delivery_modes"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public string[]? AllowedDeliveryModes { get; set; }

    /// <summary>The dispositions whose mail is dropped: up to 10, may be empty.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("drop_dispositions")]
    [Field(typeof(EmailDomain), "drop_dispositions"), ArgumentCompleter(typeof(FieldValueCompleter))]
    public string[]? DropDispositions { get; set; }

    /// <summary>Which folder is scanned: AllItems or Inbox.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailDomain), "folder")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Folder { get; set; }

    /// <summary>The integration that the domain belongs to.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("integration_id")]
    [Field(typeof(EmailDomain), "integration_id"), ArgumentCompleter(typeof(NoFileCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The blocks of addresses that mail may come from: up to 100, may be empty.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("ip_restrictions")]
    [Field(typeof(EmailDomain), "ip_restrictions"), ArgumentCompleter(typeof(NoFileCompleter))]
    public string[]? IpRestrictions { get; set; }

    /// <summary>How many mail servers back the sending one is: 1 to 20.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("lookback_hops")]
    [Field(typeof(EmailDomain), "lookback_hops"), ArgumentCompleter(typeof(NoFileCompleter))]
    public long? LookbackHops { get; set; }

    /// <summary>Where mail is processed: 1 to 10 regions.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailDomain), "regions")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string[]? Regions { get; set; }

    /// <summary>Whether mail to the service must come over TLS.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("require_tls_inbound")]
    [Field(typeof(EmailDomain), "require_tls_inbound")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? RequireTlsInbound { get; set; }

    /// <summary>Whether mail from the service must go over TLS.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("require_tls_outbound")]
    [Field(typeof(EmailDomain), "require_tls_outbound")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? RequireTlsOutbound { get; set; }

    /// <summary>Where mail is delivered to.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailDomain), "transport"), ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Transport { get; set; }
}
