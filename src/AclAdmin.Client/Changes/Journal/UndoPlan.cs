using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The plan that undoes changes of one item with one write: the item as it is, with one change after the other taken back, the newest first. What a change
/// did not touch stays as it is, and a change is taken back as a whole or not at all.
/// </summary>
public sealed class UndoPlan
{
    private readonly List<AclChange> _changes = [];
    private readonly ResourceDescriptor _resource;
    private readonly ReplacedIds _ids;
    private readonly JObject? _present;
    private JObject? _state;

    internal UndoPlan(string id, ResourceDescriptor resource, JObject? present, ReplacedIds ids)
    {
        Id = id;
        _resource = resource;
        _ids = ids;
        _state = _present = present;
    }

    /// <summary>The item's id as it is now; of one that is to be created again, the old one.</summary>
    public string Id { get; }

    /// <summary>The changes that are undone, the newest first.</summary>
    public IReadOnlyList<AclChange> Changes => _changes;

    /// <summary>The action for the item; null where there is nothing to do.</summary>
    public ChangeAction? Action => (_present, _state) switch
    {
        (null, null) => null,
        (null, _) => ChangeAction.Create,
        (_, null) => ChangeAction.Delete,
        _ => Differences.Count == 0 ? null : ChangeAction.Update,
    };

    /// <summary>The writable fields that change, with their present values.</summary>
    public IReadOnlyList<FieldDifference> Differences => _state is null
        ? []
        : Changed(_present ?? [], _state).Select(changed => new FieldDifference(changed.Name, Of(_present, changed.Name), Of(_state, changed.Name))).ToArray();

    /// <summary>The item as it will be; null where there will be none.</summary>
    internal JObject? State => _state;

    /// <summary>The fields of the item that is to be created again.</summary>
    public FieldPatch GetCreateBody()
    {
        var body = new FieldPatch();
        foreach (var field in Changed([], _state ?? []))
        {
            body.Set(field, _state![field.Name]!);
        }

        return body;
    }

    /// <summary>The update that restores the fields.</summary>
    /// <param name="present">The item as it is.</param>
    /// <param name="force">Whether fields are restored that have changed since.</param>
    /// <returns>Empty where no field is left to restore.</returns>
    /// <exception cref="AclException"><see cref="ErrorKind.Drifted"/>: a field has changed since.</exception>
    public FieldPatch GetUpdate(ApiResource present, bool force)
    {
        var now = present.CopyFields();
        if (_changes.SelectMany(ChangedBy).All(name => JToken.DeepEquals(Of(now, name), Of(_state, name))))
        {
            return new FieldPatch();
        }

        return GetUpdate(now, _changes.Aggregate<AclChange, JObject?>(now, (item, change) => TakeBack(change, item, force)) ?? now);
    }

    /// <summary>Checks that the fields can be restored.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the service would refuse them.</exception>
    public void CheckUpdate() => GetUpdate(_present!, _state!);

