using System;
using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>The plan for one row, before any confirmation and before anything is sent.</summary>
/// <param name="change">The change.</param>
/// <param name="target">The target of the change, as messages name it.</param>
/// <param name="operation">What is done to it.</param>
/// <param name="differences">The fields that change, with their present values; null where the present state is not known.</param>
public sealed class ChangePlan<T>(Change<T> change, string target, string operation, IReadOnlyList<FieldDifference>? differences = null)
    where T : ApiResource
{
    /// <summary>The change.</summary>
    public Change<T> Change { get; } = change;

    /// <summary>The target of the change, as messages name it.</summary>
    public string Target { get; } = target;

    /// <summary>What is done to it.</summary>
    public string Operation { get; } = operation;

    /// <summary>The fields that change, with their present values; null where the present state is not known.</summary>
    public IReadOnlyList<FieldDifference>? Differences { get; } = differences;

    /// <summary>A suspicious value that only the service can judge; null where there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether nothing needs to be sent.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The item as it is, where that is known.</summary>
    public T? Present { get; init; }

    /// <summary>An earlier row of the run that creates the same item; null where there is none.</summary>
    public ChangePlan<T>? RepeatOf { get; init; }

    /// <summary>Whether the change was approved: by a person, or because no confirmation was required.</summary>
    public bool IsApproved { get; set; }

    /// <summary>Holds the change until all rows have been read; null where it is posted at once.</summary>
    public Action? Collect { get; init; }
}

/// <summary>The options of a planner.</summary>
/// <param name="Action">The action for each item.</param>
/// <param name="FieldParameters">The names of the field parameters, for advice in messages.</param>
/// <param name="States">What the service has; null where it is not read.</param>
/// <param name="IfExists">What a create does where such an item exists.</param>
public sealed record PlannerOptions<T>(ChangeAction Action, IEnumerable<string> FieldParameters, StateCache<T>? States, IfExists IfExists)
    where T : ApiResource
{
    /// <summary>Whether only what differs from the present state is sent, and fields that do not differ are omitted.</summary>
    public bool SendsDifferencesOnly { get; init; }

    /// <summary>The parameter for a field, by the field's API name, as messages about a call without rows name it; null where it has none.</summary>
    public Func<string, string?> ParameterOf { get; init; } = _ => null;

    /// <summary>The fields that identify items in place of their id; null where the id does.</summary>
    public ItemComparer? MatchBy { get; init; }

    /// <summary>
    /// Whether a person sees each plan before it is applied, so that it names items by their present names, shows present values, and ends as the applied
    /// change would.
    /// </summary>
    public bool IsPreviewed { get; init; }

    /// <summary>Refuses values that the field table does not allow, and missing ones: nothing is sent.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>, with all that is wrong.</exception>
    internal void CheckFields(ChangeRow row, ResourceDescriptor resource, FieldPatch patch, IEnumerable<string> required, bool isUpdate = false)
    {
        var hasColumns = row.Number > 0;
        var problems = patch.Validate(resource, required, isUpdate, hasColumns ? null : ParameterOf);
        if (problems.Count > 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                string.Join("; ", problems) + ". Nothing was sent.",
                hasColumns ? "Correct the value and run the row again." : "Correct the arguments and run the command again.");
        }
    }
}
