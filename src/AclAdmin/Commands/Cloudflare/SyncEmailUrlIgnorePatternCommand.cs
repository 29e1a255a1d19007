using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Brings the URL ignore patterns into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "EmailUrlIgnorePattern", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(CloudflarePermissions.Write)]
[FieldsOf(typeof(NewEmailUrlIgnorePatternCommand))]
public sealed class SyncEmailUrlIgnorePatternCommand : CloudflareSyncCommand<EmailUrlIgnorePattern>;
