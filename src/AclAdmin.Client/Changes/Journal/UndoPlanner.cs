using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>A change that cannot be undone.</summary>
/// <param name="Change">The change.</param>
/// <param name="Reason">The reason.</param>
public sealed record UndoRefusal(AclChange Change, AclException Reason);

/// <summary>Plans an undo: newest changes first, and all changes of an item together, even where an earlier undo has created it anew.</summary>
public static class UndoPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="resource">The field table of the list.</param>
    /// <param name="all">All changes of the journal to one list, in order.</param>
    /// <param name="selected">Those of them to undo.</param>
    /// <param name="force">Whether values that another client has changed in between are overwritten.</param>
    /// <param name="refusals">The changes that cannot be undone.</param>
    /// <returns>A plan for each item, in the order of the newest change.</returns>
    public static IReadOnlyList<UndoPlan> Plan(
        ResourceDescriptor resource, IReadOnlyList<AclChange> all, IReadOnlyCollection<AclChange> selected, bool force, out IReadOnlyList<UndoRefusal> refusals)
    {
        var items = FindItems(all);
        var plans = new Dictionary<string, UndoPlan>(StringComparer.OrdinalIgnoreCase);
        var order = new List<UndoPlan>();
        var refused = new List<UndoRefusal>();
        foreach (var change in all.Reverse().Where(selected.Contains))
        {
            var item = items.TryGetValue(change.Id, out var first) ? first : change.Id;
            if (!plans.TryGetValue(item, out var plan))
            {
                plan = plans[item] = new UndoPlan(FindPresentId(all, items, item), resource);
                order.Add(plan);
            }

            try
            {
                plan.Add(change, force);
            }
            catch (AclException reason)
            {
                refused.Add(new UndoRefusal(change, reason));
            }
        }

        refusals = refused;
        return order.Where(plan => plan.Changes.Count > 0).ToArray();
    }

    /// <summary>The first id of each item that was created anew, by its later ids.</summary>
    private static Dictionary<string, string> FindItems(IReadOnlyList<AclChange> all)
    {
        var byReference = all.ToDictionary(change => change.Reference);
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var undo in all.Where(change => change is { Action: ChangeAction.Create, State: AclChangeState.Applied, Undoes.Count: > 0, Id.Length: > 0 }))
        {
            if (undo.Undoes.Select(undone => byReference.TryGetValue(undone, out var change) ? change : null).FirstOrDefault(change => change?.Action == ChangeAction.Delete) is { } removal)
            {
                first[undo.Id] = first.TryGetValue(removal.Id, out var earlier) ? earlier : removal.Id;
            }
        }

        return first;
    }

    private static string FindPresentId(IReadOnlyList<AclChange> all, Dictionary<string, string> items, string item) =>
        all.LastOrDefault(change => change.Id.Length > 0 && items.TryGetValue(change.Id, out var first) && string.Equals(first, item, StringComparison.OrdinalIgnoreCase))?.Id
        ?? item;
}
