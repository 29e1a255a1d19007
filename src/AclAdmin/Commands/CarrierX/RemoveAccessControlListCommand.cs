using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Removes access control lists from partners, trunk groups and trunks. The rules themselves stay.</summary>
[Cmdlet(VerbsCommon.Remove, "AccessControlList", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(ListOwnerScopes.Update)]
public sealed class RemoveAccessControlListCommand : AccessControlListRemoveCommand
{
    private protected override ChangeAction Action => ChangeAction.Delete;

    private protected override ListEditKind Kind => ListEditKind.Remove;
}
