namespace AclAdmin.Commands;

/// <summary>Removes domains. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailDomainCommand : CloudflareRemoveCommand<EmailDomain>;
