using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Runs;

/// <summary>Makes edits of access control lists of rows, and one change of all edits for an owner.</summary>
/// <param name="kind">What the rows do.</param>
/// <param name="readOwner">Reads an owner.</param>
/// <param name="findOwner">Finds the id of an owner by what a row specifies.</param>
/// <param name="findRules">Finds the sids of rules by sid or name.</param>
/// <param name="isTyped">Whether the command line specifies a parameter for all rows.</param>
internal sealed class ListEdits(
    ListEditKind kind,
    Func<IResourceClient<AccessControlListOwner>, string, AccessControlListOwner> readOwner,
    Func<OwnerReference, string> findOwner,
    Func<IReadOnlyList<string>, IReadOnlyList<string>> findRules,
    Func<string, bool> isTyped)
{
    private static readonly ResourceDescriptor Resource = AccessControlListOwner.Descriptor;

    // By owner, in the order in which the owners first came.
    private readonly Dictionary<string, OwnerEdits> _byOwner = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OwnerEdits> _owners = [];

    private bool WritesFields => kind is not (ListEditKind.Remove or ListEditKind.AddRules or ListEditKind.RemoveRules);

    private bool Creates => WritesFields && kind != ListEditKind.Change;

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<AccessControlListOwner> Plan(RowContent content, IResourceClient<AccessControlListOwner> client, ChangeRow row)
    {
        var reference = ListReference.TakeFrom(content);
        var owner = FindOwner(client, FindOwnerId(content));
        var target = $"{owner.Read.Id.Noun} {owner.Read.Id.Sid}" + (owner.Read.GetDisplayName() is { Length: > 0 } name ? $" ({DisplayText.Of(name)})" : "");
        var change = new Change<AccessControlListOwner>(row) { Action = ChangeAction.Update, Client = client, Id = owner.Read.GetIdentity() };
        if (kind == ListEditKind.Change && content.Patch.IsEmpty)
        {
            return row.Number == 0
                ? throw new AclException(ErrorKind.NothingToUpdate, $"No field to update is specified for the lists of {target}.", "Specify a field, or -Clear.")
                : Unchanged(change, target);
        }

        FindRules(content.Patch);
        if (reference.IsAssignedByParent)
        {
            var lists = owner.Read.GetLists().Where(list => string.Equals(list.Version, reference.Version, StringComparison.OrdinalIgnoreCase)).ToArray();
            return WritesFields && lists.Any(list => content.Patch.DifferencesFrom(list).Count == 0)
                ? Unchanged(change, target)
                : throw lists.FirstOrDefault()?.GetReadOnlyReason() ?? AccessControlList.AssignedByParent(owner.Read, content.Patch.GetText(AccessControlListFields.Direction));
        }

        var (index, isStale) = FindList(reference, owner);
        var edit = MakeEdit(content, index, row.Number > 0);
        if (row.Number > 0 && index is null && !edit.Creates)
        {
            RefuseUncertain(edit.Direction, owner.Read);
        }

        var preview = owner.Change.Preview(edit);
        if (isStale && (preview.Differences.Count > 0 || preview.IsNew))
        {
            // Unless the list is as the row wants it: the row may have been carried out before.
            owner.Change.FindIndex(reference.Version!, reference.Index);
        }

        return new ChangePlan<AccessControlListOwner>(change, target, Describe(preview), preview.Differences)
        {
            IsEmpty = preview.Differences.Count == 0 && !preview.IsNew && kind != ListEditKind.Remove,
            Warning = preview.IsNew && Resource.EditFields.All(field => !field.Name.Contains("_action_") || edit.Fields[field.Name] is null or { Type: JTokenType.Null })
                ? "no action is specified, so the new list does nothing."
                : null,
            Collect = () =>
            {
                owner.Change.Add(edit);
                owner.Rows.Add(row);
            },
        };
    }

    /// <summary>The changes, one for each owner.</summary>
    public IEnumerable<Change<AccessControlListOwner>> MakeChanges() => _owners.Where(owner => !owner.Change.IsEmpty).Select(owner =>
        new Change<AccessControlListOwner>(owner.Rows.ToArray())
        {
            Action = ChangeAction.Update,
            CountedAs = kind == ListEditKind.Remove ? ChangeAction.Delete : owner.Change.OnlyCreates ? ChangeAction.Create : null,
            Client = owner.Client,
            Id = owner.Read.GetIdentity(),
            Key = owner.Read.GetIdentity(),
            Prepare = owner.Change.Prepare,
        });

    /// <summary>The lists of an owner that rows were for, as they are afterwards.</summary>
    public IReadOnlyList<AccessControlList> FindEdited(AccessControlListOwner after) =>
        _byOwner.TryGetValue(after.GetIdentity(), out var owner) ? owner.Change.GetEditedLists(after) : [];

    private static string? RemoveText(FieldPatch patch, string name) => (string?)patch.Remove(name) is { Length: > 0 } text ? text : null;

    private static ChangePlan<AccessControlListOwner> Unchanged(Change<AccessControlListOwner> change, string target) => new(change, target, "Update") { IsEmpty = true };

    /// <summary>The owner that a row specifies, by its sids or in one text.</summary>
    private string FindOwnerId(RowContent content)
    {
        var (partner, group, trunk) = (RemoveText(content.Patch, "partner_sid"), RemoveText(content.Patch, "trunk_group_sid"), RemoveText(content.Patch, "trunk_sid"));
        var whole = content.Id.Length > 0 ? findOwner(new OwnerReference(content.Id)) : null;
        var bySids = whole is null || (partner ?? group ?? trunk) is not null ? findOwner(new OwnerReference(null, partner, group, trunk)) : null;
        return whole is null || bySids is null || string.Equals(whole, bySids, StringComparison.OrdinalIgnoreCase)
            ? whole ?? bySids!
            : throw new AclException(
                ErrorKind.ValidationFailed, $"The row is for the lists of {whole}, and the sids specify {bySids}. Nothing was sent for this row.", "Specify one of the two.");
    }

    private OwnerEdits FindOwner(IResourceClient<AccessControlListOwner> client, string id)
    {
        if (!_byOwner.TryGetValue(id, out var owner))
        {
            var read = readOwner(client, id);
            owner = _byOwner[id] = new OwnerEdits(read, client);
            _owners.Add(owner);
        }

        return owner;
    }

    /// <summary>The index of the list that a row identifies.</summary>
    /// <returns>Null where the direction identifies it. A version that is not there is stale, and the list at its index is another one, or was changed since.</returns>
    private (int? Index, bool IsStale) FindList(ListReference reference, OwnerEdits owner)
    {
        if (reference.Version is not { } version || Creates)
        {
            return (Creates ? null : reference.Index, false);
        }

        try
        {
            return (owner.Change.FindIndex(version, reference.Index), false);
        }
        catch (AclException stale) when (stale.Kind == ErrorKind.Conflict && kind != ListEditKind.Remove && reference.Index <= owner.Read.GetOwnLists().Count)
        {
            return (reference.Index, true);
        }
    }

    /// <summary>A row that identifies its list by no more than a direction can mean the owner's own list or the one of its parent.</summary>
    private void RefuseUncertain(string? direction, AccessControlListOwner owner)
    {
        var isCertain = direction is null ? isTyped("Owner") || isTyped("PartnerSid") : isTyped("Direction");
        if (!isCertain && owner.GetLists().Any(list => list.Index is null && (direction is null || string.Equals(list.Direction, direction, StringComparison.OrdinalIgnoreCase))))
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The row does not show whether it is for a list of {owner} itself or for one that the parent partner has assigned{(direction is null ? "" : $" for the direction {direction}")}. Nothing was sent for this row.",
                "Add the columns Index and Version of Get-AccessControlList, or specify -Direction for all rows.");
        }
    }

    private void FindRules(FieldPatch patch)
    {
        foreach (var field in new[] { "rule", AccessControlListFields.Rules }.Where(field => patch[field] is JArray))
        {
            patch.Set(Resource.GetInput(field), new JArray(findRules(patch[field]!.Select(rule => (string)rule!).ToArray())));
        }
    }

    private AccessControlListEdit MakeEdit(RowContent content, int? index, bool hasColumns)
    {
        var patch = content.Patch;

        // With an index, the direction of a change is a value; without one, it identifies the list.
        var direction = Creates || (kind == ListEditKind.Change && index is not null) ? null : RemoveText(patch, AccessControlListFields.Direction);
        var rules = patch.Remove("rule") is JArray sids ? sids.Select(rule => (string)rule!).ToArray() : [];
        var problems = patch.Names.Select(name => Resource.GetInput(name).Validate(patch[name]!) is { } problem ? $"{name} {problem}" : null).Where(problem => problem is not null).ToList();
        if (Creates && !patch.IsSpecified(AccessControlListFields.Direction))
        {
            problems.Add($"{(hasColumns ? "direction" : "-Direction")} is missing; allowed: {Resource.GetInput(AccessControlListFields.Direction).Allowed}");
        }

        if (kind is ListEditKind.AddRules or ListEditKind.RemoveRules && rules.Length == 0)
        {
            problems.Add("no rule is specified, by sid or name");
        }

        return problems.Count == 0
            ? new AccessControlListEdit { Kind = kind, Index = index, Direction = direction, Fields = WritesFields ? patch : new FieldPatch(), Rules = rules }
            : throw new AclException(ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", hasColumns ? "Correct the value and run the row again." : "Correct the arguments and run the command again.");
    }

    private string Describe(ListEditPreview preview) => kind switch
    {
        ListEditKind.Remove => $"Remove {preview.List}",
        ListEditKind.AddRules => $"Add rules to {preview.List}: {preview.Actions}",
        ListEditKind.RemoveRules => $"Remove rules from {preview.List}: {preview.Actions}",
        _ => preview.IsNew ? $"Create {preview.List}" : $"Update {preview.List}",
    };

    /// <summary>The list that a row identifies.</summary>
    /// <param name="Index">Its index when it was read, or as a person counts it; null where the row has none.</param>
    /// <param name="Version">The version that it was read with; null where the row has none.</param>
    private sealed record ListReference(int? Index, string? Version)
    {
        public bool IsAssignedByParent => Version?.StartsWith(AccessControlList.ParentVersion, StringComparison.OrdinalIgnoreCase) == true;

        /// <summary>Takes what identifies the list out of a row; a piped result identifies itself as its exported row would.</summary>
        public static ListReference TakeFrom(RowContent content)
        {
            var index = content.Patch.Remove("index") is JValue { Value: long number } ? (int?)Math.Min(number, int.MaxValue) : null;
            var version = RemoveText(content.Patch, "version");
            if (content.State is AccessControlList list)
            {
                return (index ?? list.Index) == list.Index && (version is null || string.Equals(version, list.Version, StringComparison.OrdinalIgnoreCase))
                    ? new ListReference(list.Index, list.Version)
                    : throw new AclException(
                        ErrorKind.ValidationFailed,
                        $"The piped {list.GetDescription()} of {list.Owner} is another one than the command line specifies. Nothing was sent for this row.",
                        "Omit -Index and -Version where lists are piped.");
            }

            if (version?.StartsWith(EffectiveAccessControlList.ForceVersion, StringComparison.OrdinalIgnoreCase) == true)
            {
                throw new AclException(
                    ErrorKind.ValidationFailed,
                    "The row is a list in force, which does not show whose list it is. Nothing was sent for this row.",
                    "Pipe the lists of Get-AccessControlList.");
            }

            return version is null || new[] { AccessControlList.OwnVersion, AccessControlList.ParentVersion }.Any(known => version.StartsWith(known, StringComparison.OrdinalIgnoreCase))
                ? new ListReference(index, version)
                : throw new AclException(
                    ErrorKind.ValidationFailed, $"'{DisplayText.Of(version)}' is not the version of a list. Nothing was sent for this row.", "Leave the column Version as Get-AccessControlList wrote it.");
        }
    }

    /// <summary>All edits of one owner.</summary>
    private sealed class OwnerEdits(AccessControlListOwner read, IResourceClient<AccessControlListOwner> client)
    {
        public AccessControlListOwner Read { get; } = read;

        public IResourceClient<AccessControlListOwner> Client { get; } = client;

        public AccessControlListChange Change { get; } = new(read, client.Connection);

        public List<ChangeRow> Rows { get; } = [];
    }
}
