using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Replaces whole access control rules (PUT); every field must be specified.</summary>
[Cmdlet(VerbsCommon.Set, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Update)]
public sealed class SetAccessControlRuleCommand : AccessControlRuleChangeCommand
{
    private protected override ChangeAction Action => ChangeAction.Replace;
}
