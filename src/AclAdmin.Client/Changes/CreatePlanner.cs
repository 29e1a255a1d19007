using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes;

/// <summary>Plans creates. Rows of one natural key are planned one after another: each is compared with what those before it make.</summary>
internal sealed class CreatePlanner<T>(ResourceDescriptor resource, PlannerOptions<T> options)
    where T : ApiResource
{
    private readonly Dictionary<IResourceClient<T>, Dictionary<FieldPatch, PlannedCreate>> _planned = [];

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> Plan(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var specified = content.Patch;
        options.CheckFields(row, resource, specified.WithCreateDefaults(resource), resource.WritableFields.Where(field => field.RequiredOnCreate).Select(field => field.Name));
        var listed = options.States?.GetExisting(client);
        var existing = options.IfExists == IfExists.Create ? null : listed;
        var planned = PlannedFor(client);
        var earlier = existing is not null && planned.TryGetValue(specified, out var same) ? same : null;
        var differing = options.IfExists == IfExists.Keep ? [] : earlier?.GetDifferences(specified, resource) ?? [];
        if (differing.Length > 0 && options.IfExists == IfExists.Skip)
        {
            throw new AclException(
                ErrorKind.AlreadyExists,
                $"Row {earlier!.Plan.Change.Rows[0].Number} specifies the same {resource.Comparer.Names} with other values. Nothing was sent for this row.",
                "Keep one of the rows, or use -IfExists Update or -IfExists Keep.");
        }

        var decision = CreateDecision<T>.Decide(resource, existing, specified, options.IfExists);
        var change = new Change<T>(row)
        {
            Action = ChangeAction.Create,
            Client = client,
            Patch = specified,
            Existing = listed,
            IfExists = options.IfExists,

            // Two rows that create the same item must not overlap: the second finds the item that the first created.
            Key = "new\n" + resource.Comparer.KeyOf(specified),
        };
        if (earlier is null && decision.Present is { } present)
        {
            content.Id = present.GetIdentity();
            content.DisplayName = present.GetDisplayName();
            var update = new ChangePlan<T>(change, content.Describe(resource), "Update " + string.Join(", ", decision.Patch.Names), decision.Differences)
            {
                Present = present,
                IsEmpty = decision.Action is null,
                Warning = decision.Action is null ? null : resource.GetWarning(decision.Patch),
            };
            if (!update.IsEmpty)
            {
                planned[specified] = new PlannedCreate(update, PatchOf(present)).With(specified, resource);
            }

            return update;
        }

        // A row after an earlier one of the same key is compared with the item that the earlier one creates, and not with the service's list, which may still
        // be without it. A row that repeats it changes nothing; one with other values updates that item.
        var operation = differing.Length > 0 ? "Update " + string.Join(", ", differing) : "Create " + string.Join(", ", decision.Patch.Names);
        var shown = !options.IsPreviewed ? null
            : (differing.Length > 0 ? differing : decision.Patch.Names).Select(name => new FieldDifference(name, earlier?.ValueOf(name) ?? JValue.CreateNull(), decision.Patch[name]!)).ToArray();
        var plan = new ChangePlan<T>(change, earlier?.Plan.Target ?? $"{resource.Noun} {DisplayText.Of(specified.GetText(resource.DisplayField))}".TrimEnd(), operation, shown)
        {
            RepeatOf = differing.Length > 0 ? null : earlier?.Plan,
            Warning = resource.GetWarning(decision.Patch)
                ?? (differing.Length > 0 ? $"row {earlier!.Plan.Change.Rows[0].Number} specifies another value for {string.Join(", ", differing)}. The later row overrides it." : null),
        };
        if (existing is not null)
        {
            planned[specified] = (earlier ?? new PlannedCreate(plan, specified)).With(specified, resource);
        }

        return plan;
    }

    private FieldPatch PatchOf(T item)
    {
        var patch = new FieldPatch();
        foreach (var field in resource.WritableFields)
        {
            if (item.GetField(field.Name) is { } value)
            {
                patch.Set(field, value);
            }
        }

        return patch;
    }

    private Dictionary<FieldPatch, PlannedCreate> PlannedFor(IResourceClient<T> client) =>
        _planned.TryGetValue(client, out var planned) ? planned : _planned[client] = new(resource.Comparer);

    /// <summary>The state that the rows so far give the item with one natural key, new or present.</summary>
    private sealed class PlannedCreate(ChangePlan<T> plan, FieldPatch state)
    {
        /// <summary>The plan of the first of them.</summary>
        public ChangePlan<T> Plan { get; } = plan;

        /// <summary>The value that the rows so far give a field; null where they give none.</summary>
        public JToken? ValueOf(string name) => state[name];

        /// <summary>The fields in which a row differs from what is planned; the key itself may differ in its spelling.</summary>
        public string[] GetDifferences(FieldPatch specified, ResourceDescriptor descriptor) => specified.Names
            .Except(descriptor.NaturalKey)
            .Where(name => !ItemComparer.HaveSameValue(descriptor[name], specified[name], state[name]))
            .ToArray();

        /// <summary>The same after a further row.</summary>
        public PlannedCreate With(FieldPatch specified, ResourceDescriptor descriptor)
        {
            var merged = state.Only(state.Names.ToArray());
            foreach (var name in specified.Names)
            {
                merged.Set(descriptor[name], specified[name]!);
            }

            return new PlannedCreate(Plan, merged);
        }
    }
}
