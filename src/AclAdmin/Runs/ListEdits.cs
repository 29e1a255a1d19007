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
/// <param name="findRules">Finds the sids of rules by sid or name.</param>
internal sealed class ListEdits(
    ListEditKind kind, Func<IResourceClient<AccessControlListOwner>, string, AccessControlListOwner> readOwner, Func<IReadOnlyList<string>, IReadOnlyList<string>> findRules)
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
        var owner = FindOwner(client, FindOwnerId(content));
        var edit = MakeEdit(content, owner.Change, hasColumns: row.Number > 0);
        var target = $"{owner.Read.Id.Noun} {owner.Read.Id.Sid}" + (owner.Read.GetDisplayName() is { Length: > 0 } name ? $" ({DisplayText.Of(name)})" : "");
        var change = new Change<AccessControlListOwner>(row) { Action = ChangeAction.Update, Client = client, Id = owner.Read.GetIdentity() };
        if (kind == ListEditKind.Change && edit.Fields.IsEmpty)
        {
            return row.Number == 0
                ? throw new AclException(ErrorKind.NothingToUpdate, $"No field to update is specified for the lists of {target}.", "Specify a field, or -Clear.")
                : new ChangePlan<AccessControlListOwner>(change, target, "Update") { IsEmpty = true };
        }

        var preview = owner.Change.Preview(edit);
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

    /// <summary>The owner that a row specifies, by its sids or in one text.</summary>
    private static string FindOwnerId(RowContent content)
    {
        var (partner, group, trunk) = (RemoveText(content.Patch, "partner_sid"), RemoveText(content.Patch, "trunk_group_sid"), RemoveText(content.Patch, "trunk_sid"));
        var whole = content.Id.Length > 0 ? ListOwnerId.Parse(content.Id).ToString() : null;
        var bySids = whole is null || (partner ?? group ?? trunk) is not null ? ListOwnerId.Of(partner, group, trunk).ToString() : null;
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

    private AccessControlListEdit MakeEdit(RowContent content, AccessControlListChange change, bool hasColumns)
    {
        var patch = content.Patch;
        var index = patch.Remove("index") is JValue { Value: long number } ? (int?)Math.Min(number, int.MaxValue) : null;
        index ??= content.State is AccessControlList list ? change.FindIndex(list) : null;

        // With an index, the direction of a change is a value; without one, it identifies the list.
        var direction = Creates || (kind == ListEditKind.Change && index is not null) ? null : RemoveText(patch, AccessControlListFields.Direction);
        var rules = patch.Remove("rule") is JArray named ? findRules(named.Select(rule => (string)rule!).ToArray()) : [];
        if (patch[AccessControlListFields.Rules] is JArray whole)
        {
            patch.Set(Resource.GetInput(AccessControlListFields.Rules), new JArray(findRules(whole.Select(rule => (string)rule!).ToArray())));
        }

        var problems = patch.Names.Select(name => Resource.GetInput(name).Validate(patch[name]!) is { } problem ? $"{name} {problem}" : null).Where(problem => problem is not null).ToList();
        if (Creates && !patch.IsSpecified(AccessControlListFields.Direction))
        {
            problems.Add($"{(hasColumns ? "direction" : "-Direction")} is missing; allowed: {Resource.GetInput(AccessControlListFields.Direction).Allowed}");
        }

        if (kind is ListEditKind.AddRules or ListEditKind.RemoveRules && rules.Count == 0)
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
        ListEditKind.AddRules => $"Add rules to {preview.List}",
        ListEditKind.RemoveRules => $"Remove rules from {preview.List}",
        _ => preview.IsNew ? $"Create {preview.List}" : $"Update {preview.List}",
    };

    /// <summary>All edits of one owner.</summary>
    private sealed class OwnerEdits(AccessControlListOwner read, IResourceClient<AccessControlListOwner> client)
    {
        public AccessControlListOwner Read { get; } = read;

        public IResourceClient<AccessControlListOwner> Client { get; } = client;

        public AccessControlListChange Change { get; } = new(read, client.Connection);

        public List<ChangeRow> Rows { get; } = [];
    }
}
