using System;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Keeps from being sent what the service is known to refuse: an item that a directory owns, or one that is inherited.</summary>
internal sealed class ReadOnlyStep<T> : IStep<Write<T>, WriteResult<T>>
    where T : ApiResource
{
    public Task<WriteResult<T>> RunAsync(Write<T> write, Func<Write<T>, Task<WriteResult<T>>> next) =>
        write.Before?.GetReadOnlyReason() is { } reason ? throw reason : next(write);
}
