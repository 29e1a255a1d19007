using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Removes access control rules. An item that no longer exists causes no error.</summary>
[Cmdlet(VerbsCommon.Remove, "AccessControlRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(AccessControlScopes.Delete)]
public sealed class RemoveAccessControlRuleCommand : RemoveCommand<AccessControlRule>
{
    private RuleUsage? _usage;
    private bool _hasReadUsage;

    /// <summary>The rule's sid.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("rule_sid", "sid", "id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? RuleSid { get; set; } = [];

    private protected override IReadOnlyList<string?> Ids => RuleSid ?? [];

    /// <summary>Warns of a rule that is in use before the confirmation: whether the service refuses to remove such a rule is not documented.</summary>
    private protected override bool ShouldApply(ChangePlan<AccessControlRule> plan)
    {
        if (FindUsage()?.Describe(plan.Change.Id) is { } lists)
        {
            WriteWarning($"{plan.Target} is in use: {lists}.");
        }

        return base.ShouldApply(plan);
    }

    /// <summary>The lists, read once; null where they cannot be read.</summary>
    private RuleUsage? FindUsage()
    {
        if (!_hasReadUsage)
        {
            _hasReadUsage = true;
            try
            {
                _usage = Await(RuleUsage.ReadAsync(ActiveConnection, Reporter, Cancellation));
            }
            catch (AclException unseen) when (!unseen.EndsRun)
            {
                WriteWarning($"Whether the rules are in use is not known, as the access control lists could not be read. {unseen.Message}");
            }
        }

        return _usage;
    }
}
