namespace AclAdmin.Commands;

/// <summary>Removes trusted domains. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailTrustedDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailTrustedDomainCommand : BatchRemoveCommand<EmailTrustedDomain>;
