namespace AclAdmin.Commands;

/// <summary>Removes domains. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailDomainCommand : CloudflareRemoveCommand<EmailDomain>;
