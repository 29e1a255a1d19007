using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>A row of a desired state.</summary>
/// <param name="Content">What it specifies.</param>
/// <param name="Row">Its source.</param>
public sealed record DesiredRow(ItemSpecification Content, ChangeRow Row);

/// <summary>The plan for one row of a desired state.</summary>
/// <param name="Row">The row.</param>
/// <param name="Plan">The change, which may be empty; null where the row cannot be carried out.</param>
/// <param name="Failure">Why it cannot be carried out; null where it can.</param>
public sealed record SyncStep<T>(DesiredRow Row, ChangePlan<T>? Plan, AclException? Failure)
    where T : ApiResource
{
    /// <summary>Whether the row names an item that a directory owns or that is read-only. It is counted there, also where it would change the item.</summary>
    public bool IsNotManaged { get; init; }
}

/// <summary>The plan for a desired state, before any confirmation and before anything is sent.</summary>
/// <param name="Steps">The plan for each row, in order.</param>
/// <param name="Removals">The removals of items that no row names.</param>
/// <param name="Counts">The counts.</param>
/// <param name="Withheld">How many removals are omitted because a row cannot be applied: the item that it identifies is not known.</param>
public sealed record SyncPlan<T>(IReadOnlyList<SyncStep<T>> Steps, IReadOnlyList<ChangePlan<T>> Removals, SyncCounts Counts, int Withheld)
    where T : ApiResource;
