using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the blocked senders into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailBlockedSender", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailBlockedSenderCommand))]
public sealed class SyncEmailBlockedSenderCommand : BatchSyncCommand<EmailBlockedSender>;
