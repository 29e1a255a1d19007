namespace AclAdmin.Commands;

/// <summary>Removes entries from the impersonation registry. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "ImpersonationRegistryEntry", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveImpersonationRegistryEntryCommand : CloudflareRemoveCommand<ImpersonationRegistryEntry>;
