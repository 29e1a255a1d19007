using System;
using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>What one row comes to, before anybody is asked and anything is sent.</summary>
/// <param name="change">The change.</param>
/// <param name="target">What is changed, as people name it.</param>
/// <param name="operation">What is done to it.</param>
/// <param name="differences">The fields that change, with their present values; null where the present state is not known.</param>
public sealed class ChangePlan<T>(Change<T> change, string target, string operation, IReadOnlyList<FieldDifference>? differences = null)
    where T : ApiResource
{
    /// <summary>The change.</summary>
    public Change<T> Change { get; } = change;

    /// <summary>What is changed, as people name it.</summary>
    public string Target { get; } = target;

    /// <summary>What is done to it.</summary>
    public string Operation { get; } = operation;

    /// <summary>The fields that change, with their present values; null where the present state is not known.</summary>
    public IReadOnlyList<FieldDifference>? Differences { get; } = differences;

    /// <summary>What looks wrong, but only the service can decide; null where nothing does.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether nothing needs to be sent.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The item as it is, where that is known.</summary>
    public T? Present { get; init; }

    /// <summary>An earlier row of the run that creates the same; null where there is none.</summary>
    public ChangePlan<T>? RepeatOf { get; init; }

    /// <summary>Whether the change was approved, by nobody objecting or by a person.</summary>
    public bool IsApproved { get; set; }

    /// <summary>Keeps the change until all rows have come; null where it is posted at once.</summary>
    public Action? Collect { get; init; }
}

/// <summary>What a planner goes by, besides the rows.</summary>
/// <param name="Action">What is done with each item.</param>
/// <param name="FieldParameters">The names of the parameters that stand for fields, for advice.</param>
/// <param name="States">What the service has; null where it is not read.</param>
/// <param name="IfExists">What a create does where there is such an item already.</param>
public sealed record PlannerOptions<T>(ChangeAction Action, IEnumerable<string> FieldParameters, StateCache<T>? States, IfExists IfExists)
    where T : ApiResource
{
    /// <summary>Whether only what differs from the present state is sent, and what does not differ is left out.</summary>
    public bool SendsDifferencesOnly { get; init; }

    /// <summary>The parameter for a field, by the field's API name, as messages about a call without rows name it; null where it has none.</summary>
    public Func<string, string?> ParameterOf { get; init; } = _ => null;

    /// <summary>The field that identifies items in place of their id; null where the id does.</summary>
    public FieldDescriptor? MatchBy { get; init; }

    /// <summary>
    /// Whether a person sees each plan before it is applied, so that it names items by their present names, shows present values, and ends as the applied
    /// change would.
    /// </summary>
    public bool IsPreviewed { get; init; }
}
