using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Makes access control rules.</summary>
[Cmdlet(VerbsCommon.New, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Create)]
public sealed class NewAccessControlRuleCommand : AccessControlRuleFieldCommand, ICreateCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
