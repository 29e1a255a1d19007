using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the domains into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailDomain", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailDomainCommand))]
public sealed class SyncEmailDomainCommand : CloudflareSyncCommand<EmailDomain>;
