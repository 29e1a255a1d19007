using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>A change that cannot be undone.</summary>
/// <param name="Change">The change.</param>
/// <param name="Reason">The reason.</param>
public sealed record UndoRefusal(AclChange Change, AclException Reason);

/// <summary>
/// Plans an undo: the newest changes first, over all lists. A change that is not undone stops the older ones that depend on it: those of the same item, and
/// those of an item of another list that it refers to, or that refers to its item.
/// </summary>
/// <param name="all">All changes of the journal, in order.</param>
/// <param name="force">Whether values that another client has changed in between are overwritten.</param>
public sealed class UndoPlanner(IReadOnlyList<AclChange> all, bool force)
{
    private readonly ReplacedIds _ids = new(all);
    private readonly Dictionary<ChangeReference, AclChange> _pending = all
        .Where(undo => undo is { Action: ChangeAction.Create, State: AclChangeState.Unknown })
        .SelectMany(undo => undo.Undoes, (undo, undone) => (undo, undone))
        .GroupBy(link => link.undone, link => link.undo)
        .ToDictionary(links => links.Key, links => links.First());

    private readonly Dictionary<(JournalList List, string Item), AclChange> _stoppedItems = [];
    private readonly Dictionary<JournalList, List<AclChange>> _stopped = [];

    /// <summary>Whether a change has, or may have, an effect that can be undone.</summary>
    public static bool HasEffect(AclChange change) => change.State is AclChangeState.Applied or AclChangeState.Unknown;

