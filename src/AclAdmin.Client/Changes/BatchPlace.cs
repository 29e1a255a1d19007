using System;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>A change's place in a batch: it contributes one write, or none.</summary>
internal sealed class BatchPlace<T>(BatchSender<T> batch)
    where T : ApiResource
{
    private bool _hasArrived;

    /// <summary>Sends the change's write with those of the others.</summary>
    public Task<WriteResult<T>> SendAsync(ChangeWrite<T> write)
    {
        _hasArrived = true;
        var mine = new BatchWrite<T>(write);
        batch.Arrive(mine);
        return mine.Task;
    }

    /// <summary>Ends the change. Where it contributed no write, the others do not wait for one.</summary>
    public void Leave()
    {
        if (!_hasArrived)
        {
            _hasArrived = true;
            batch.Arrive(null);
        }
    }
}

/// <summary>A write of a batch, and its outcome.</summary>
internal sealed class BatchWrite<T>(ChangeWrite<T> write)
    where T : ApiResource
{
    private readonly TaskCompletionSource<WriteResult<T>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChangeWrite<T> Write { get; } = write;

    public Task<WriteResult<T>> Task => _result.Task;

    /// <summary>The item that a create made although its answer was lost; null where none was found.</summary>
    public T? Found { get; set; }

    public BatchItem ToItem() => new(BatchRules.OperationOf(Write.Action), Write.Id, Write.Body);

    public void Complete(WriteResult<T> result) => _result.TrySetResult(result);

    public void Fail(Exception failure) => _result.TrySetException(failure);

    public void Cancel() => _result.TrySetCanceled();
}
