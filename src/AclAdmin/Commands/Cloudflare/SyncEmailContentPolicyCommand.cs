using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the content policies into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailContentPolicy", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailContentPolicyCommand))]
public sealed class SyncEmailContentPolicyCommand : BatchSyncCommand<EmailContentPolicy>;
