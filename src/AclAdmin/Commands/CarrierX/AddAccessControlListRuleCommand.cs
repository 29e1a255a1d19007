using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>Adds rules to access control lists, after the present ones; a rule that is in the list already keeps its place.</summary>
[Cmdlet(VerbsCommon.Add, "AccessControlListRule", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlList))]
[RequiresPermission(ListOwnerScopes.Update)]
public sealed class AddAccessControlListRuleCommand : AccessControlListCommand
{
    /// <summary>The rules to add, by sid or name.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("RuleSid", "rule_sid", "sid")]
    [Field(typeof(AccessControlListOwner), "rule")]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>The place of the list among those of its owner, from 1.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlListOwner), "index")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public long? Index { get; set; }

    /// <summary>Writes each changed list as the service shows it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool WritesResults => PassThru;

    private protected override ListEditKind Kind => ListEditKind.AddRules;

    private protected override bool ReadOther(ApiResource result, RowContent content) => ReadRule(result, content);
}
