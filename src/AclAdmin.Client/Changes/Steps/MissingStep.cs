using System;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>
/// Decides what it means that the service does not have the item: nothing to remove for a removal, the undo of a create and a rerun alike, and an error for
/// anything else. Only an answer about the item counts, see <see cref="AclException.IsMissingItem"/>.
/// </summary>
internal sealed class MissingStep<T> : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next) => write switch
    {
        { Action: not ChangeAction.Delete, Missing: { } missing } => throw missing,
        { Action: not ChangeAction.Delete } => next(write),
        { Missing: not null } => Task.FromResult(NothingToRemove),
        _ => RemoveAsync(write, next),
    };

    private static WriteResult<T> NothingToRemove => new(null, IsApplied: false) { WasMissing = true };

    private static async Task<WriteResult<T>> RemoveAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        try
        {
            return await next(write).ConfigureAwait(false);
        }
        catch (AclException missing) when (missing.IsMissingItem)
        {
            return NothingToRemove;
        }
    }
}
