using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.CarrierX;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Removes access control rules. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "AccessControlRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(AccessControlScopes.Delete)]
public sealed class RemoveAccessControlRuleCommand : RemoveCommand<AccessControlRule>
{
    /// <summary>The rule's sid.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("rule_sid", "sid", "id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? RuleSid { get; set; } = [];

    private protected override IReadOnlyList<string?> Ids => RuleSid ?? [];
}
