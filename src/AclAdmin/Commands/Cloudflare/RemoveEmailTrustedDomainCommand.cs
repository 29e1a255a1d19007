namespace AclAdmin.Commands;

/// <summary>Removes trusted domains. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailTrustedDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailTrustedDomainCommand : BatchRemoveCommand<EmailTrustedDomain>;
