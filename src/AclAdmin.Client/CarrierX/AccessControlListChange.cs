using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>What an edit would change.</summary>
/// <param name="List">The list's name in messages, such as <c>list 1 (inbound)</c>.</param>
/// <param name="Differences">Its fields that change; none where the list is as wanted.</param>
/// <param name="IsNew">Whether the list is new.</param>
public sealed record ListEditPreview(string List, IReadOnlyList<FieldDifference> Differences, bool IsNew);

/// <summary>
/// All edits of one owner's lists, which come to one write. CarrierX takes the whole array and knows no versions, so what was read is compared with what
/// is there right before the write: where another client has changed it, nothing is written. What this connection itself has written since is no such
/// change: the edits are then carried out on it.
/// </summary>
public sealed class AccessControlListChange
{
    /// <summary>What was written through a connection, by owner: other runspaces share it.</summary>
    private static readonly ConditionalWeakTable<ItemLocks, OwnWrites> Written = new();

    private readonly AccessControlListOwner _read;
    private readonly List<AccessControlListEdit> _edits = [];
    private readonly OwnWrites _ownWrites;
    private readonly List<AccessControlListDraft.Slot> _targets = [];
    private AccessControlListDraft _draft;
    private JArray? _sent;

    /// <summary>Starts with the lists as they were read.</summary>
    /// <param name="read">The owner.</param>
    /// <param name="connection">The connection that writes.</param>
    public AccessControlListChange(AccessControlListOwner read, ApiConnection connection)
    {
        _read = read;
        _draft = new AccessControlListDraft(read);
        _ownWrites = Written.GetValue(connection.ItemLocks, _ => new OwnWrites());
    }

    /// <summary>Whether no edit changes anything.</summary>
    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Whether it does nothing but add lists.</summary>
    public bool OnlyCreates => _edits.All(edit => edit.Kind is ListEditKind.Create or ListEditKind.CreateIfMissing or ListEditKind.CreateOrKeep);

    /// <summary>The index of a list that was read before.</summary>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.Conflict"/>: the owner no longer has such a list. <see cref="ErrorKind.ValidationFailed"/>: the parent partner has assigned it.
    /// </exception>
    public int FindIndex(AccessControlList list)
    {
        if (list.GetReadOnlyReason() is { } reason)
        {
            throw reason;
        }

        var wanted = list.CopyFields();
        var lists = _read.GetOwnLists();
        var found = Enumerable.Range(1, lists.Count).Where(index => JToken.DeepEquals(lists[index - 1], wanted)).ToArray();
        return found.Contains(list.Index!.Value) ? list.Index.Value : found.Length == 1 ? found[0] : throw Moved(_read);
    }

    /// <summary>What an edit would change, after those that were added.</summary>
    /// <exception cref="AclException">The edit cannot be carried out.</exception>
    public ListEditPreview Preview(AccessControlListEdit edit)
    {
        var draft = _draft.Copy();
        var (slot, before) = edit.Apply(draft);
        var after = edit.Kind == ListEditKind.Remove ? null : slot.Fields;
        var differences = slot.Fields.Properties()
            .Select(field => (field.Name, Before: before?[field.Name] ?? JValue.CreateNull(), After: after?[field.Name] ?? JValue.CreateNull()))
            .Where(field => !JToken.DeepEquals(field.Before, field.After))
            .Select(field => new FieldDifference(field.Name, field.Before, field.After))
            .ToArray();
        var index = slot.Index ?? draft.Slots.ToList().IndexOf(slot) + 1;
        return new ListEditPreview($"list {index} ({(string?)slot.Fields[AccessControlListFields.Direction]})", differences, before is null);
    }

    /// <summary>Adds an edit.</summary>
    /// <exception cref="AclException">The edit cannot be carried out.</exception>
    public void Add(AccessControlListEdit edit)
    {
        _edits.Add(edit);
        Apply(_draft, edit);
    }

    /// <summary>Makes the body of the write. Called again where the answer showed other values than were sent.</summary>
    /// <param name="present">The owner right before the write.</param>
    /// <returns>Empty where the lists are as wanted.</returns>
    /// <exception cref="AclException"><see cref="ErrorKind.Conflict"/>: another client has changed the lists since they were read.</exception>
    public FieldPatch Prepare(AccessControlListOwner present)
    {
        var lists = new JArray(present.GetOwnLists().Select(list => list.DeepClone()));
        if (_sent is not null && JToken.DeepEquals(lists, _sent))
        {
            return new FieldPatch();
        }

        if (!JToken.DeepEquals(lists, new JArray(_read.GetOwnLists().Select(list => list.DeepClone()))))
        {
            if (_sent is not null || !_ownWrites.Has(present.GetIdentity(), lists))
            {
                throw Moved(present);
            }

            EditAnew(present);
        }

        var patch = new FieldPatch();
        var wanted = _draft.ToJson();
        if (!JToken.DeepEquals(lists, wanted))
        {
            patch.Set(AccessControlListOwner.Descriptor[AccessControlListOwner.Lists], wanted);
            _ownWrites.Add(present.GetIdentity(), wanted);
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

    private void Apply(AccessControlListDraft draft, AccessControlListEdit edit)
    {
        _targets.Add(edit.Apply(draft).List);
    }

    /// <summary>Carries out the edits on lists that this connection has written since; each must still find the list that it was meant for.</summary>
    private void EditAnew(AccessControlListOwner present)
    {
        var (read, now) = (_read.GetOwnLists(), present.GetOwnLists());
        var draft = new AccessControlListDraft(present);
        _targets.Clear();
        foreach (var edit in _edits)
        {
            if (edit.Index is { } index && (index > read.Count || index > now.Count || !IsSame(read[index - 1], now[index - 1], edit.Kind)))
            {
                throw Moved(present);
            }

            Apply(draft, edit);
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
        $"Something else has changed the access control lists of the {present.Id.Noun} {present} since they were read: from {Show(_read)} to {Show(present)}. "
        + (_sent is null ? "Nothing was written." : "The lists that were written before are no longer there."),
        "Look at the lists with Get-AccessControlList, and run the row again.");

    private static string Show(AccessControlListOwner owner) => DisplayText.Of(new JArray(owner.GetOwnLists().Select(list => list.DeepClone())).ToString(Formatting.None));

    /// <summary>The latest arrays that a connection has written, by owner. Safe for many threads.</summary>
    private sealed class OwnWrites
    {
        private const int KeptForEach = 32;

        private readonly Dictionary<string, Queue<string>> _written = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string owner, JArray lists)
        {
            lock (_written)
            {
                var kept = _written.TryGetValue(owner, out var found) ? found : _written[owner] = new Queue<string>();
                kept.Enqueue(lists.ToString(Formatting.None));
                if (kept.Count > KeptForEach)
                {
                    kept.Dequeue();
                }
            }
        }

        public bool Has(string owner, JArray lists)
        {
            lock (_written)
            {
                return _written.TryGetValue(owner, out var kept) && kept.Contains(lists.ToString(Formatting.None));
            }
        }
    }
}
