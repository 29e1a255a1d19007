namespace AclAdmin.Commands;

/// <summary>Removes URL ignore patterns. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "EmailUrlIgnorePattern", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveEmailUrlIgnorePatternCommand : CloudflareRemoveCommand<EmailUrlIgnorePattern>;