    /// <summary>The changes to undo, the newest first, in parts that each belong to one list: a part is finished before the next one begins.</summary>
    public IEnumerable<IReadOnlyList<AclChange>> GetParts(IEnumerable<AclChange> selected)
    {
        var wanted = new HashSet<AclChange>(selected);
        var part = new List<AclChange>();
        foreach (var change in all.Reverse().Where(wanted.Contains))
        {
            if (part.Count > 0 && JournalList.Of(part[0]) != JournalList.Of(change))
            {
                yield return part;
                part = [];
            }

            part.Add(change);
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>Plans a part.</summary>
    /// <param name="resource">The field table of the list.</param>
    /// <param name="part">The changes to undo, the newest first.</param>
    /// <param name="items">What the list contains, by id.</param>
    /// <param name="refusals">The changes that cannot be undone.</param>
    /// <returns>A plan for each item, in the order of the newest change.</returns>
    public IReadOnlyList<UndoPlan> Plan(
        ResourceDescriptor resource, IReadOnlyList<AclChange> part, IReadOnlyDictionary<string, JObject> items, out IReadOnlyList<UndoRefusal> refusals)
    {
        var plans = new Dictionary<(JournalList, string), UndoPlan>();
        var order = new List<UndoPlan>();
        var refused = new List<UndoRefusal>();
        foreach (var change in part)
        {
            var list = JournalList.Of(change);
            if (!plans.TryGetValue(ItemOf(change), out var plan))
            {
                var id = _ids.FindLatest(list, change.Id);
                plan = plans[ItemOf(change)] = new UndoPlan(id, resource, items.TryGetValue(id, out var present) ? present : null, _ids);
                order.Add(plan);
            }

            try
            {
                CheckDependencies(change);
                CheckOutcome(change);
                plan.Add(change, force);
            }
            catch (AclException reason)
            {
                refused.Add(new UndoRefusal(change, reason));
                Stop(change);
            }
        }

        var keys = new Lazy<ILookup<string, KeyValuePair<string, JObject>>>(() => items.ToLookup(item => KeyOf(resource, item.Value)));
        foreach (var plan in order.Where(plan => plan.Action == ChangeAction.Create))
        {
            if (FindAlike(resource, plan, keys.Value) is { } reason)
            {
                refused.AddRange(plan.Changes.Select(change => new UndoRefusal(change, reason)));
                Stop([.. plan.Changes]);
                plan.Clear();
            }
        }

        refusals = refused;
        return order.Where(plan => plan.Changes.Count > 0).ToArray();
    }

    /// <summary>Records that changes were undone.</summary>
    /// <param name="plan">Their plan.</param>
    /// <param name="id">The id that the item has afterwards.</param>
    public void Note(UndoPlan plan, string id)
    {
        if (plan.Action == ChangeAction.Create && id != plan.Id)
        {
            _ids.Replace(JournalList.Of(plan.Changes[0]), plan.Id, id);
        }
    }

    /// <summary>Records that changes are not undone, the newest first.</summary>
    public void Stop(params AclChange[] changes)
    {
        foreach (var change in changes)
        {
            if (!_stopped.TryGetValue(JournalList.Of(change), out var list))
            {
                list = _stopped[JournalList.Of(change)] = [];
            }

            list.Add(change);
            if (change.Id.Length > 0 && !_stoppedItems.ContainsKey(ItemOf(change)))
            {
                _stoppedItems[ItemOf(change)] = change;
            }
        }
    }

    private void CheckDependencies(AclChange change)
    {
        var newer = _stoppedItems.TryGetValue(ItemOf(change), out var same)
            ? same
            : _stopped.Where(list => list.Key != JournalList.Of(change)).SelectMany(list => list.Value)
                .FirstOrDefault(stopped => RefersTo(stopped, change) || RefersTo(change, stopped));
        if (newer is not null)
        {
            throw new AclException(
                ErrorKind.Drifted,
                $"The change depends on the newer change {newer.Number} of the run {newer.RunId} ({newer.Action} {newer.Resource} {newer.Id}), which is not undone. Nothing was sent for it.",
                "Undo the newer one first, or correct what keeps it from being undone.");
        }
    }

    private void CheckOutcome(AclChange change)
    {
        if (change.State == AclChangeState.Unknown)
        {
            throw ChangeResolver.IsUnderWay(change.Run)
                ? new AclException(ErrorKind.Conflict, $"The run {change.RunId} is still under way, so the outcome of this change is not known. Nothing was sent.", "Wait until it has ended.")
                : change.Action == ChangeAction.Create
                ? new AclException(
                    ErrorKind.Drifted,
                    "The outcome of the create is not known, so an item like it may be somebody else's. Nothing was sent.",
                    "Get-AclChange -ResolveUnknown looks for an item that agrees with everything that was sent; -Force looks for it and removes it.")
                : new AclException(
                    ErrorKind.Drifted,
                    $"The outcome of the change to {change.Id} is not known, and the service shows neither the state before nor the one after. Nothing was sent.",
                    "Look at the item, and restore it by hand.");
        }

        // An update or a removal has the same effect twice; a second create makes a second item, even where -Force is specified.
        if (change.Action == ChangeAction.Delete && _pending.TryGetValue(change.Reference, out var pending))
        {
            throw new AclException(
                ErrorKind.Drifted,
                $"The run {pending.RunId} was creating the {change.Id} again, and it is not known whether it did. Nothing was sent.",
                "Look whether the item is there, and restore it by hand.");
        }
    }

    /// <summary>
    /// The refusal to create an item again of which the list has another one. One that an undo has created again stood beside it before: they are two items of
    /// one key.
    /// </summary>
    private AclException? FindAlike(ResourceDescriptor resource, UndoPlan plan, ILookup<string, KeyValuePair<string, JObject>> keys) =>
        !force && keys[KeyOf(resource, plan.State!)]
            .Where(item => resource.Comparer.HaveSameKey(name => plan.State![name], name => item.Value[name]))
            .Select(item => item.Key)
            .Where(id => !_ids.IsReplacement(JournalList.Of(plan.Changes[0]), id)).ToArray() is { Length: > 0 } alike
            ? new AclException(
                ErrorKind.Drifted,
                $"There is such an {resource.Noun} again: {string.Join(", ", alike.Select(id => DisplayText.Of(id)))}. Nothing was sent.",
                "Compare it with the one that was removed; -Force creates another one.")
            : null;

    private static string KeyOf(ResourceDescriptor resource, JObject item) => resource.Comparer.KeyOf(name => item[name]);

    private (JournalList List, string Item) ItemOf(AclChange change) =>
        (JournalList.Of(change), _ids.FindFirst(JournalList.Of(change), change.Id).ToUpperInvariant());

    /// <summary>Whether a change has to do with the item of another one, as a change of a list has to do with the rules in it.</summary>
    private bool RefersTo(AclChange change, AclChange other) => other.Id.Length > 0
        && new[] { change.BodyFields, change.BeforeFields, change.AfterFields }.Any(fields => fields is not null && fields.Descendants().OfType<JValue>()
            .Any(value => value.Value is string id && ItemOf(other) == (JournalList.Of(other), _ids.FindFirst(JournalList.Of(other), id).ToUpperInvariant())));
}
