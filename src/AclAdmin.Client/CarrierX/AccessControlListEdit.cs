using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>What an edit does.</summary>
public enum ListEditKind
{
    /// <summary>Adds a list after the others.</summary>
    Create,

    /// <summary>Adds a list, unless there is one of its direction with the same values; refuses where that one has other values.</summary>
    CreateIfMissing,

    /// <summary>Adds a list; one for the direction that is there stays as it is.</summary>
    CreateOrKeep,

    /// <summary>Adds a list, or changes the one of its direction.</summary>
    CreateOrChange,

    /// <summary>Changes fields of a list.</summary>
    Change,

    /// <summary>Removes a list.</summary>
    Remove,

    /// <summary>Adds rules to a list.</summary>
    AddRules,

    /// <summary>Removes rules from a list.</summary>
    RemoveRules,
}

/// <summary>One edit of the access control lists of an owner, as one row specifies it.</summary>
public sealed class AccessControlListEdit
{
    /// <summary>What it does.</summary>
    public ListEditKind Kind { get; init; }

    /// <summary>The list's index when it was read; null where the direction identifies the list.</summary>
    public int? Index { get; init; }

    /// <summary>The direction of the list that is meant; null where the index identifies it, or the owner has one list.</summary>
    public string? Direction { get; init; }

    /// <summary>The fields that are specified, for the kinds that write fields.</summary>
    public FieldPatch Fields { get; init; } = new();

    /// <summary>The sids of rules to add or to remove.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Whether it is for the list of a direction that the owner has or lacks, and not for one that was read.</summary>
    internal bool Creates => Kind is ListEditKind.Create or ListEditKind.CreateIfMissing or ListEditKind.CreateOrKeep or ListEditKind.CreateOrChange;

    /// <summary>Carries out the edit.</summary>
    /// <param name="draft">The lists.</param>
    /// <param name="index">The list's index in the draft; null where the direction identifies it.</param>
    /// <returns>The list, and its fields before; null for a list that was not there.</returns>
    /// <exception cref="AclException">The edit cannot be carried out.</exception>
    internal (AccessControlListDraft.Slot List, JObject? Before) Apply(AccessControlListDraft draft, int? index)
    {
        CheckMessages(draft);
        if (Creates)
        {
            return Create(draft);
        }

        var slot = draft.Find(index, Direction);
        var before = (JObject)slot.Fields.DeepClone();
        switch (Kind)
        {
            case ListEditKind.Remove:
                draft.Remove(slot);
                break;
            case ListEditKind.Change:
                SetFields(slot.Fields);
                break;
            default:
                EditRules(slot.Fields);
                break;
        }

        return (slot, before);
    }

    private (AccessControlListDraft.Slot List, JObject? Before) Create(AccessControlListDraft draft)
    {
        var present = Kind == ListEditKind.Create ? [] : draft.FindAll(Fields.GetText(AccessControlListFields.Direction)!);
        var same = present.FirstOrDefault(slot => Fields.Names.All(name => Matches(slot.Fields[name], Fields[name])));
        if (same is not null)
        {
            return (same, (JObject)same.Fields.DeepClone());
        }

        if (present.Count > 0 && Kind == ListEditKind.CreateOrKeep)
        {
            return (present[0], (JObject)present[0].Fields.DeepClone());
        }

        if (present.Count > 0 && Kind == ListEditKind.CreateIfMissing)
        {
            throw new AclException(
                ErrorKind.AlreadyExists,
                $"There is a list for the direction {Fields.GetText(AccessControlListFields.Direction)} already, with other values: {present[0].Fields.ToString(Newtonsoft.Json.Formatting.None)}. Nothing was sent for this row.",
                "Use -IfExists Update to change it, or -IfExists Create to add another one.");
        }

        if (present.Count > 0)
        {
            var slot = present.Count == 1 ? present[0] : draft.Find(null, Fields.GetText(AccessControlListFields.Direction));
            var before = (JObject)slot.Fields.DeepClone();
            SetFields(slot.Fields);
            return (slot, before);
        }

        var fields = new JObject();
        SetFields(fields);
        return (draft.Add(AccessControlListFields.Normalize(fields, draft.HasMessages)), null);
    }

    /// <summary>A list without a field equals one with null in that field.</summary>
    private static bool Matches(JToken? present, JToken? specified) => JToken.DeepEquals(present ?? JValue.CreateNull(), specified ?? JValue.CreateNull());

    private void SetFields(JObject list)
    {
        foreach (var name in Fields.Names.Where(name => list.ContainsKey(name) || !AccessControlListFields.IsForMessages(name) || Fields[name]!.Type != JTokenType.Null))
        {
            list[name] = Fields[name]!.DeepClone();
        }
    }

    private void EditRules(JObject list)
    {
        var rules = (list[AccessControlListFields.Rules] as JArray ?? []).Select(rule => (string?)rule ?? "").ToList();
        if (Kind == ListEditKind.RemoveRules)
        {
            rules.RemoveAll(rule => Rules.Contains(rule, StringComparer.OrdinalIgnoreCase));
        }
        else
        {
            rules.AddRange(Rules.Where(rule => !rules.Contains(rule, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray());
        }

        list[AccessControlListFields.Rules] = new JArray(rules);
    }

    private void CheckMessages(AccessControlListDraft draft)
    {
        if (!draft.HasMessages && Fields.Names.FirstOrDefault(name => AccessControlListFields.IsForMessages(name) && Fields[name]!.Type != JTokenType.Null) is { } field)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"{field} is read-only on trunk groups and trunks, which are for calls only. Nothing was sent for this row.",
                "Omit it, or specify a partner.");
        }
    }
}
