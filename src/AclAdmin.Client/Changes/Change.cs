using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>What a change does to its thing.</summary>
public enum ChangeAction
{
    /// <summary>Changes the fields that were said.</summary>
    Update,

    /// <summary>Puts a whole new state in the place of the present one.</summary>
    Replace,
}

/// <summary>How a change ended.</summary>
public enum ChangeStatus
{
    /// <summary>The service carried it out.</summary>
    Changed,

    /// <summary>There was nothing to change, so nothing was sent.</summary>
    Unchanged,

    /// <summary>The caller did not want it after all (<c>-WhatIf</c>, a "no").</summary>
    Skipped,

    /// <summary>It failed, or could not be tried.</summary>
    Failed,

    /// <summary>It was not sent because the work was stopped before.</summary>
    NotSent,
}

/// <summary>One write to one thing.</summary>
public sealed class Change<T>
    where T : ApiResource
{
    /// <summary>What it does.</summary>
    public ChangeAction Action { get; init; }

    /// <summary>The client that carries it out.</summary>
    public IResourceClient<T>? Client { get; init; }

    /// <summary>The id of the thing; empty where it is not known.</summary>
    public string Id { get; init; } = "";

    /// <summary>The body.</summary>
    public FieldPatch Patch { get; init; } = new();

    /// <summary>The row it came from, exactly as it was piped in; what stands in its place where there was no row.</summary>
    public object? Row { get; init; }

    /// <summary>The number of the row, from 1; 0 where there was no row.</summary>
    public long RowNumber { get; init; }

    /// <summary>Tells which changes may not overlap: those to the same thing.</summary>
    public string Key => Id;
}

/// <summary>How one change ended. Every change has exactly one.</summary>
public sealed class ChangeOutcome<T>
    where T : ApiResource
{
    private ChangeOutcome(Change<T> change, ChangeStatus status)
    {
        Change = change;
        Status = status;
    }

    /// <summary>The change.</summary>
    public Change<T> Change { get; }

    /// <summary>How it ended.</summary>
    public ChangeStatus Status { get; }

    /// <summary>The thing afterwards; null where it is not known.</summary>
    public T? Result { get; private init; }

    /// <summary>What went wrong; null unless <see cref="ChangeStatus.Failed"/>.</summary>
    public AclException? Error { get; private init; }

    /// <summary>It was carried out.</summary>
    public static ChangeOutcome<T> Changed(Change<T> change, T? result) => new(change, ChangeStatus.Changed) { Result = result };

    /// <summary>There was nothing to do.</summary>
    public static ChangeOutcome<T> Unchanged(Change<T> change, T? state = null) => new(change, ChangeStatus.Unchanged) { Result = state };

    /// <summary>The caller did not want it.</summary>
    public static ChangeOutcome<T> Skipped(Change<T> change) => new(change, ChangeStatus.Skipped);

    /// <summary>It failed.</summary>
    public static ChangeOutcome<T> Failed(Change<T> change, AclException error) => new(change, ChangeStatus.Failed) { Error = error };

    /// <summary>The work was stopped before it was sent.</summary>
    public static ChangeOutcome<T> NotSent(Change<T> change) => new(change, ChangeStatus.NotSent);
}
