using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>Which changes can go together.</summary>
internal static class BatchRules
{
    public static BatchOperations OperationOf(ChangeAction action) => action switch
    {
        ChangeAction.Create => BatchOperations.Create,
        ChangeAction.Update => BatchOperations.Update,
        ChangeAction.Delete => BatchOperations.Delete,
        _ => BatchOperations.None,
    };

    /// <summary>Whether a change can be part of a batch. A create may become an update of an existing item; an edit of list entries reads first.</summary>
    public static bool CanBatch<T>(Change<T> change)
        where T : ApiResource
    {
        var needed = OperationOf(change.Action) | (change.Action == ChangeAction.Create ? BatchOperations.Update : BatchOperations.None);
        return change.Prepare is null && needed != BatchOperations.None && change.Client is { } client && (client.Batch & needed) == needed;
    }
}
