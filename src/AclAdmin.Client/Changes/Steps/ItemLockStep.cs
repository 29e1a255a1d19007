using System;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>
/// Lets one write at a time pass to an item, whichever runspace it comes from: what is read, changed and written must not overlap. The members of a batch
/// take no lock, as two batches could wait for each other's items; their lists have no edit that reads first.
/// </summary>
/// <param name="end">Ends the wait for the lock.</param>
internal sealed class ItemLockStep<T>(RequestCancellation end) : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next) =>
        write.Id.Length == 0 || write.Place is not null ? next(write) : LockAsync(write, next);

    private async Task<WriteResult<T>> LockAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        using var turn = await write.Client.Connection.ItemLocks.EnterAsync(write.Id, end.Stopping).ConfigureAwait(false);
        return await next(write).ConfigureAwait(false);
    }
}
