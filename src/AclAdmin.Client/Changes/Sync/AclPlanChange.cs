using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>One change of a plan.</summary>
public sealed class AclPlanChange
{
    /// <summary>The width that fits beside a mark in 80 columns.</summary>
    private const int DiffWidth = 76;

    internal AclPlanChange(ChangeAction action, string? id, string? name, IReadOnlyList<AclPlanField> fields, bool isMasked = false)
    {
        Action = action;
        Id = DisplayText.Whole(id);
        Name = DisplayText.Whole(name);
        Fields = fields;
        IsMasked = isMasked;
    }

    /// <summary>The action: <c>Create</c>, <c>Update</c> or <c>Delete</c>.</summary>
    public ChangeAction Action { get; }

    /// <summary>The item's id; null for one to create.</summary>
    public string? Id { get; }

    /// <summary>The item's display name; null where it has none.</summary>
    public string? Name { get; }

    /// <summary>Whether a secret was masked in it.</summary>
    public bool IsMasked { get; }

    /// <summary>The fields that change, each with the value before and the value after, in JSON.</summary>
    public IReadOnlyList<FieldDifference> Differences => Fields.Select(changed => new FieldDifference(changed.Name, changed.Before, changed.After)).ToArray();

    internal IReadOnlyList<AclPlanField> Fields { get; }

    /// <summary>The change as a diff, for people: the action, the item, and each field before and after, cut to a line.</summary>
    public string ToDiff()
    {
        var lines = Differences.SelectMany(changed => new[] { ('-', changed.Before), ('+', changed.After) }
            .Where(side => side.Item2 != "null" || Action == ChangeAction.Update)
            .Select(side => $"\n{side.Item1}  {DisplayText.Of($"{changed.Name}: {side.Item2}", DiffWidth)}"));
        var item = string.Join(", ", new[] { DisplayText.Of(Name, 36), DisplayText.Of(Id, 36) }.Where(part => part.Length > 0));
        return $"@@ {Action}\n   {item}{string.Concat(lines)}\n";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {DisplayText.Of(Name ?? Id)}: {string.Join(", ", Fields.Select(changed => changed.Name))}";

    /// <summary>The change without secrets, as a plan is saved and shown to others.</summary>
    internal AclPlanChange Redact(Redactor redactor)
    {
        var fields = Fields.Select(field => field with { Before = redactor.Redact(field.Before), After = redactor.Redact(field.After) }).ToArray();
        var name = Name is null ? null : redactor.Redact(Name);
        var id = Id is null ? null : redactor.Redact(Id);
        var isMasked = name != Name || id != Id || fields.Zip(Fields, (masked, field) => masked != field).Contains(true);
        return isMasked ? new AclPlanChange(Action, id, name, fields, isMasked) : this;
    }

    internal static AclPlanChange Of<T>(ChangePlan<T> plan)
        where T : ApiResource
    {
        var change = plan.Change;
        var resource = change.Client!.Resource;
        switch (change.Action)
        {
            case ChangeAction.Create:
                var body = change.Patch.WithCreateDefaults(resource);
                return new AclPlanChange(
                    change.Action, null, body.GetText(resource.DisplayField), body.Names.Select(name => new AclPlanField(name, JValue.CreateNull(), body[name]!)).ToArray());
            case ChangeAction.Delete:
                var item = plan.Present!;
                var fields = resource.WritableFields
                    .Select(field => new AclPlanField(field.Name, item.GetField(field.Name) ?? JValue.CreateNull(), JValue.CreateNull()))
                    .Where(field => field.Before.Type != JTokenType.Null);
                return new AclPlanChange(change.Action, change.Id, item.GetDisplayName(), fields.ToArray());
            default:
                var before = change.Before!;
                return new AclPlanChange(
                    change.Action,
                    change.Id,
                    before.GetDisplayName(),
                    change.Patch.Names.Select(name => new AclPlanField(name, before.GetField(name) ?? JValue.CreateNull(), change.Patch[name]!)).ToArray());
        }
    }
}

/// <summary>A field of a change in a plan.</summary>
/// <param name="Name">The field's API name.</param>
/// <param name="Before">The service's value; JSON null where it has none.</param>
/// <param name="After">The desired value; JSON null where it is cleared, or the item is removed.</param>
internal sealed record AclPlanField(string Name, JToken Before, JToken After);
