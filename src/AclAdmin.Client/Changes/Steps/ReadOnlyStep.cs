using System;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>
/// Keeps from being sent what the item as it is rules out: it belongs to a directory or is inherited, which the service refuses, or the change would only
/// replace letters by question marks.
/// </summary>
internal sealed class ReadOnlyStep<T> : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next)
    {
        if (write.Before?.GetReadOnlyReason() is { } reason)
        {
            throw reason;
        }

        // An undo restores what was there.
        if (write.Change.Undoes.Count == 0)
        {
            LostLetters.Check(write.Client.Resource, write.Body, write.Before);
        }

        return next(write);
    }
}
