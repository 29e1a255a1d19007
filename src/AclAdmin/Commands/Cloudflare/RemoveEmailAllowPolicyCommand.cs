namespace AclAdmin.Commands;

/// <summary>Removes allow policies. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailAllowPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailAllowPolicyCommand : BatchRemoveCommand<EmailAllowPolicy>;
