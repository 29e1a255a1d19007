using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes;

/// <summary>Makes changes from what rows specify, and rejects, without a request, what contradicts the field tables or the known states.</summary>
public sealed class ChangePlanner<T>(ResourceDefinition<T> definition, PlannerOptions<T> options)
    where T : ApiResource
{
    private readonly ResourceDescriptor _resource = definition.Resource;
    private readonly CreatePlanner<T> _creates = new(definition.Resource, options);
    private readonly RepeatedRows _repeated = new();

    /// <summary>Finds the item that a row names by fields instead of its id. The fields then identify it and are no change.</summary>
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

        var wanted = content.Patch.Only([.. key.Fields.Select(field => field.Name)]);
        if (value is not null)
        {
            wanted.Set(key.Fields[0], value);
        }

        foreach (var field in key.Fields)
        {
            content.Patch.Remove(field.Name);
        }

        if (key.FindMissing(wanted) is { } missing)
        {
            // A row without a value for the key may still have an id, which is more exact.
            if (content.Id.Length > 0 && wanted.Names.All(name => string.IsNullOrEmpty(wanted[name]!.ToString())))
            {
                return;
            }

            throw new AclException(
                ErrorKind.ValidationFailed,
                $"No {_resource.Noun} is specified: there is no value for {missing.Name}. Nothing was sent.",
                "Add the value or the id, or leave the row out.");
        }

        var found = options.States!.Match(client, key, wanted);
        var id = found.GetIdentity();
        if (value is null && content.Id.Length > 0 && !string.Equals(content.Id, id, StringComparison.OrdinalIgnoreCase))
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The {_resource.Noun} with the {key.Describe(wanted)} is {id}, but the row specifies the id {DisplayText.Of(content.Id)}. Nothing was sent.",
                "Correct the row, or remove one of the two.");
        }

        content.Id = id;
        content.DisplayName = found.GetDisplayName();
        foreach (var field in options.Action == ChangeAction.Replace ? key.Fields.Where(field => field is { Writable: true, CreateOnly: false }) : [])
        {
            // A replacement contains every field: those that identified the item keep their present values.
            if (found.GetField(field.Name) is { } present)
            {
                content.Patch.Set(field, present);
            }
        }
    }

    /// <summary>
    /// Removes the id of a row that the service does not know, where another key identifies items: exports of a directory have a column for the directory's own ids.
    /// </summary>
    /// <param name="content">What the row specifies.</param>
    /// <param name="client">The client of the row's account.</param>
    /// <exception cref="AclException">The list could not be read.</exception>
    public void RemoveForeignId(ItemSpecification content, IResourceClient<T> client)
    {
        try
        {
            _ = content.State is null && content.Id.Length > 0 ? options.States!.FindState(client, content.Id) : null;
        }
        catch (AclException unknown) when (unknown.Kind == ErrorKind.NotFound)
        {
            content.Id = "";
        }
    }

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> Plan(ItemSpecification content, IResourceClient<T> client, ChangeRow row) => options.Action switch
    {
        ChangeAction.Create => _creates.Plan(content, client, row),
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

    private ChangePlan<T> PlanDelete(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        var change = new Change<T>(row) { Action = options.Action, Client = client, Id = id, Key = id };
        try
        {
            if (FindState(content, client) is { } state)
            {
                content.DisplayName = state.GetDisplayName();
                change = new Change<T>(row) { Action = options.Action, Client = client, Id = SpellId(id, state), Key = id };
                return state.GetReadOnlyReason() is { } reason ? throw reason : new ChangePlan<T>(change, content.Describe(_resource), "Remove") { Present = state };
            }
        }
        catch (AclException unknown) when (unknown.IsMissingItem)
        {
            return new ChangePlan<T>(change, content.Describe(_resource), "Remove") { IsEmpty = true, Warning = ChangeOutcome<T>.NothingToRemove };
        }

        return new ChangePlan<T>(change, content.Describe(_resource), "Remove");
    }

    private ChangePlan<T> PlanChange(ItemSpecification content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckId(content);
        CheckSpecifiesSomething(content, row);
        if (!content.Patch.IsEmpty)
        {
            CheckTarget(content);
        }

        var isReplacement = options.Action == ChangeAction.Replace;
        var required = isReplacement ? _resource.WritableFields.Where(field => field is { RequiredOnReplace: true, CreateOnly: false }).Select(field => field.Name) : [];
        options.CheckFields(row, _resource, content.Patch, required, isUpdate: !isReplacement);

        var patch = content.Patch;
        IReadOnlyList<FieldDifference>? differences = null;
        T? before = null;
        var isUnchanged = false;
        if (!patch.IsEmpty && FindState(content, client) is { } state)
        {
            // A result that was piped in may be old; what this run has read is not.
            before = ReferenceEquals(state, content.State) ? null : state;
            content.DisplayName = state.GetDisplayName();
            id = SpellId(id, state);
            LostLetters.Check(_resource, patch, state);
            differences = patch.DifferencesFrom(state);
            isUnchanged = options.SendsDifferencesOnly && differences.Count == 0 && !(isReplacement && ResetBy(patch).Any(field => HasValue(state, field)));
            if (!isUnchanged && state.GetReadOnlyReason() is { } reason)
            {
                throw reason;
            }

            patch = isReplacement || !options.SendsDifferencesOnly
                ? patch
                : patch.Only(differences.Select(difference => difference.Name).ToArray());
        }

        var change = new Change<T>(row) { Action = options.Action, Client = client, Id = id, Key = id, Patch = patch, Before = before };
        return new ChangePlan<T>(change, content.Describe(_resource), isReplacement ? DescribeReplacement(patch) : "Update " + string.Join(", ", patch.Names), differences)
        {
            Warning = _resource.GetWarning(patch) ?? _repeated.Describe(client, id, content.Patch, row),
            IsEmpty = patch.IsEmpty || isUnchanged,
        };
    }

    /// <summary>An id as the service spells it, where it shows one: it was found without regard to case.</summary>
    private static string SpellId(string id, T state) => state.GetIdentity() is { Length: > 0 } own ? own : id;

    /// <summary>What a replacement does: a person sees, too, what goes back to a default of the service as it is not specified.</summary>
    private string DescribeReplacement(FieldPatch patch)
    {
        var reset = ResetBy(patch).Select(field => field.Name).ToArray();
        return "Replace " + string.Join(", ", patch.Names) + (reset.Length == 0 ? "" : " and reset " + string.Join(", ", reset));
    }

    /// <summary>The fields that a replacement puts back to a default of the service.</summary>
    private IEnumerable<FieldDescriptor> ResetBy(FieldPatch patch) => _resource.WritableFields.Where(field => !field.CreateOnly && !patch.IsSpecified(field.Name));

    /// <summary>Whether a reset may change a field. Not every default is documented, so any other value counts as one that it changes.</summary>
    private static bool HasValue(T state, FieldDescriptor field) =>
        state.GetField(field.Name) is { Type: not JTokenType.Null } present && !(field.ServiceDefault is { } known && (string?)present == known);

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
}
