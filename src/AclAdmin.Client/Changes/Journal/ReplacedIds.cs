using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The ids of the items of a journal. An item that an undo has created again has a new id, and is the same item: its older changes, and the lists of rules that
/// are restored, use the new one.
/// </summary>
internal sealed class ReplacedIds
{
    private readonly Dictionary<(JournalList List, string Id), string> _first = [];
    private readonly Dictionary<(JournalList List, string Id), string> _latest = [];
    private readonly Dictionary<string, string> _successors = new(StringComparer.OrdinalIgnoreCase);

    public ReplacedIds(IReadOnlyList<AclChange> all)
    {
        var byReference = all.ToDictionary(change => change.Reference);
        foreach (var undo in all.Where(change => change is { Action: ChangeAction.Create, State: AclChangeState.Applied, Undoes.Count: > 0, Id.Length: > 0 }))
        {
            if (undo.Undoes.Select(undone => byReference.TryGetValue(undone, out var change) ? change : null).FirstOrDefault(change => change?.Action == ChangeAction.Delete) is { } removal)
            {
                Replace(JournalList.Of(undo), removal.Id, undo.Id);
            }
        }
    }

    /// <summary>The first id of the item that has an id.</summary>
    public string FindFirst(JournalList list, string id) => _first.TryGetValue(KeyOf(list, id), out var first) ? first : id;

    /// <summary>The id that the item has now, or had last.</summary>
    public string FindLatest(JournalList list, string id) => _latest.TryGetValue(KeyOf(list, FindFirst(list, id)), out var latest) ? latest : id;

    /// <summary>Whether an item was created again, in place of one with another id.</summary>
    public bool IsReplacement(JournalList list, string id) => _first.ContainsKey(KeyOf(list, id));

    /// <summary>Records that an item was created again.</summary>
    public void Replace(JournalList list, string old, string id)
    {
        var first = FindFirst(list, old);
        _first[KeyOf(list, id)] = first;
        _latest[KeyOf(list, first)] = id;
        _successors[old] = id;
    }

    /// <summary>A value in which references to items that were created again have the new ids. Only what cannot be anything but an id is replaced.</summary>
    public JToken Renew(JToken value)
    {
        var renewed = value.DeepClone();
        foreach (var text in (renewed as JContainer)?.Descendants().OfType<JValue>() ?? [])
        {
            while (text.Value is string id && Guid.TryParse(id, out _) && _successors.TryGetValue(id, out var successor))
            {
                text.Value = successor;
            }
        }

        return renewed;
    }

    private static (JournalList List, string Id) KeyOf(JournalList list, string id) => (list, id.ToUpperInvariant());
}

/// <summary>A list in a journal.</summary>
/// <param name="Service">The service.</param>
/// <param name="Address">The service's address.</param>
/// <param name="Resource">The list's name.</param>
/// <param name="AccountId">The account; null where the service has none.</param>
/// <param name="Partner">The partner; null where the service has none, or it is not known.</param>
public sealed record JournalList(string Service, string Address, string Resource, string? AccountId, string? Partner)
{
    /// <summary>The list of a change.</summary>
    public static JournalList Of(AclChange change) => new(change.Service, change.Run.Address, change.Resource, change.AccountId, change.Run.Partner);
}
