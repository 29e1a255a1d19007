using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Puts whole access control rules in the place of the present ones (PUT); every field must be said.</summary>
[Cmdlet(VerbsCommon.Set, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Update)]
public sealed class SetAccessControlRuleCommand : AccessControlRuleChangeCommand
{
    private protected override ChangeAction Action => ChangeAction.Replace;
}
