using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the impersonation registry into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "ImpersonationRegistryEntry", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewImpersonationRegistryEntryCommand))]
public sealed class SyncImpersonationRegistryEntryCommand : CloudflareSyncCommand<ImpersonationRegistryEntry>;
