using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Determines which changes have been undone. An undo that was itself undone has no effect.</summary>
internal static class UndoLinks
{
    /// <summary>Sets <see cref="AclChange.UndoneBy"/> anew, as the outcome of an undo may have become known since the journal was read.</summary>
    public static void Set(IReadOnlyList<AclChange> changes)
    {
        foreach (var change in changes)
        {
            change.UndoneBy = null;
        }

        Set(changes, changes.ToDictionary(change => (change.RunId, change.Number)));
    }

    /// <summary>Sets <see cref="AclChange.UndoneBy"/> on changes that are in the order of their intents.</summary>
    public static void Set(IReadOnlyList<AclChange> changes, IReadOnlyDictionary<(string Run, long Number), AclChange> byReference)
    {
        // The latest first: whether an undo is in effect is known before the changes that it undoes are examined.
        foreach (var undo in changes.Reverse().Where(change => change is { Undoes.Count: > 0, State: AclChangeState.Applied, UndoneBy: null }))
        {
            foreach (var undone in undo.Undoes)
            {
                if (byReference.TryGetValue((undone.RunId, undone.Number), out var change))
                {
                    change.UndoneBy ??= undo.Reference;
                }
            }
        }
    }
}
