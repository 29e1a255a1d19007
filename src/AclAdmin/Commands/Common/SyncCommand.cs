using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that brings a list into the state that its rows describe. The rows wait until the input has ended; then the list is read, once.</summary>
/// <typeparam name="T">The items of the list.</typeparam>
public abstract class SyncCommand<T> : FieldRowCommand<T>
    where T : ApiResource
{
    /// <summary>The parameter set of a call that carries out a saved plan.</summary>
    private protected const string PlanSet = "Plan";

    private readonly List<DesiredRow> _rows = [];
    private IResourceClient<T>? _client;
    private SyncOptions? _options;
    private AclPlan? _plan;
    private PlanStore? _store;
    private RemovalQuestion? _question;
    private int _unread;

    /// <summary>The key that identifies the item of a row; without it the id where a row has one, and elsewhere the address, pattern, domain or name.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? Key { get; set; }

    /// <summary>Removes the items that no row names.</summary>
    [Parameter(ParameterSetName = RowSet)]
    public SwitchParameter RemoveUnlisted { get; set; }

    /// <summary>A condition on <c>$_</c>, an item of the list: items for which it is not true are neither changed nor removed.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public ScriptBlock? Scope { get; set; }

    /// <summary>How many items may be removed: a number, or a percentage of the managed ones.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string MaxRemove { get; set; } = RemovalLimit.Default;

    /// <summary>Saves the plan in this file, and sends nothing.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>Applies the plan of this file, or refuses it where the list has changed since.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    public string? ApplyPlan { get; set; }

    /// <summary>Removes without confirmation; -WhatIf and an explicit -Confirm still apply.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // For the reading of rows: each change has an action of its own.
    private protected override ChangeAction Action => ChangeAction.Update;

    private protected override ChangeAction? CountedAction => null;

    private protected override bool ComparesFirst => true;

    private protected override bool SendsNothing => IsWhatIf || PlanPath is not null;

    // What comes out is the plan.
    private protected override bool WritesResults => false;

    /// <summary>Checks what does not depend on rows.</summary>
    protected override void BeginProcessing()
    {
        _options = OrEnd(() => new SyncOptions(SyncKey.Find(Definition.Resource, Key), RemoveUnlisted, RemovalLimit.Parse(MaxRemove)) { IsInScope = IsInScope }, null);
        _store = OrEnd(() => PlanStore.Open(this, PlanPath, ApplyPlan), PlanPath ?? ApplyPlan);
        base.BeginProcessing();
    }

    /// <summary>Plans and carries out what the rows describe, and writes the plan.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (PassThru && _plan is not null)
        {
            WriteObject(_plan);
        }
    }

    private protected override ChangePlan<T>? PlanRow(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        _client ??= client;
        if (_client.AccountId != client.AccountId)
        {
            throw SyncWarnings.OtherAccount(_client.AccountId, client.AccountId);
        }

        _rows.Add(new DesiredRow(content, row));
        return null;
    }

    private protected override void OnRowFailed() => _unread++;

    private protected override IReadOnlyList<string?> ArgumentTargets() => [];

    private protected override void PostCollected()
    {
        if (Session.HasEnded)
        {
            PostRows(row => ChangeOutcome<T>.NotSent(new Change<T>(row)));
        }
        else if (_store!.Saved is { } saved)
        {
            PostSaved(PlanSaved(saved));
        }
        else if (Session.Summary.Rows == 0 && RemoveUnlisted)
        {
            ThrowTerminatingError(ErrorRecords.From(SyncWarnings.NoRows(Definition.Resource), null));
        }
        else if (_client is not null && TryPlanAll(_client) is { } wanted)
        {
            Post(wanted, _client);
        }
    }

    private SyncPlan<T>? TryPlanAll(IResourceClient<T> client)
    {
        try
        {
            States.ReadAll(client);
        }
        catch (AclException unreadable)
        {
            // A list that was not read to its end does not show which items are missing.
            PostRows(row => ChangeOutcome<T>.Failed(new Change<T>(row), unreadable));
            return null;
        }

        return OrEnd(() => new SyncPlanner<T>(Definition, _options!, States).Plan(client, _rows, _unread), null);
    }

    private SyncPlan<T> PlanSaved(AclPlan saved)
    {
        Await(ListOrigin.FindAsync(ActiveConnection, Reporter, Cancellation));
        var plan = OrEnd(() => new SavedPlan<T>(Definition, States).Prepare(FindClient(Account), saved), ApplyPlan);
        _plan = saved;
        Session.HasRows = true;
        Session.Summary.Rows += plan.Steps.Count + plan.Removals.Count;
        return plan;
    }

    private bool IsInScope(ApiResource item) => Scope is null || LanguagePrimitives.IsTrue(Scope.InvokeWithContext(null, [new PSVariable("_", item)]));

    /// <summary>Carries the plan out as the only process that does; where nothing was applied, it can be applied later.</summary>
    private void PostSaved(SyncPlan<T> plan)
    {
        var claim = SendsNothing ? null : OrEnd(() => _store!.Claim(), ApplyPlan);
        PostSteps(plan);
        Session.WriteOutstanding();
        if (Session.Summary.HasChangedNothing)
        {
            claim?.Release();
        }
    }

    /// <summary>The result of work without which the call has nothing to go by.</summary>
    private TResult OrEnd<TResult>(Func<TResult> work, object? target)
    {
        try
        {
            return work();
        }
        catch (AclException refused)
        {
            ThrowTerminatingError(ErrorRecords.From(refused, target));
            throw;
        }
    }

    private void PostRows(Func<ChangeRow, ChangeOutcome<T>> outcomeOf)
    {
        foreach (var row in _rows)
        {
            Session.Post(outcomeOf(row.Row));
            Session.WriteReady();
        }
    }

    private void Post(SyncPlan<T> plan, IResourceClient<T> client)
    {
        if (PlanPath is not null)
        {
            Await(ListOrigin.FindAsync(client.Connection, Reporter, Cancellation));
        }

        _plan = AclPlan.Of(plan, client, _options!.Key, DateTime.UtcNow);
        SyncWarnings.Write(this, plan, Definition.Resource, hasScope: Scope is not null);
        PostSteps(plan);
        if (SendsNothing)
        {
            SummaryLine.Write(this, plan.Counts.ToString());
        }

        OrEnd(() => _store!.Save(_plan), PlanPath);
    }

    private void PostSteps(SyncPlan<T> plan)
    {
        var refused = 0;
        foreach (var step in plan.Steps)
        {
            if (step.Plan is not null)
            {
                AskAndPost(step.Plan);
            }
            else
            {
                refused += step.IsNotManaged ? 1 : 0;
                Session.Post(ChangeOutcome<T>.Failed(new Change<T>(step.Row.Row), step.Failure!));
            }

            Session.WriteReady();
        }

        PostRemovals(plan.Removals, refused);
    }

    /// <summary>Removals come last, and only where everything before has worked: a failed create must not leave a removal behind that belongs to it.</summary>
    private void PostRemovals(IReadOnlyList<ChangePlan<T>> removals, int refused)
    {
        if (removals.Count == 0)
        {
            return;
        }

        Session.WriteOutstanding();
        if (Session.HasEnded || Session.Summary.Failed + Session.Summary.Unknown > refused)
        {
            WriteWarning(SyncWarnings.Withheld(removals.Count, Definition.Resource, "as changes before them failed"));
            return;
        }

        foreach (var removal in removals)
        {
            AskAndPost(removal);
            Session.WriteReady();
        }
    }

    private protected override bool ShouldApply(ChangePlan<T> plan)
    {
        if (PlanPath is not null && !IsWhatIf)
        {
            // A plan that is only saved needs no confirmation.
            WriteVerbose($"{plan.Operation} on {plan.Target}: {string.Join("; ", plan.Differences ?? [])}");
            return false;
        }

        if (!base.ShouldApply(plan))
        {
            return false;
        }

        // About changes it asks as Set- does, and about removals as Remove- does.
        return plan.Change.Action != ChangeAction.Delete || Force || IsWhatIf || IsConfirmed || (_question ??= new RemovalQuestion(this)).IsAnsweredYes(plan.Operation, plan.Target);
    }
}
