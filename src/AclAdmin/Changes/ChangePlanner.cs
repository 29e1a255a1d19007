using System.Collections.Generic;
using System.Linq;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using AclAdmin.Surfaces;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Changes;

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
    public string? Doubt { get; init; }

    /// <summary>Whether nothing needs to be sent.</summary>
    public bool IsEmpty => Change.Action is ChangeAction.Update or ChangeAction.Replace && (Change.Patch.IsEmpty || Differences is { Count: 0 });
}

/// <summary>Makes changes of what rows say, and refuses what the field tables and the known states refuse: without a request.</summary>
internal sealed class ChangePlanner<T>(ResourceSurface<T> surface, ChangeAction action, IEnumerable<string> fieldParameters, StateCache<T>? states)
    where T : ApiResource
{
    private readonly ResourceDescriptor _resource = surface.Resource;

    /// <summary>Plans a row.</summary>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    public ChangePlan<T> Plan(RowContent content, IResourceClient<T> client, ChangeRow row) => action switch
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
                $"It does not say which {_resource.Noun}: there is no value in a column named {string.Join(", ", surface.IdentityNames)}. Nothing was sent.",
                "Add the column, or leave the row out.");
        }

        RequestPath.CheckId(content.Id, _resource.Identity.Name);
        return content.State?.FindWriteObstacle() is { } obstacle ? throw obstacle : content.Id;
    }

    /// <summary>What is changed, as people name it.</summary>
    public string Describe(RowContent content) =>
        string.IsNullOrEmpty(content.DisplayName) ? $"{_resource.Noun} {content.Id}" : $"{_resource.Noun} {content.Id} ({content.DisplayName})";

    private ChangePlan<T> PlanCreate(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        foreach (var field in _resource.WritableFields.Where(field => field.CreateDefault is not null && !content.Patch.Says(field.Name)))
        {
            content.Patch.Set(field, JToken.FromObject(field.CreateDefault!));
        }

        CheckFields(content.Patch, _resource.WritableFields.Where(field => field.RequiredOnCreate).Select(field => field.Name));
        var change = new Change<T>(row)
        {
            Action = action,
            Client = client,
            Patch = content.Patch,

            // Two rows that make the same thing must not overlap: the look-up after a lost answer could take one for the other.
            Key = "new\n" + string.Join("\n", _resource.NaturalKey.Select(name => content.Patch[name]?.ToString())),
        };
        return new ChangePlan<T>(change, $"{_resource.Noun} {content.Patch["name"]}".TrimEnd(), "Create " + string.Join(", ", content.Patch.Names))
        {
            Doubt = _resource.FindDoubt(content.Patch),
        };
    }

    private ChangePlan<T> PlanDelete(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        return new ChangePlan<T>(new Change<T>(row) { Action = action, Client = client, Id = id, Key = id }, Describe(content), "Remove");
    }

    private ChangePlan<T> PlanChange(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        var id = CheckTarget(content);
        CheckSaysSomething(content, row);
        var required = action == ChangeAction.Replace ? _resource.WritableFields.Select(field => field.Name) : [];
        CheckFields(content.Patch, required);

        var patch = content.Patch;
        IReadOnlyList<FieldDifference>? differences = null;
        if (!patch.IsEmpty && states?.FindState(client, id) is { } state)
        {
            content.DisplayName = state.GetDisplayName();
            differences = patch.DifferencesFrom(state);
            if (differences.Count > 0 && state.FindWriteObstacle() is { } obstacle)
            {
                throw obstacle;
            }

            patch = action == ChangeAction.Replace ? patch : patch.Only(differences.Select(difference => difference.Name).ToArray());
        }

        var verb = action == ChangeAction.Replace ? "Replace " : "Update ";
        var change = new Change<T>(row) { Action = action, Client = client, Id = id, Key = id, Patch = patch };
        return new ChangePlan<T>(change, Describe(content), verb + string.Join(", ", patch.Names), differences)
        {
            Doubt = _resource.FindDoubt(patch),
        };
    }

    private void CheckSaysSomething(RowContent content, ChangeRow row)
    {
        if (content.Patch.IsEmpty && row.Number == 0)
        {
            throw new AclException(
                ErrorKind.NothingToUpdate,
                $"Nothing was said that could be updated on {_resource.Noun} {content.Id}.",
                $"Name at least one of {string.Join(", ", fieldParameters.Select(name => "-" + name))}, or -Clear.");
        }
    }

    private void CheckFields(FieldPatch patch, IEnumerable<string> required)
    {
        var problems = patch.FindProblems(_resource, required);
        if (problems.Count > 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", "Correct the value and run the row again.");
        }
    }
}
