using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the allow policies into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailAllowPolicy", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailAllowPolicyCommand))]
public sealed class SyncEmailAllowPolicyCommand : BatchSyncCommand<EmailAllowPolicy>;
