namespace AclAdmin.Commands;

/// <summary>Removes allow policies. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailAllowPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailAllowPolicyCommand : BatchRemoveCommand<EmailAllowPolicy>;
