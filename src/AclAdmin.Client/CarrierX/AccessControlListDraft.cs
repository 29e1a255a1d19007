using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>The lists of one owner while they are edited. A list keeps the index that it was read with, whatever is added or removed before it.</summary>
internal sealed class AccessControlListDraft
{
    private readonly AccessControlListOwner _owner;
    private readonly List<Slot> _slots;

    public AccessControlListDraft(AccessControlListOwner owner)
    {
        _owner = owner;
        _slots = owner.GetOwnLists().Select((list, index) => new Slot(index + 1, (JObject)list.DeepClone())).ToList();
    }

    private AccessControlListDraft(AccessControlListDraft draft)
    {
        _owner = draft._owner;
        _slots = draft._slots.Select(slot => new Slot(slot.Index, (JObject)slot.Fields.DeepClone())).ToList();
    }

    /// <summary>Whether the owner's lists act on messages as well.</summary>
    public bool HasMessages => _owner.Id.HasMessages;

    /// <summary>The lists in the order in which they are written.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>A copy of the lists, to try an edit on.</summary>
    public AccessControlListDraft Copy() => new(this);

    /// <summary>The array as it is written.</summary>
    public JArray ToJson() => new(_slots.Select(slot => slot.Fields.DeepClone()));

    /// <summary>The lists of a direction.</summary>
    public IReadOnlyList<Slot> FindAll(string direction) =>
        _slots.Where(slot => string.Equals(slot.Fields[AccessControlListFields.Direction].AsText(), direction, StringComparison.OrdinalIgnoreCase)).ToArray();

    /// <summary>The one list with an index, or of a direction.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotFound"/>: there is none. <see cref="ErrorKind.ValidationFailed"/>: it is not clear which one is
    /// meant.</exception>
    public Slot Find(int? index, string? direction)
    {
        if (index is not null)
        {
            var named = _slots.FirstOrDefault(slot => slot.Index == index) ?? throw NotFound($"no list {index}");
            return direction is null || FindAll(direction).Contains(named) ? named : throw NotFound($"no {direction} list {index}");
        }

        var found = direction is null ? _slots : FindAll(direction);
        return found.Count switch
        {
            1 => found[0],
            0 => throw NotFound(direction is null ? "no list" : $"no {direction} list"),
            _ => throw new AclException(
                ErrorKind.ValidationFailed,
                $"The {_owner.Id.Noun} {_owner} has {found.Count}{(direction is null ? "" : " " + direction)} lists, so it is not clear which one is meant. Nothing was sent for this row.",
                "Specify Index, which Get-AccessControlList shows."),
        };
    }

    /// <summary>Adds a list after the others.</summary>
    public Slot Add(JObject fields)
    {
        var slot = new Slot(null, fields);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>Removes a list.</summary>
    public void Remove(Slot slot) => _slots.Remove(slot);

    private AclException NotFound(string what) => new(
        ErrorKind.NotFound,
        $"The {_owner.Id.Noun} {_owner} has {what}. Nothing was sent for this row.",
        "Look at its lists with Get-AccessControlList.");

    /// <summary>A list.</summary>
    /// <param name="Index">The index that it was read with; null for one that is added.</param>
    /// <param name="Fields">Its fields.</param>
    internal sealed record Slot(int? Index, JObject Fields);
}
