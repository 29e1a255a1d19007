using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Sends nothing after the end of the run. The connection asks the same token again right before each retry.</summary>
/// <param name="end">The end of the run.</param>
internal sealed class EndOfRunStep<T>(RequestCancellation end) : IStep<IReadOnlyList<Write<T>>, WriteResult<T>[]>
    where T : ApiResource
{
    public Task<WriteResult<T>[]> RunAsync(IReadOnlyList<Write<T>> writes, Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> next)
    {
        end.Stopping.ThrowIfCancellationRequested();
        return next(writes);
    }
}
