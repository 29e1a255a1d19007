using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>Undoes changes of one list.</summary>
/// <param name="session">Applies them.</param>
/// <param name="planner">Plans them.</param>
/// <param name="undo">Makes changes of the plans.</param>
/// <param name="outcomes">Receives the outcomes.</param>
internal sealed class UndoRun<T>(ChangeSession<T> session, UndoPlanner planner, UndoChanges<T> undo, UndoOutcomes<T> outcomes)
    where T : ApiResource
{
    /// <summary>Undoes them, as far as they are not undone.</summary>
    /// <param name="part">The changes, the newest first.</param>
    /// <param name="ask">Whether a change is wanted.</param>
    /// <param name="explain">Writes what only a curious person reads.</param>
    public void Undo(IReadOnlyList<AclChange> part, Func<ChangePlan<T>, bool> ask, Action<string> explain)
    {
        session.Summary.Rows += part.Count;
        foreach (var change in part.Where(change => change.UndoneBy is not null))
        {
            explain($"The change {change.Number} of the run {change.RunId} is undone already: unchanged.");
            session.Post(ChangeOutcome<T>.Unchanged(OfRows(change)));
        }

        var plans = planner.Plan(undo.Resource, part.Where(change => change.UndoneBy is null).ToArray(), undo.Contents, out var refusals);
        foreach (var refusal in refusals)
        {
            session.Post(ChangeOutcome<T>.Failed(OfRows(refusal.Change), refusal.Reason));
        }

        foreach (var plan in plans)
        {
            Post(plan, ask);
            session.WriteReady();
        }
    }

    /// <summary>Reports changes of any list that are not undone because the run has ended.</summary>
    public static void PostNotSent(ChangeSession<T> session, IEnumerable<AclChange> changes)
    {
        foreach (var change in changes)
        {
            session.Summary.Rows++;
            session.Post(ChangeOutcome<T>.NotSent(OfRows(change)));
        }
    }

    private static Change<T> OfRows(params AclChange[] changes) => new(changes.Select(change => new ChangeRow(change, 0)).ToArray()) { Id = changes[0].Id };

    private void Post(UndoPlan plan, Func<ChangePlan<T>, bool> ask)
    {
        ChangePlan<T> change;
        try
        {
            change = undo.Plan(plan);
        }
        catch (AclException failure)
        {
            planner.Stop([.. plan.Changes]);
            session.Post(ChangeOutcome<T>.Failed(OfRows([.. plan.Changes]), failure));
            return;
        }

        outcomes.Expect(change.Change, plan);
        if (session.HasEnded)
        {
            session.Post(ChangeOutcome<T>.NotSent(change.Change));
        }
        else if (change.IsEmpty)
        {
            session.Post(ChangeOutcome<T>.Unchanged(change.Change, change.Present));
        }
        else if (ask(change))
        {
            session.Post(change.Change);
        }
        else if (!session.HasEnded)
        {
            session.Post(ChangeOutcome<T>.Skipped(change.Change));
        }
    }
}

/// <summary>Keeps, for the older changes, what became of the newer ones: what is not undone stops them, what is undone is the state that they find.</summary>
/// <param name="planner">Plans the older ones.</param>
/// <param name="undo">The list.</param>
/// <param name="isPreview">Whether nothing is sent, so that what is skipped counts as undone.</param>
internal sealed class UndoOutcomes<T>(UndoPlanner planner, UndoChanges<T> undo, bool isPreview)
    where T : ApiResource
{
    private readonly Dictionary<Change<T>, UndoPlan> _plans = [];

    /// <summary>Expects the outcome of a change.</summary>
    public void Expect(Change<T> change, UndoPlan plan) => _plans[change] = plan;

    /// <summary>Keeps an outcome.</summary>
    public void Note(ChangeOutcome<T> outcome)
    {
        if (!_plans.TryGetValue(outcome.Change, out var plan))
        {
            return;
        }

        if (outcome.Status is ChangeStatus.Changed or ChangeStatus.Unchanged || (outcome.Status == ChangeStatus.Skipped && isPreview))
        {
            planner.Note(plan, undo.Note(plan, outcome.Result));
        }
        else
        {
            planner.Stop([.. plan.Changes]);
        }
    }
}
