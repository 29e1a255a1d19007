using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the impersonation registry into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "ImpersonationRegistryEntry", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[FieldsOf(typeof(NewImpersonationRegistryEntryCommand))]
public sealed class SyncImpersonationRegistryEntryCommand : CloudflareSyncCommand<ImpersonationRegistryEntry>;
