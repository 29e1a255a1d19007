using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Runs;

/// <summary>What one row comes to, before anybody is asked and anything is sent.</summary>
/// <param name="change">The change.</param>
/// <param name="target">What is changed, as people name it.</param>
/// <param name="operation">What is done to it.</param>
/// <param name="differences">The fields that change, with their present values; null where the present state was not asked for.</param>
internal sealed class ChangePlan<T>(Change<T> change, string target, string operation, IReadOnlyList<FieldDifference>? differences = null)
    where T : ApiResource
{
    public Change<T> Change { get; } = change;

    public string Target { get; } = target;

    public string Operation { get; } = operation;

    public IReadOnlyList<FieldDifference>? Differences { get; } = differences;

    /// <summary>What looks wrong, but only the service can tell; null where nothing does.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether nothing needs to be sent.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The item that is there already, where a create found one; null elsewhere.</summary>
    public T? Present { get; init; }

    /// <summary>An earlier row of the run that creates the same; null where there is none.</summary>
    public ChangePlan<T>? RepeatOf { get; init; }

    /// <summary>Whether the change was approved, by nobody objecting or by a person.</summary>
    public bool IsApproved { get; set; }

    /// <summary>Keeps the change until all rows have come; null where it is posted at once.</summary>
    public Action? Collect { get; init; }
}

/// <summary>What a planner goes by, besides the rows.</summary>
/// <param name="Action">What the cmdlet does.</param>
/// <param name="FieldParameters">The names of the parameters that stand for fields, for advice.</param>
/// <param name="States">What the service has; null where it is not read.</param>
/// <param name="IfExists">What a create does where there is such an item already.</param>
internal sealed record PlannerOptions<T>(ChangeAction Action, IEnumerable<string> FieldParameters, StateCache<T>? States, IfExists IfExists)
    where T : ApiResource;

