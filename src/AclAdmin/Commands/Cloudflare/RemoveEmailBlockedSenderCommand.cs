namespace AclAdmin.Commands;

/// <summary>Removes blocked senders. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailBlockedSender", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailBlockedSenderCommand : BatchRemoveCommand<EmailBlockedSender>;
