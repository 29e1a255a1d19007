using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Makes access control rules.</summary>
[Cmdlet(VerbsCommon.New, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Create)]
public sealed class NewAccessControlRuleCommand : AccessControlRuleFieldCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override IfExists IfExistsMode => IfExists;

    private protected override ChangeAction Action => ChangeAction.Create;

    private protected override IReadOnlyList<string?> ArgumentTargets() => [null];
}
