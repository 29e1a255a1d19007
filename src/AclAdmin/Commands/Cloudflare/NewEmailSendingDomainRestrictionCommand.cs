using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates sending domain restrictions.</summary>
[Cmdlet(VerbsCommon.New, "EmailSendingDomainRestriction", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailSendingDomainRestriction))]
public sealed class NewEmailSendingDomainRestrictionCommand : EmailSendingDomainRestrictionFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
