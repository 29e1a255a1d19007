namespace AclAdmin.Commands;

/// <summary>Removes sending domain restrictions. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailSendingDomainRestriction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailSendingDomainRestrictionCommand : BatchRemoveCommand<EmailSendingDomainRestriction>;
