using System.Collections.Generic;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that removes items.</summary>
/// <typeparam name="T">What it removes.</typeparam>
public abstract class RemoveCommand<T> : RowCommand<T>
    where T : ApiResource
{
    private readonly List<ChangePlan<T>> _collected = [];

    /// <summary>Removes without confirmation; -WhatIf and an explicit -Confirm still apply.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What identifies an item: its id, or a field that is compared as a whole and without regard to case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }

    private protected override IReadOnlyList<string>? MatchByNames => MatchBy;

    // Force replaces the default confirmation; it never overrides -WhatIf or an explicit -Confirm.
    private protected override bool IsPreviewed => base.IsPreviewed && !IsForced;

    private bool IsForced => Force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !IsWhatIf;

    private protected override ChangeAction Action => ChangeAction.Delete;

    /// <summary>
    /// Results of a list wait until the list has been read to its end: removing while it is read would move its pages, and some would be passed over.
    /// </summary>
    private protected override ChangePlan<T>? PlanRow(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        var plan = Planner.Plan(content, client, row);
        if (content.State is null)
        {
            return plan;
        }

        _collected.Add(plan);
        return null;
    }

    private protected override void PostCollected()
    {
        foreach (var plan in _collected)
        {
            AskAndPost(plan);
            Session.WriteReady();
        }
    }

    private protected override bool ShouldApply(ChangePlan<T> plan)
    {
        if (IsForced)
        {
            WriteVerbose($"Performing the operation \"{plan.Operation}\" on target \"{plan.Target}\".");
        }

        return IsForced || base.ShouldApply(plan);
    }
}
