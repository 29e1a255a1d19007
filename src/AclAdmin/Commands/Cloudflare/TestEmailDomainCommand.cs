namespace AclAdmin.Commands;

/// <summary>Shows the state of the proof of domains' ownership, and the TXT record for it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "EmailDomain")]
[OutputType(typeof(EmailDomainVerification))]
[RequiresPermission(CloudflarePermissions.Read)]
public sealed class TestEmailDomainCommand : ItemCommand<EmailDomain>
{
    /// <summary>The id of the domain.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("domain_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("account_id")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? AccountId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Id)
        {
            if (TryAwait(() => EmailDomainVerification.ReadAsync(ActiveConnection, AccountId, id, Reporter, Cancellation), id, out var verification))
            {
                WriteObject(verification);
            }
        }
    }
}