/// <summary>Makes changes of what rows specify, and refuses what the field tables and the known states refuse: without a request.</summary>
internal sealed class ChangePlanner<T>(ResourceDefinition<T> definition, PlannerOptions<T> options)
    where T : ApiResource
{
    private readonly ResourceDescriptor _resource = definition.Resource;
    private readonly Dictionary<string, PlannedCreate> _plannedByKey = new(definition.Resource.NaturalKeyComparer);

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> Plan(RowContent content, IResourceClient<T> client, ChangeRow row) => options.Action switch
    {
        ChangeAction.Create => PlanCreate(content, client, row),
        ChangeAction.Delete => PlanDelete(content, client, row),
        _ => PlanChange(content, client, row),
    };

    /// <summary>Checks the id, and what is known of the thing.</summary>
    /// <returns>The id.</returns>
    /// <exception cref="AclException">The id is missing or cannot be one, or the service would refuse any change.</exception>
    public string CheckTarget(RowContent content)
    {
        if (content.Id.Length == 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"No {_resource.Noun} is specified: there is no value in a column named {string.Join(", ", definition.IdentityNames)}. Nothing was sent.",
                "Add the column, or leave the row out.");
        }

        RequestPath.CheckId(content.Id, _resource.Identity.Name);
        return content.State?.GetReadOnlyReason() is { } reason ? throw reason : content.Id;
    }

    /// <summary>What is changed, as people name it.</summary>
    public string Describe(RowContent content)
    {
        // Names come from outside: a line break in one could forge a second line of a preview.
        var name = DisplayText.Of(content.DisplayName);
        return name.Length == 0 ? $"{_resource.Noun} {content.Id}" : $"{_resource.Noun} {content.Id} ({name})";
    }

    private ChangePlan<T> PlanCreate(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        var specified = content.Patch;
        CheckFields(specified.WithCreateDefaults(_resource), _resource.WritableFields.Where(field => field.RequiredOnCreate).Select(field => field.Name));
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

            // Two rows that create the same item must not overlap: the second finds what the first has made.
            Key = "new\n" + (key ?? string.Join("\n", _resource.NaturalKey.Select(name => specified[name]?.ToString()))),
        };
        if (decision.Present is { } present)
        {
            content.Id = present.GetIdentity();
            content.DisplayName = present.GetDisplayName();
            return new ChangePlan<T>(change, Describe(content), "Update " + string.Join(", ", decision.Patch.Names), decision.Differences)
            {
                Present = present,
                IsEmpty = decision.Action is null,
                Warning = decision.Action is null ? null : _resource.GetWarning(decision.Patch),
            };
        }

        // A row that repeats an earlier one does nothing more; one with other values updates what the earlier one creates.
        var operation = differing.Length > 0 ? "Update " + string.Join(", ", differing) : "Create " + string.Join(", ", decision.Patch.Names);
        var plan = new ChangePlan<T>(change, $"{_resource.Noun} {DisplayText.Of(specified.GetText(_resource.DisplayField))}".TrimEnd(), operation)
        {
            RepeatOf = differing.Length > 0 ? null : earlier?.Plan,
            Warning = _resource.GetWarning(decision.Patch),
        };
        if (key is not null)
        {
            _plannedByKey[AccountKey(client, key)] = earlier is null ? new PlannedCreate(plan, specified) : earlier.With(specified, _resource);
        }

        return plan;
    }

    private static string AccountKey(IResourceClient<T> client, string key) => $"{RuntimeHelpers.GetHashCode(client)}\n{key}";

    private ChangePlan<T> PlanDelete(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        return new ChangePlan<T>(new Change<T>(row) { Action = options.Action, Client = client, Id = id, Key = id }, Describe(content), "Remove");
    }

    private ChangePlan<T> PlanChange(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        CheckSpecifiesSomething(content, row);
        var isReplacement = options.Action == ChangeAction.Replace;
        var required = isReplacement ? _resource.WritableFields.Where(field => field is { RequiredOnReplace: true, CreateOnly: false }).Select(field => field.Name) : [];
        CheckFields(content.Patch, required, isUpdate: !isReplacement);

        var patch = content.Patch;
        IReadOnlyList<FieldDifference>? differences = null;
        T? before = null;
        if (!patch.IsEmpty && options.States?.FindState(client, id) is { } state)
        {
            before = state;
            content.DisplayName = state.GetDisplayName();
            differences = patch.DifferencesFrom(state);
            if (differences.Count > 0 && state.GetReadOnlyReason() is { } reason)
            {
                throw reason;
            }

            patch = options.Action == ChangeAction.Replace ? patch : patch.Only(differences.Select(difference => difference.Name).ToArray());
        }

        var verb = options.Action == ChangeAction.Replace ? "Replace " : "Update ";
        var change = new Change<T>(row) { Action = options.Action, Client = client, Id = id, Key = id, Patch = patch, Before = before };
        return new ChangePlan<T>(change, Describe(content), verb + string.Join(", ", patch.Names), differences)
        {
            Warning = _resource.GetWarning(patch),
            IsEmpty = patch.IsEmpty || differences is { Count: 0 },
        };
    }

    private void CheckSpecifiesSomething(RowContent content, ChangeRow row)
    {
        if (content.Patch.IsEmpty && row.Number == 0)
        {
            throw new AclException(
                ErrorKind.NothingToUpdate,
                $"No field to update is specified for {_resource.Noun} {content.Id}.",
                $"Specify at least one of {string.Join(", ", options.FieldParameters.Select(name => "-" + name))}, or -Clear.");
        }
    }

    private void CheckFields(FieldPatch patch, IEnumerable<string> required, bool isUpdate = false)
    {
        var problems = patch.Validate(_resource, required, isUpdate);
        if (problems.Count > 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", "Correct the value and run the row again.");
        }
    }

    /// <summary>What the rows so far make of one natural key.</summary>
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
