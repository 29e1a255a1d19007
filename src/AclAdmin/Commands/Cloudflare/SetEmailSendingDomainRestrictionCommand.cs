namespace AclAdmin.Commands;

/// <summary>Changes the fields of sending domain restrictions that are specified, and leaves the others alone.</summary>
[Cmdlet(VerbsCommon.Set, "EmailSendingDomainRestriction", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailSendingDomainRestriction))]
public sealed class SetEmailSendingDomainRestrictionCommand : EmailSendingDomainRestrictionFieldCommand, IUpdateCommand
{
    /// <summary>The id of the sending domain restriction.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("sending_domain_restriction_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? Id { get; set; } = [];

    /// <summary>Reads the present state first, and sends only what differs from it.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>What identifies an item: its id, or a field that is compared as a whole and without regard to case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }
}
