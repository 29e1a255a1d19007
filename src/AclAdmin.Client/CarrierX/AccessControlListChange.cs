using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>What an edit would change.</summary>
/// <param name="List">The list's name in messages, such as <c>list 1 (inbound)</c>.</param>
/// <param name="Actions">What the list does with calls and messages afterwards.</param>
/// <param name="Differences">Its fields that change; none where the list is as wanted.</param>
/// <param name="IsNew">Whether the list is new.</param>
public sealed record ListEditPreview(string List, string Actions, IReadOnlyList<FieldDifference> Differences, bool IsNew);

/// <summary>
/// All edits of one owner's lists, which come to one write. CarrierX takes the whole array and knows no versions, so what was read is compared with what
/// is there right before the write: where another client has changed it, nothing is written. What this connection itself has written since is no such
/// change: each edit then follows its list through these writes, wherever they have moved it.
/// </summary>
public sealed class AccessControlListChange
{
    /// <summary>What was written through a connection, by owner: other runspaces share it.</summary>
    private static readonly ConditionalWeakTable<ItemLocks, OwnListWrites> Written = new();

    private readonly AccessControlListOwner _read;
    private readonly List<(AccessControlListEdit Edit, int? Index)> _edits = [];
    private readonly OwnListWrites _ownWrites;
    private readonly List<AccessControlListDraft.Slot> _targets = [];
    private AccessControlListDraft _draft;
    private JArray? _sent;

    /// <summary>Starts with the lists as they were read.</summary>
    /// <param name="read">The owner.</param>
    /// <param name="connection">The connection that writes.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: a list is not understood, so none can be written.</exception>
    public AccessControlListChange(AccessControlListOwner read, ApiConnection connection)
    {
        _read = read;
        _draft = new AccessControlListDraft(read);
        _ownWrites = Written.GetValue(connection.ItemLocks, _ => new OwnListWrites());
    }

    /// <summary>Whether no edit changes anything.</summary>
    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Whether it does nothing but add lists.</summary>
    public bool OnlyCreates => _edits.All(edit => edit.Edit.Kind is ListEditKind.Create or ListEditKind.CreateIfMissing or ListEditKind.CreateOrKeep);

