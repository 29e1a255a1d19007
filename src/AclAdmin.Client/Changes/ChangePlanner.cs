using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes;

/// <summary>Makes changes from what rows specify, and rejects, without a request, what contradicts the field tables or the known states.</summary>
public sealed class ChangePlanner<T>(ResourceDefinition<T> definition, PlannerOptions<T> options)
    where T : ApiResource
{
    private readonly ResourceDescriptor _resource = definition.Resource;
    private readonly Dictionary<string, PlannedCreate> _plannedByKey = new(definition.Resource.NaturalKeyComparer);

    /// <summary>Finds the item that a row names by a field instead of its id. The field then identifies it and is no change.</summary>
    /// <param name="content">What the row specifies.</param>
    /// <param name="client">The client of the row's account.</param>
    /// <param name="value">The value to match, where it is specified as the id is; null where a row specifies it as a field.</param>
    /// <exception cref="AclException">No item has the value, several have it, or the row also specifies the id of another item.</exception>
    public void Identify(ItemSpecification content, IResourceClient<T> client, string? value)
    {
        if (options.MatchBy is not { } key || content.State is not null)
        {
            return;
        }

        var specified = content.Patch.Remove(key.Name);
        var wanted = value ?? (string?)specified ?? "";
        if (wanted.Length == 0)
        {
            // A row without a value for the field may still have an id, which is more exact.
            if (content.Id.Length > 0)
            {
                return;
            }

            throw new AclException(
                ErrorKind.ValidationFailed,
                $"No {_resource.Noun} is specified: there is no value for {key.Name}. Nothing was sent.",
                "Add the value or the id, or leave the row out.");
        }

        var found = options.States!.Match(client, key, wanted);
        var id = found.GetIdentity();
        if (value is null && content.Id.Length > 0 && !string.Equals(content.Id, id, StringComparison.OrdinalIgnoreCase))
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The {_resource.Noun} with the {key.Name} '{DisplayText.Of(wanted)}' is {id}, but the row specifies the id {DisplayText.Of(content.Id)}. Nothing was sent.",
                "Correct the row, or remove one of the two.");
        }

        content.Id = id;
        content.DisplayName = found.GetDisplayName();
        if (options.Action == ChangeAction.Replace && key is { Writable: true, CreateOnly: false } && found.GetField(key.Name) is { } present)
        {
            // A replacement contains every field: the one that identified the item keeps its present value.
            content.Patch.Set(key, present);
        }
    }

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> Plan(ItemSpecification content, IResourceClient<T> client, ChangeRow row) => options.Action switch
    {
        ChangeAction.Create => PlanCreate(content, client, row),
        ChangeAction.Delete => PlanDelete(content, client, row),
        _ => PlanChange(content, client, row),
    };

    /// <summary>Checks the id, and what is known of the item.</summary>
    /// <returns>The id.</returns>
    /// <exception cref="AclException">The id is missing or cannot be one, or the service would refuse any change.</exception>
    public string CheckTarget(ItemSpecification content)
    {
        var id = CheckId(content);
        return content.State?.GetReadOnlyReason() is { } reason ? throw reason : id;
    }

    /// <summary>Checks that there is an id, and that it can be one.</summary>
    /// <returns>The id.</returns>
    /// <exception cref="AclException">There is none, or it cannot be one.</exception>
    public string CheckId(ItemSpecification content)
    {
        if (content.Id.Length == 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"No {_resource.Noun} is specified: there is no value in a column named {string.Join(", ", definition.IdentityNames)}. Nothing was sent.",
                "Add the column, or leave the row out.");
        }

        RequestPath.CheckId(content.Id, _resource.Identity.Name);
        return content.Id;
    }

    /// <summary>The target of the change, as messages name it.</summary>
    public string Describe(ItemSpecification content)
    {
        // Names come from outside: a line break in one could forge a second line of a preview.
        var name = DisplayText.Of(content.DisplayName);
        return name.Length == 0 ? $"{_resource.Noun} {content.Id}" : $"{_resource.Noun} {content.Id} ({name})";
    }

    private ChangePlan<T> PlanCreate(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var specified = content.Patch;
        CheckFields(row, specified.WithCreateDefaults(_resource), _resource.WritableFields.Where(field => field.RequiredOnCreate).Select(field => field.Name));
        var listed = options.States?.GetExisting(client);
        var existing = options.IfExists == IfExists.Create ? null : listed;
        var key = existing?.KeyOf(specified);
        var earlier = key is not null && _plannedByKey.TryGetValue(AccountKey(client, key), out var planned) ? planned : null;
        var differing = earlier?.GetDifferences(specified, _resource) ?? [];
        if (differing.Length > 0 && options.IfExists == IfExists.Skip)
        {
            throw new AclException(
                ErrorKind.AlreadyExists,
                $"Row {earlier!.Plan.Change.Rows[0].Number} specifies the same {string.Join(" and ", _resource.NaturalKey)} with other values. Nothing was sent for this row.",
                "Keep one of the rows, or use -IfExists Update.");
        }

        var decision = CreateDecision<T>.Decide(_resource, existing, specified, options.IfExists);
        var change = new Change<T>(row)
        {
            Action = ChangeAction.Create,
            Client = client,
            Patch = specified,
            Existing = listed,
            IfExists = options.IfExists,

            // Two rows that create the same item must not overlap: the second finds the item that the first created.
            Key = "new\n" + (key ?? string.Join("\n", _resource.NaturalKey.Select(name => specified[name]?.ToString()))),
        };
        if (earlier is null && decision.Present is { } present)
        {
            content.Id = present.GetIdentity();
            content.DisplayName = present.GetDisplayName();
            var update = new ChangePlan<T>(change, Describe(content), "Update " + string.Join(", ", decision.Patch.Names), decision.Differences)
            {
                Present = present,
                IsEmpty = decision.Action is null,
                Warning = decision.Action is null ? null : _resource.GetWarning(decision.Patch),
            };
            if (!update.IsEmpty)
            {
                _plannedByKey[AccountKey(client, key!)] = new PlannedCreate(update, PatchOf(present)).With(specified, _resource);
            }

            return update;
        }

        // A row after an earlier one of the same key is compared with the item that the earlier one creates, and not with the service's list, which may still
        // be without it. A row that repeats it changes nothing; one with other values updates that item.
        var operation = differing.Length > 0 ? "Update " + string.Join(", ", differing) : "Create " + string.Join(", ", decision.Patch.Names);
        var plan = new ChangePlan<T>(change, earlier?.Plan.Target ?? $"{_resource.Noun} {DisplayText.Of(specified.GetText(_resource.DisplayField))}".TrimEnd(), operation)
        {
            RepeatOf = differing.Length > 0 ? null : earlier?.Plan,
            Warning = _resource.GetWarning(decision.Patch),
        };
        if (key is not null)
        {
            _plannedByKey[AccountKey(client, key)] = (earlier ?? new PlannedCreate(plan, specified)).With(specified, _resource);
        }

        return plan;
    }

    private FieldPatch PatchOf(T item)
    {
        var patch = new FieldPatch();
        foreach (var field in _resource.WritableFields)
        {
            if (item.GetField(field.Name) is { } value)
            {
                patch.Set(field, value);
            }
        }

        return patch;
    }

    private static string AccountKey(IResourceClient<T> client, string key) => $"{RuntimeHelpers.GetHashCode(client)}\n{key}";

    private ChangePlan<T> PlanDelete(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        var change = new Change<T>(row) { Action = options.Action, Client = client, Id = id, Key = id };
        try
        {
            if (FindState(content, client) is { } state)
            {
                content.DisplayName = state.GetDisplayName();
                return state.GetReadOnlyReason() is { } reason ? throw reason : new ChangePlan<T>(change, Describe(content), "Remove") { Present = state };
            }
        }
        catch (AclException unknown) when (unknown.Kind == ErrorKind.NotFound)
        {
            return new ChangePlan<T>(change, Describe(content), "Remove") { IsEmpty = true, Warning = ChangeOutcome<T>.NothingToRemove };
        }

        return new ChangePlan<T>(change, Describe(content), "Remove");
    }

    private ChangePlan<T> PlanChange(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        CheckSpecifiesSomething(content, row);
        var isReplacement = options.Action == ChangeAction.Replace;
        var required = isReplacement ? _resource.WritableFields.Where(field => field is { RequiredOnReplace: true, CreateOnly: false }).Select(field => field.Name) : [];
        CheckFields(row, content.Patch, required, isUpdate: !isReplacement);

        var patch = content.Patch;
        IReadOnlyList<FieldDifference>? differences = null;
        T? before = null;
        if (!patch.IsEmpty && FindState(content, client) is { } state)
        {
            // A result that was piped in may be old; what this run has read is not.
            before = ReferenceEquals(state, content.State) ? null : state;
            content.DisplayName = state.GetDisplayName();
            differences = patch.DifferencesFrom(state);
            if ((differences.Count > 0 || !options.SendsDifferencesOnly) && state.GetReadOnlyReason() is { } reason)
            {
                throw reason;
            }

            patch = isReplacement || !options.SendsDifferencesOnly
                ? patch
                : patch.Only(differences.Select(difference => difference.Name).ToArray());
        }

        var change = new Change<T>(row) { Action = options.Action, Client = client, Id = id, Key = id, Patch = patch, Before = before };
        return new ChangePlan<T>(change, Describe(content), isReplacement ? DescribeReplacement(patch) : "Update " + string.Join(", ", patch.Names), differences)
        {
            Warning = _resource.GetWarning(patch),
            IsEmpty = patch.IsEmpty || (options.SendsDifferencesOnly && differences is { Count: 0 }),
        };
    }

    /// <summary>What a replacement does: a person sees, too, what goes back to a default of the service as it is not specified.</summary>
    private string DescribeReplacement(FieldPatch patch)
    {
        var reset = _resource.WritableFields.Where(field => !field.CreateOnly && !patch.IsSpecified(field.Name)).Select(field => field.Name).ToArray();
        return "Replace " + string.Join(", ", patch.Names) + (reset.Length == 0 ? "" : " and reset " + string.Join(", ", reset));
    }

    /// <summary>The present state, where the run needs it; null elsewhere, and where an earlier row has changed the item.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotFound"/>: the service has no such item; or it could not be read.</exception>
    public T? FindState(ItemSpecification content, IResourceClient<T> client)
    {
        if (options.States is null || !(options.SendsDifferencesOnly || options.IsPreviewed || options.MatchBy is not null))
        {
            return null;
        }

        if (!options.SendsDifferencesOnly && options.MatchBy is null && content.State is T piped)
        {
            return piped;
        }

        try
        {
            return options.States.FindState(client, content.Id);
        }
        catch (AclException denied) when (denied.Kind == ErrorKind.PermissionDenied && !options.SendsDifferencesOnly)
        {
            // A credential that may write and not read: the preview then names the item by its id.
            return null;
        }
    }

    private void CheckSpecifiesSomething(ItemSpecification content, ChangeRow row)
    {
        if (content.Patch.IsEmpty && row.Number == 0)
        {
            throw new AclException(
                ErrorKind.NothingToUpdate,
                $"No field to update is specified for {_resource.Noun} {content.Id}.",
                $"Specify at least one of {string.Join(", ", options.FieldParameters.Select(name => "-" + name))}, or -Clear.");
        }
    }

    private void CheckFields(ChangeRow row, FieldPatch patch, IEnumerable<string> required, bool isUpdate = false)
    {
        var hasColumns = row.Number > 0;
        var problems = patch.Validate(_resource, required, isUpdate, hasColumns ? null : options.ParameterOf);
        if (problems.Count > 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                string.Join("; ", problems) + ". Nothing was sent.",
                hasColumns ? "Correct the value and run the row again." : "Correct the arguments and run the command again.");
        }
    }

    /// <summary>The state that the rows so far give the item with one natural key, new or present.</summary>
    private sealed class PlannedCreate(ChangePlan<T> plan, FieldPatch state)
    {
        /// <summary>The plan of the first of them.</summary>
        public ChangePlan<T> Plan { get; } = plan;

        /// <summary>The fields in which a row differs from what is planned; the key itself may differ in case.</summary>
        public string[] GetDifferences(FieldPatch specified, ResourceDescriptor resource) => specified.Names
            .Except(resource.NaturalKey)
            .Where(name => !JToken.DeepEquals(specified[name], state[name] ?? JValue.CreateNull()))
            .ToArray();

        /// <summary>The same after a further row.</summary>
        public PlannedCreate With(FieldPatch specified, ResourceDescriptor resource)
        {
            var merged = state.Only(state.Names.ToArray());
            foreach (var name in specified.Names)
            {
                merged.Set(resource[name], specified[name]!);
            }

            return new PlannedCreate(Plan, merged);
        }
    }
}
