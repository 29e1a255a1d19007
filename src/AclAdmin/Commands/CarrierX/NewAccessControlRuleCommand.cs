using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates access control rules.</summary>
[Cmdlet(VerbsCommon.New, "AccessControlRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlRule))]
[RequiresPermission(AccessControlScopes.Create)]
public sealed class NewAccessControlRuleCommand : AccessControlRuleFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
