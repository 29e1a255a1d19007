namespace AclAdmin.Commands;

/// <summary>Removes blocked senders. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailBlockedSender", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailBlockedSenderCommand : BatchRemoveCommand<EmailBlockedSender>;