    private FieldPatch GetUpdate(JObject from, JObject to)
    {
        var patch = new FieldPatch();
        foreach (var field in Changed(from, to))
        {
            patch.Set(field, Of(to, field.Name));
        }

        var problems = patch.Validate(_resource, [], isUpdate: true);
        return problems.Count == 0
            ? patch
            : throw new AclException(ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", "Restore the item by hand.");
    }

    /// <summary>Adds the next older change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="force">Whether it is undone although another client has changed the same field since.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.Drifted"/>: another client has. The plan is what it was.</exception>
    internal void Add(AclChange change, bool force)
    {
        _state = TakeBack(change, _state, force);
        _changes.Add(change);
    }

    /// <summary>Takes the changes out, as the plan as a whole cannot be carried out.</summary>
    internal void Clear() => _changes.Clear();

    /// <summary>The item before a change; null where there was none.</summary>
    private JObject? TakeBack(AclChange change, JObject? item, bool force) => change.IsMasked
        ? throw new AclException(
            ErrorKind.ValidationFailed, $"The journal does not hold what the item {change.Id} was, as it contained a secret. Nothing was sent.", "Restore it by hand.")
        : change.Action switch
        {
            ChangeAction.Delete => TakeBackRemoval(change, item, force),
            ChangeAction.Create => TakeBackCreate(change, item, force),
            _ => TakeBackUpdate(change, item, force),
        };

    /// <summary>
    /// A removed item has no fields that could have changed since. What counts is that there is no such item again: not under its id, and none with its natural
    /// key, whatever its other fields, which the planner checks.
    /// </summary>
    private JObject TakeBackRemoval(AclChange change, JObject? item, bool force)
    {
        var before = change.BeforeFields ?? throw new AclException(
            ErrorKind.ValidationFailed, $"The journal does not hold what the item {change.Id} was. Nothing was sent.", "Restore it by hand.");
        if (item is not null && !force)
        {
            throw new AclException(
                ErrorKind.Drifted, $"The {_resource.Noun} {change.Id} is there, although it was removed. Nothing was sent.", "-Force restores the fields that it had.");
        }

        var restored = item is null ? [] : (JObject)item.DeepClone();
        foreach (var field in before.Properties())
        {
            restored[field.Name] = _ids.Renew(field.Value);
        }

        return restored;
    }

    /// <summary>Of a created item every field counts, as removing it destroys what anybody has added to it since.</summary>
    private JObject? TakeBackCreate(AclChange change, JObject? item, bool force)
    {
        if (item is not null && !force)
        {
            CheckDrift(item, CreatedItem.FindDifferences(_resource, change, item).ToArray());
        }

        return null;
    }

    /// <summary>Of an update the fields count that it changed: what others did to the rest stays.</summary>
    private JObject TakeBackUpdate(AclChange change, JObject? item, bool force)
    {
        if (item is null)
        {
            throw new AclException(
                ErrorKind.NotFound, $"The service has no {_resource.Noun} {Id} any more. Nothing was sent.", "Undo its removal as well, or leave it out.");
        }

        var fields = ChangedBy(change).Select(name => (Name: name, Before: _ids.Renew(Of(change.BeforeFields, name)), After: change.GetAfter(name)!))
            .Where(field => !JToken.DeepEquals(Of(item, field.Name), field.Before))
            .ToArray();
        if (!force)
        {
            CheckDrift(item, fields
                .Where(field => !JToken.DeepEquals(Of(item, field.Name), field.After) && !JToken.DeepEquals(Of(item, field.Name), _ids.Renew(field.After)))
                .Select(field => (field.Name, field.After))
                .ToArray());
        }

        var restored = (JObject)item.DeepClone();
        foreach (var (name, before, _) in fields)
        {
            restored[name] = before;
        }

        return restored;
    }

    /// <summary>The fields that a change has changed: those that it sent, and, of a replacement, those that went back to a default of the service.</summary>
    private IEnumerable<string> ChangedBy(AclChange change)
    {
        var sent = change.Differences.Select(field => field.Name);
        return change is not { Action: ChangeAction.Replace, BeforeFields: { } before, AfterFields: { } after }
            ? sent
            : sent.Union(_resource.WritableFields
                .Where(field => !field.CreateOnly && before[field.Name] is { } old && after[field.Name] is { } present && !JToken.DeepEquals(old, present))
                .Select(field => field.Name));
    }

    /// <summary>The writable fields that differ between two states. What this version does not know is never written.</summary>
    private IEnumerable<FieldDescriptor> Changed(JObject from, JObject to) =>
        _resource.WritableFields.Where(field => !JToken.DeepEquals(Of(from, field.Name), Of(to, field.Name)));

    private void CheckDrift(JObject item, IReadOnlyList<(string Name, JToken Expected)> drifted)
    {
        if (drifted.Count > 0)
        {
            // What was found before a newer change, which is undone as well, is no value of now.
            var shown = drifted.Select(field => (JToken.DeepEquals(Of(_present, field.Name), Of(item, field.Name))
                ? $"{field.Name} is {Show(Of(item, field.Name))} now"
                : $"{field.Name} was {Show(Of(item, field.Name))} before the newer changes that are undone as well")
                + $", and not {Show(field.Expected)}");
            var name = item[_resource.DisplayField].AsText() is { Length: > 0 } text ? $" ({DisplayText.Of(text)})" : "";
            throw new AclException(
                ErrorKind.Drifted,
                $"The {_resource.Noun} {Id}{name} has changed since: {string.Join("; ", shown)}. Nothing was sent for it.",
                "Look at the present value, and use -Force to overwrite it.");
        }
    }

    /// <summary>A field that the service did not send and one that it sent as null are the same.</summary>
    private static JToken Of(JObject? item, string field) => item?[field] ?? JValue.CreateNull();

    private static string Show(JToken value) => DisplayText.Of(value.ToString(Formatting.None));
}
