namespace AclAdmin.Commands;

/// <summary>Removes sending domain restrictions. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailSendingDomainRestriction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailSendingDomainRestrictionCommand : BatchRemoveCommand<EmailSendingDomainRestriction>;
