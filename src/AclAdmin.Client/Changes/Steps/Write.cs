using System.Collections.Generic;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>A write on its way to the service: the steps fill in what they find out.</summary>
/// <param name="change">The change that it belongs to.</param>
/// <param name="observer">Receives what its requests report.</param>
internal sealed class Write<T>(Change<T> change, IRequestObserver observer)
    where T : ApiResource
{
    /// <summary>The change that it belongs to.</summary>
    public Change<T> Change { get; } = change;

    /// <summary>The list.</summary>
    public IResourceClient<T> Client { get; } = change.Client!;

    /// <summary>Receives what its requests report.</summary>
    public IRequestObserver Observer { get; set; } = observer;

    /// <summary>The action, which for a create of an existing item is an update.</summary>
    public ChangeAction Action { get; set; } = change.Action;

    /// <summary>The id of the item; empty for a create.</summary>
    public string Id { get; set; } = change.Id;

    /// <summary>The body; empty for a removal.</summary>
    public FieldPatch Body { get; set; } = change.Patch;

    /// <summary>The item before the write; null where it is not known.</summary>
    public T? Before { get; set; } = change.Before;

    /// <summary>The refusal to show the item, where the service does not have it; null where it does or was not asked.</summary>
    public AclException? Missing { get; set; }

    /// <summary>For a create, the items with the same natural key that were there before.</summary>
    public IReadOnlyList<T> Siblings { get; set; } = [];

    /// <summary>The item as it was read after an answer that did not fit; null where none was.</summary>
    public T? Seen { get; set; }

    /// <summary>A warning for the row; null for none.</summary>
    public string? Warning { get; set; }

    /// <summary>Its place in a batch; null where it has a request of its own.</summary>
    public BatchPlace<T>? Place { get; init; }

    /// <summary>The write as its list's client takes it.</summary>
    public BatchItem ToItem() => new(OperationOf(Action), Id, Body);

    /// <summary>The operation of an action.</summary>
    public static BatchOperations OperationOf(ChangeAction action) => action switch
    {
        ChangeAction.Create => BatchOperations.Create,
        ChangeAction.Update => BatchOperations.Update,
        ChangeAction.Delete => BatchOperations.Delete,
        _ => BatchOperations.Replace,
    };
}

/// <summary>What came of a write.</summary>
/// <param name="Item">The item afterwards; null where it is not known, or removed.</param>
/// <param name="IsApplied">Whether the service applied a change; false where there was nothing to do.</param>
internal readonly record struct WriteResult<T>(T? Item, bool IsApplied)
    where T : ApiResource
{
    /// <summary>Whether there was nothing to do because the service does not have the item.</summary>
    public bool WasMissing { get; init; }

    /// <summary>Why the write failed; null where it did not.</summary>
    public AclException? Error { get; init; }

    /// <summary>Whether the run ended before it was sent.</summary>
    public bool IsNotSent { get; init; }

    /// <summary>What is wrong with a successful answer, so that its outcome is not known; null where nothing is.</summary>
    public AclException? Doubt { get; init; }

    /// <summary>The service's id of the request; null where it has none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The outcome of the change.</summary>
    public ChangeOutcome<T> ToOutcome(Write<T> write) => this switch
    {
        { Error: { } error } => ChangeOutcome<T>.Failed(write.Change, error),
        { IsNotSent: true } => ChangeOutcome<T>.NotSent(write.Change),
        { WasMissing: true } => ChangeOutcome<T>.NotThere(write.Change),
        { IsApplied: true } => ChangeOutcome<T>.Changed(write.Change, write.Change.CountedAs ?? write.Action, Item).With(write.Warning),
        _ => ChangeOutcome<T>.Unchanged(write.Change, Item).With(write.Warning),
    };
}
