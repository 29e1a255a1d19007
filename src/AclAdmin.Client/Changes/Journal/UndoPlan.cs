using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The plan that undoes changes of one item with one write. Fields that the changes did not touch are left alone, and a field that
/// shows another value than the changes have left is not overwritten.
/// </summary>
public sealed class UndoPlan
{
    private readonly Dictionary<string, JToken> _expected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JToken> _wanted = new(StringComparer.Ordinal);
    private readonly List<AclChange> _changes = [];
    private readonly ResourceDescriptor _resource;
    private bool _recreates;

    internal UndoPlan(string id, ResourceDescriptor resource)
    {
        Id = id;
        _resource = resource;
    }

    /// <summary>The item's id as it is now; of one that is to be created again, the old one.</summary>
    public string Id { get; }

    /// <summary>The changes that are undone, the newest first.</summary>
    public IReadOnlyList<AclChange> Changes => _changes;

    /// <summary>The action for the item; null where the changes cancel each other out.</summary>
    public ChangeAction? Action { get; private set; } = ChangeAction.Update;

    /// <summary>Adds the next older change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="force">Whether it is undone although another client has changed the same field in between.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.Drifted"/>: another client has.</exception>
    internal void Add(AclChange change, bool force)
    {
        if (change.IsMasked)
        {
            throw new AclException(
                ErrorKind.ValidationFailed, $"The journal does not hold what the item {change.Id} was, as it contained a secret. Nothing was sent.", "Restore it by hand.");
        }

        switch (change.Action)
        {
            case ChangeAction.Delete:
                Action = ChangeAction.Create;
                _recreates = true;
                foreach (var field in change.BeforeFields?.Properties() ?? [])
                {
                    _wanted[field.Name] = field.Value;
                }

                break;
            case ChangeAction.Create:
                Action = _recreates ? null : ChangeAction.Delete;
                foreach (var field in change.BodyFields?.Properties() ?? [])
                {
                    Expect(field.Name, change.GetAfter(field.Name)!);
                }

                break;
            default:
                AddFields(change, force);
                break;
        }

        _changes.Add(change);
    }

    /// <summary>The fields of the item that is to be created again.</summary>
    /// <param name="resource">The field table.</param>
    public FieldPatch GetCreateBody(ResourceDescriptor resource)
    {
        var body = new FieldPatch();
        foreach (var field in resource.WritableFields.Where(field => _wanted.TryGetValue(field.Name, out var value) && value.Type != JTokenType.Null))
        {
            body.Set(field, _wanted[field.Name]);
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
        var resource = present.GetDescriptor();
        CheckDrift(present, _wanted.Keys.Where(name => !Shows(present, name, _wanted[name])), force);
        var patch = new FieldPatch();
        foreach (var name in _wanted.Keys.Where(name => !Shows(present, name, _wanted[name])).Where(name => resource.Find(name)?.Writable == true))
        {
            patch.Set(resource[name], _wanted[name]);
        }

        var problems = patch.Validate(resource, [], isUpdate: true);
        return problems.Count == 0
            ? patch
            : throw new AclException(ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", "Restore the item by hand.");
    }

    /// <summary>Checks that an item to remove is still as the changes left it.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.Drifted"/>: it is not.</exception>
    public void CheckRemoval(ApiResource present, bool force) => CheckDrift(present, _expected.Keys, force);

    private static bool Shows(ApiResource item, string field, JToken value) => JToken.DeepEquals(item.GetField(field) ?? JValue.CreateNull(), value);

    private void AddFields(AclChange change, bool force)
    {
        foreach (var name in ChangedBy(change))
        {
            var after = change.GetAfter(name)!;
            if (_wanted.TryGetValue(name, out var restored) ? !JToken.DeepEquals(restored, after) && !force : false)
            {
                throw new AclException(
                    ErrorKind.Drifted,
                    $"Something else has changed {name} of {change.Id} after the change {change.Number} of the run {change.RunId}: from {Show(after)} to {Show(restored)}. Nothing was sent for it.",
                    "Look at the value, and use -Force to restore the older one.");
            }

            Expect(name, after);
            _wanted[name] = change.BeforeFields?[name] ?? JValue.CreateNull();
        }
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

    /// <summary>The newest change has left the value that is expected.</summary>
    private void Expect(string field, JToken value)
    {
        if (!_recreates && !_expected.ContainsKey(field))
        {
            _expected[field] = value;
        }
    }

    private void CheckDrift(ApiResource present, IEnumerable<string> names, bool force)
    {
        var drifted = force ? [] : names.Where(name => _expected.TryGetValue(name, out var expected) && !Shows(present, name, expected)).ToArray();
        if (drifted.Length > 0)
        {
            var shown = drifted.Select(name => $"{name} is {Show(present.GetField(name) ?? JValue.CreateNull())} now, and not {Show(_expected[name])}");
            throw new AclException(
                ErrorKind.Drifted,
                $"The {present.GetDescriptor().Noun} {present} has changed since: {string.Join("; ", shown)}. Nothing was sent for it.",
                "Look at the present value, and use -Force to overwrite it.");
        }
    }

    private static string Show(JToken value) => DisplayText.Of(value.ToString(Formatting.None));
}
