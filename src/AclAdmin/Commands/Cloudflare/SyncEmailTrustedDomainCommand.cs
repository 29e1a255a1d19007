using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the trusted domains into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailTrustedDomain", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailTrustedDomainCommand))]
public sealed class SyncEmailTrustedDomainCommand : BatchSyncCommand<EmailTrustedDomain>;
