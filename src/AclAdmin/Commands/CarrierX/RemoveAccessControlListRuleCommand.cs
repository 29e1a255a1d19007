using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>Removes rules from access control lists. The rules themselves stay.</summary>
[Cmdlet(VerbsCommon.Remove, "AccessControlListRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlList))]
[RequiresPermission(ListOwnerScopes.Update)]
public sealed class RemoveAccessControlListRuleCommand : AccessControlListRemoveCommand
{
    /// <summary>The rules to remove, by sid or name.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("RuleSid", "rule_sid", "sid")]
    [Field(typeof(AccessControlListOwner), "rule")]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Writes each changed list as the service shows it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool WritesResults => PassThru;

    private protected override ListEditKind Kind => ListEditKind.RemoveRules;

    private protected override bool ReadOther(ApiResource result, RowContent content) => ReadRule(result, content);
}
