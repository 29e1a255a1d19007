using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that removes access control lists, or rules from them.</summary>
public abstract class AccessControlListRemoveCommand : AccessControlListCommand
{
    /// <summary>The place of the list among those of its owner, from 1.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlListOwner), "index")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public long? Index { get; set; }

    /// <summary>Removes without confirmation; -WhatIf and an explicit -Confirm still apply.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool ShouldApply(ChangePlan<AccessControlListOwner> plan)
    {
        var isForced = Force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !IsWhatIf;
        if (isForced)
        {
            WriteVerbose($"Performing the operation \"{plan.Operation}\" on target \"{plan.Target}\".");
        }

        return isForced || base.ShouldApply(plan);
    }
}
