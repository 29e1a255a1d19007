using System;
using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>What a change does to its item.</summary>
public enum ChangeAction
{
    /// <summary>Changes the fields that are specified.</summary>
    Update,

    /// <summary>Replaces the present state as a whole.</summary>
    Replace,

    /// <summary>Makes a new one.</summary>
    Create,

    /// <summary>Removes it.</summary>
    Delete,
}

/// <summary>How a change ended.</summary>
public enum ChangeStatus
{
    /// <summary>The service applied it.</summary>
    Changed,

    /// <summary>There was nothing to change, so nothing was sent.</summary>
    Unchanged,

    /// <summary>The caller declined it (<c>-WhatIf</c>, a "no").</summary>
    Skipped,

    /// <summary>It failed, or could not be attempted.</summary>
    Failed,

    /// <summary>It was sent, and whether the service applied it is not known.</summary>
    Unknown,

    /// <summary>It was not sent because the work was stopped before.</summary>
    NotSent,
}

/// <summary>Where a change came from.</summary>
/// <param name="Value">The row exactly as it was piped in; without rows, the id.</param>
/// <param name="Number">The row's number, from 1; 0 without rows.</param>
public sealed record ChangeRow(object? Value, long Number);

/// <summary>Names a change of a journal.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Number">The change's number in it, from 1.</param>
public sealed record ChangeReference(string RunId, long Number);

/// <summary>One write to one item.</summary>
public sealed class Change<T>
    where T : ApiResource
{
    /// <summary>Creates a change from one row, or from several that specify the same item.</summary>
    public Change(params ChangeRow[] rows)
    {
        Rows = rows;
    }

    /// <summary>The rows that it applies.</summary>
    public IReadOnlyList<ChangeRow> Rows { get; }

    /// <summary>What it does.</summary>
    public ChangeAction Action { get; init; }

    /// <summary>The action that it counts as, where that differs from the one that is sent: an item that is part of another is created by an update.</summary>
    public ChangeAction? CountedAs { get; init; }

    /// <summary>The client that applies it.</summary>
    public IResourceClient<T>? Client { get; init; }

    /// <summary>The id of the item; empty where it is not known.</summary>
    public string Id { get; init; } = "";

    /// <summary>The body.</summary>
    public FieldPatch Patch { get; init; } = new();

    /// <summary>
    /// Makes the body from the present state, where it depends on that state: the item is then read first. Throws <see cref="AclException"/>
    /// where the state does not allow the change; an empty patch means that there is nothing to change.
    /// </summary>
    public Func<T, FieldPatch>? Prepare { get; init; }

    /// <summary>Finds, in the state from which <see cref="Prepare"/> makes the body, what the change asks for in vain; null where nothing is looked for.</summary>
    public Func<T, string?>? WarnOf { get; init; }

    /// <summary>The list's contents, so that nothing is created twice; null where it was not read, so that an answer that is lost stays unknown.</summary>
    public ExistingItems<T>? Existing { get; init; }

    /// <summary>What a create does where such an item exists.</summary>
    public IfExists IfExists { get; init; } = IfExists.Create;

    /// <summary>The item as it was when the change was planned; null where it was not read.</summary>
    public T? Before { get; init; }

    /// <summary>Whether <see cref="Prepare"/> is satisfied with the state that the run's journal knows, so that the item is not read once more.</summary>
    public bool UsesKnownState { get; init; }

    /// <summary>The changes of a journal that this one undoes; none where it undoes nothing.</summary>
    public IReadOnlyList<ChangeReference> Undoes { get; init; } = [];

    /// <summary>Identifies changes that must not overlap: those to the same item, and creates of the same item.</summary>
    public string Key { get; init; } = "";
}

/// <summary>How one change ended. Every change has exactly one.</summary>
public sealed class ChangeOutcome<T>
    where T : ApiResource
{
    private ChangeOutcome(Change<T> change, ChangeStatus status)
    {
        Change = change;
        Status = status;
        Action = change.CountedAs ?? change.Action;
    }

    /// <summary>What was done, which for a create of an existing item is an update.</summary>
    public ChangeAction Action { get; private init; }

    /// <summary>The change.</summary>
    public Change<T> Change { get; }

    /// <summary>How it ended.</summary>
    public ChangeStatus Status { get; }

    /// <summary>The item afterwards; null where it is not known.</summary>
    public T? Result { get; private init; }

    /// <summary>What went wrong; null unless <see cref="ChangeStatus.Failed"/> or <see cref="ChangeStatus.Unknown"/>.</summary>
    public AclException? Error { get; private init; }

    /// <summary>A warning where nothing failed; null where there is none.</summary>
    public string? Warning { get; private init; }

    /// <summary>The warning for a removal of an item that the service does not have: a mistyped id must not look like a removal.</summary>
    internal const string NothingToRemove = "the service does not have it, so nothing is removed. Check the id.";

    /// <summary>It was carried out.</summary>
    public static ChangeOutcome<T> Changed(Change<T> change, T? result) => new(change, ChangeStatus.Changed) { Result = result };

    /// <summary>It was applied by another action than the change's own.</summary>
    public static ChangeOutcome<T> Changed(Change<T> change, ChangeAction action, T? result) =>
        new(change, ChangeStatus.Changed) { Action = action, Result = result };

    /// <summary>There was nothing to do.</summary>
    /// <param name="change">The change.</param>
    /// <param name="present">The item as it is; null where it is not known.</param>
    public static ChangeOutcome<T> Unchanged(Change<T> change, T? present = null) => new(change, ChangeStatus.Unchanged) { Result = present };

    /// <summary>The same outcome with a warning; null for none.</summary>
    internal ChangeOutcome<T> With(string? warning) => warning is null ? this : new(Change, Status) { Action = Action, Result = Result, Warning = warning };

    /// <summary>There was nothing to remove.</summary>
    internal static ChangeOutcome<T> NotThere(Change<T> change) => new(change, ChangeStatus.Unchanged)
    {
        Warning = $"{change.Client!.Resource.Noun} {change.Id}: {NothingToRemove}",
    };

    /// <summary>The caller declined it.</summary>
    public static ChangeOutcome<T> Skipped(Change<T> change) => new(change, ChangeStatus.Skipped);

    /// <summary>It failed, or its outcome is not known.</summary>
    public static ChangeOutcome<T> Failed(Change<T> change, AclException error) =>
        new(change, error.Kind == ErrorKind.OutcomeUnknown ? ChangeStatus.Unknown : ChangeStatus.Failed) { Error = error };

    /// <summary>It was under way when the run ended.</summary>
    internal static ChangeOutcome<T> Abandoned(Change<T> change) => Failed(change, new AclException(
        ErrorKind.OutcomeUnknown,
        "It was sent, and the run ended before an answer came: whether the service applied it is not known.",
        "Run the row again: an update or a removal has the same effect twice, and a create looks first for what is there.")
    {
        OutcomeIsUnknown = true,
    });

    /// <summary>The work was stopped before it was sent.</summary>
    public static ChangeOutcome<T> NotSent(Change<T> change) => new(change, ChangeStatus.NotSent);
}