    /// <summary>The index of the list that has a version: the one at its former place, or else the only one.</summary>
    /// <param name="version">The version that the list was read with.</param>
    /// <param name="index">The index that it was read with; null where that is not known.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.Conflict"/>: the owner no longer has such a list, or it is not certain which one it is.</exception>
    public int FindIndex(string version, int? index)
    {
        var lists = _read.GetOwnLists();
        var found = Enumerable.Range(1, lists.Count)
            .Where(place => string.Equals(AccessControlList.OwnVersion + AccessControlListFields.GetChecksum(lists[place - 1]), version, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        return index is { } former && found.Contains(former) ? former : found.Length == 1 ? found[0] : throw new AclException(
            ErrorKind.Conflict,
            $"The row is for a list{(index is null ? "" : $" {index}")} that {_read.Id.Noun} {_read} {(found.Length == 0 ? "does not have any more" : "has several times")}: something else has changed its lists since the row was read. Nothing was written for this row.",
            "Look at the lists with Get-AccessControlList, and make the row anew.");
    }

    /// <summary>What an edit would change, after those that were added.</summary>
    /// <exception cref="AclException">The edit cannot be carried out.</exception>
    public ListEditPreview Preview(AccessControlListEdit edit)
    {
        var draft = _draft.Copy();
        var (slot, before) = edit.Apply(draft, edit.Index);
        var after = edit.Kind == ListEditKind.Remove ? null : slot.Fields;
        var differences = slot.Fields.Properties()
            .Select(field => (field.Name, Before: before?[field.Name] ?? JValue.CreateNull(), After: after?[field.Name] ?? JValue.CreateNull()))
            .Where(field => !JToken.DeepEquals(field.Before, field.After))
            .Select(field => new FieldDifference(field.Name, field.Before, field.After))
            .ToArray();
        var index = slot.Index ?? draft.Slots.ToList().IndexOf(slot) + 1;
        return new ListEditPreview(
            $"list {index} ({slot.Fields[AccessControlListFields.Direction].AsText()})", AccessControlListFields.DescribeActions(slot.Fields), differences, before is null);
    }

    /// <summary>Adds an edit.</summary>
    /// <exception cref="AclException">The edit cannot be carried out.</exception>
    public void Add(AccessControlListEdit edit) => _edits.Add((edit, Apply(_draft, edit, edit.Index)));

    /// <summary>Makes the body of the write. Called again where the answer showed other values than were sent.</summary>
    /// <param name="present">The owner right before the write.</param>
    /// <returns>Empty where the lists are as wanted.</returns>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.Conflict"/>: another client has changed the lists since they were read, or another run the one that an edit is for.
    /// <see cref="ErrorKind.UnexpectedResponse"/>: a list is not understood.
    /// </exception>
    public FieldPatch Prepare(AccessControlListOwner present)
    {
        var lists = ToJson(present);
        if (_sent is not null && JToken.DeepEquals(lists, _sent))
        {
            return new FieldPatch();
        }

        if (!JToken.DeepEquals(lists, ToJson(_read)))
        {
            EditAnew(present, (_sent is null ? _ownWrites.Trace(present.GetIdentity(), ToJson(_read), lists) : null) ?? throw Moved(present));
        }

        var patch = new FieldPatch();
        var wanted = _draft.ToJson();
        if (!JToken.DeepEquals(lists, wanted))
        {
            patch.Set(AccessControlListOwner.Descriptor[AccessControlListOwner.Lists], wanted);
            _ownWrites.Add(present.GetIdentity(), lists, wanted, _draft.Slots.Select(slot => slot.Index).ToArray());
            _sent = wanted;
        }

        return patch;
    }

    /// <summary>The lists that the edits were for, as they are afterwards; none for lists that were removed.</summary>
    /// <param name="after">The owner afterwards.</param>
    public IReadOnlyList<AccessControlList> GetEditedLists(AccessControlListOwner after)
    {
        var lists = after.GetLists();
        return _draft.Slots
            .Select((slot, index) => (slot, index))
            .Where(pair => _targets.Contains(pair.slot) && pair.index < lists.Count)
            .Select(pair => lists[pair.index])
            .ToArray();
    }

    private static JArray ToJson(AccessControlListOwner owner) => new(owner.GetOwnLists().Select(list => list.DeepClone()));

    /// <summary>Carries out an edit.</summary>
    /// <returns>The index with which its list was read; null for one that is new.</returns>
    private int? Apply(AccessControlListDraft draft, AccessControlListEdit edit, int? index)
    {
        var slot = edit.Apply(draft, index).List;
        _targets.Add(slot);
        return slot.Index;
    }

    /// <summary>Carries out the edits on lists that this connection has written since, each on the list that it was planned for.</summary>
    /// <param name="present">The owner.</param>
    /// <param name="places">The present index of each list that was read; null for one that is gone.</param>
    private void EditAnew(AccessControlListOwner present, IReadOnlyList<int?> places)
    {
        var (read, now) = (_read.GetOwnLists(), present.GetOwnLists());
        var draft = new AccessControlListDraft(present);
        _targets.Clear();
        foreach (var (edit, index) in _edits)
        {
            var place = edit.Creates || index is null ? (int?)null : places[index.Value - 1] ?? throw Moved(present);
            if (place is not null && !IsSame(read[index!.Value - 1], now[place.Value - 1], edit.Kind))
            {
                throw Moved(present);
            }

            Apply(draft, edit, place);
        }

        _draft = draft;
    }

    /// <summary>Where only rules are added or removed, a list with other rules is the same list.</summary>
    private static bool IsSame(JObject read, JObject now, ListEditKind kind)
    {
        if (kind is not (ListEditKind.AddRules or ListEditKind.RemoveRules))
        {
            return JToken.DeepEquals(read, now);
        }

        var (first, second) = ((JObject)read.DeepClone(), (JObject)now.DeepClone());
        first.Remove(AccessControlListFields.Rules);
        second.Remove(AccessControlListFields.Rules);
        return JToken.DeepEquals(first, second);
    }

    private AclException Moved(AccessControlListOwner present) => new(
        ErrorKind.Conflict,
        $"Something else has changed the access control lists of the {present.Id.Noun} {present} since they were read: {Show(present)}. "
        + (_sent is null ? "Nothing was written." : "The lists that were written before are no longer there."),
        "Look at the lists with Get-AccessControlList, and run the row again.");

    private string Show(AccessControlListOwner present) =>
        new FieldDifference(AccessControlListOwner.Lists, ToJson(_read), ToJson(present)).Describe(value => value, value => value);
}
