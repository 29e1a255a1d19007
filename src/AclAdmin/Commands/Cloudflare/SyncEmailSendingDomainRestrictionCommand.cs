using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the sending domain restrictions into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailSendingDomainRestriction", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailSendingDomainRestrictionCommand))]
public sealed class SyncEmailSendingDomainRestrictionCommand : BatchSyncCommand<EmailSendingDomainRestriction>;
