namespace AclAdmin.Commands;

/// <summary>Removes entries from the impersonation registry. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "ImpersonationRegistryEntry", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
public sealed class RemoveImpersonationRegistryEntryCommand : CloudflareRemoveCommand<ImpersonationRegistryEntry>;
