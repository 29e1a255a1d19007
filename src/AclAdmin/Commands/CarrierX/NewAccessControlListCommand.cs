using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Adds access control lists to partners, trunk groups and trunks.</summary>
[Cmdlet(VerbsCommon.New, "AccessControlList", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlList))]
[RequiresPermission(ListOwnerScopes.Update)]
public sealed class NewAccessControlListCommand : AccessControlListFieldCommand
{
    /// <summary>What happens where the owner already has a list for the direction.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override ChangeAction Action => ChangeAction.Create;

    private protected override bool WritesResults => true;

    private protected override ListEditKind Kind => IfExists switch
    {
        IfExists.Create => ListEditKind.Create,
        IfExists.Keep => ListEditKind.CreateOrKeep,
        IfExists.Update => ListEditKind.CreateOrChange,
        _ => ListEditKind.CreateIfMissing,
    };
}
