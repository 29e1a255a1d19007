using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes;

/// <summary>Plans creates. Rows of one natural key are planned one after another: each is compared with what those before it make.</summary>
internal sealed class CreatePlanner<T>(ResourceDescriptor resource, PlannerOptions<T> options)
    where T : ApiResource
{
    private readonly Dictionary<string, PlannedCreate> _plannedByKey = new(resource.NaturalKeyComparer);

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> Plan(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var specified = content.Patch;
        options.CheckFields(row, resource, specified.WithCreateDefaults(resource), resource.WritableFields.Where(field => field.RequiredOnCreate).Select(field => field.Name));
        var listed = options.States?.GetExisting(client);
        var existing = options.IfExists == IfExists.Create ? null : listed;
        var key = existing?.KeyOf(specified);
        var earlier = key is not null && _plannedByKey.TryGetValue(AccountKey(client, key), out var planned) ? planned : null;
        var differing = earlier?.GetDifferences(specified, resource) ?? [];
        if (differing.Length > 0 && options.IfExists == IfExists.Skip)
        {
            throw new AclException(
                ErrorKind.AlreadyExists,
                $"Row {earlier!.Plan.Change.Rows[0].Number} specifies the same {string.Join(" and ", resource.NaturalKey)} with other values. Nothing was sent for this row.",
                "Keep one of the rows, or use -IfExists Update.");
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
            Key = "new\n" + (key ?? string.Join("\n", resource.NaturalKey.Select(name => specified[name]?.ToString()))),
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
                _plannedByKey[AccountKey(client, key!)] = new PlannedCreate(update, PatchOf(present)).With(specified, resource);
            }

            return update;
        }

        // A row after an earlier one of the same key is compared with the item that the earlier one creates, and not with the service's list, which may still
        // be without it. A row that repeats it changes nothing; one with other values updates that item.
        var operation = differing.Length > 0 ? "Update " + string.Join(", ", differing) : "Create " + string.Join(", ", decision.Patch.Names);
        var plan = new ChangePlan<T>(change, earlier?.Plan.Target ?? $"{resource.Noun} {DisplayText.Of(specified.GetText(resource.DisplayField))}".TrimEnd(), operation)
        {
            RepeatOf = differing.Length > 0 ? null : earlier?.Plan,
            Warning = resource.GetWarning(decision.Patch),
        };
        if (key is not null)
        {
            _plannedByKey[AccountKey(client, key)] = (earlier ?? new PlannedCreate(plan, specified)).With(specified, resource);
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

    private static string AccountKey(IResourceClient<T> client, string key) => $"{RuntimeHelpers.GetHashCode(client)}\n{key}";

    /// <summary>The state that the rows so far give the item with one natural key, new or present.</summary>
    private sealed class PlannedCreate(ChangePlan<T> plan, FieldPatch state)
    {
        /// <summary>The plan of the first of them.</summary>
        public ChangePlan<T> Plan { get; } = plan;

        /// <summary>The fields in which a row differs from what is planned; the key itself may differ in case.</summary>
        public string[] GetDifferences(FieldPatch specified, ResourceDescriptor descriptor) => specified.Names
            .Except(descriptor.NaturalKey)
            .Where(name => !JToken.DeepEquals(specified[name], state[name] ?? JValue.CreateNull()))
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
