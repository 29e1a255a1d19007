using System.Management.Automation;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Changes the fields of access control rules that were said (PATCH), and leaves the others alone.</summary>
[Cmdlet(VerbsData.Update, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ByIdSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlRuleClient.UpdateScope)]
public sealed class UpdateAccessControlRuleCommand : AccessControlRuleChangeCommand
{
    private protected override ChangeAction Action => ChangeAction.Update;
}
