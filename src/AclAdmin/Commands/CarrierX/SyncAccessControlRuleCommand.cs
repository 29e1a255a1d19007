using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes.Sync;

namespace AclAdmin.Commands;

/// <summary>Brings the access control rules into the state that rows describe.</summary>
[Cmdlet(VerbsData.Sync, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(AclPlan))]
[RequiresPermission(AccessControlScopes.Update)]
[FieldsOf(typeof(NewAccessControlRuleCommand))]
public sealed class SyncAccessControlRuleCommand : SyncCommand<AccessControlRule>;
