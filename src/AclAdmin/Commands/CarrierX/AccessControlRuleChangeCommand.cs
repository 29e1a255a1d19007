using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.CarrierX;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that changes access control rules that exist.</summary>
public abstract class AccessControlRuleChangeCommand : AccessControlRuleFieldCommand
{
    /// <summary>The rule's sid.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByIdSet)]
    [Parameter(ParameterSetName = RowSet, ValueFromPipelineByPropertyName = true)]
    [Alias("rule_sid", "sid", "id")]
    public string[] RuleSid { get; set; } = [];

    private protected override IReadOnlyList<string> Ids => RuleSid;

    private protected override IReadOnlyList<string> IdentityNames { get; } = ["RuleSid", "rule_sid", .. AccessControlRule.Descriptor.IdentityAliases];
}
