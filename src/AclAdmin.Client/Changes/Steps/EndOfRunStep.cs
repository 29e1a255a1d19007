using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Sends nothing after the end of the run. The connection asks the same token again right before each retry.</summary>
/// <param name="stopping">The end of the run.</param>
internal sealed class EndOfRunStep<T>(CancellationToken stopping) : IStep<IReadOnlyList<Write<T>>, WriteResult<T>[]>
    where T : ApiResource
{
    public Task<WriteResult<T>[]> RunAsync(IReadOnlyList<Write<T>> writes, Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> next)
    {
        stopping.ThrowIfCancellationRequested();
        return next(writes);
    }
}
