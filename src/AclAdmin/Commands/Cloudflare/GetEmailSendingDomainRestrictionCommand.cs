namespace AclAdmin.Commands;

/// <summary>Reads sending domain restrictions, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "EmailSendingDomainRestriction", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EmailSendingDomainRestriction))]
public sealed class GetEmailSendingDomainRestrictionCommand : CloudflareSortedListCommand<EmailSendingDomainRestriction>
{
    /// <summary>The field that the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Domain", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}
