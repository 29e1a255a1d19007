namespace AclAdmin.Commands;

/// <summary>Removes URL ignore patterns. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailUrlIgnorePattern", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailUrlIgnorePatternCommand : CloudflareRemoveCommand<EmailUrlIgnorePattern>;
