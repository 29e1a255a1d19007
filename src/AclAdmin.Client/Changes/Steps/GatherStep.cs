using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Hands a write to its batch, or sends it alone. Where writes wait for their record before, each request takes a place in the window here.</summary>
/// <param name="request">The path of a request.</param>
/// <param name="window">The places; null where all that come may be sent.</param>
/// <param name="end">Ends the wait for a place.</param>
internal sealed class GatherStep<T>(Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> request, SemaphoreSlim? window, RequestCancellation end)
    where T : ApiResource
{
    public async Task<WriteResult<T>> SendAsync(Write<T> write)
    {
        var result = write.Place is { } place
            ? await place.SendAsync(write).ConfigureAwait(false)
            : (await InWindowAsync([write]).ConfigureAwait(false))[0];
        return result switch
        {
            { Error: { } error } => throw error,
            { IsNotSent: true } => throw new OperationCanceledException(),
            _ => result,
        };
    }

    /// <summary>Sends the writes of one request, in the window.</summary>
    public async Task<WriteResult<T>[]> InWindowAsync(IReadOnlyList<Write<T>> writes)
    {
        if (window is null)
        {
            return await request(writes).ConfigureAwait(false);
        }

        await window.WaitAsync(end.Stopping).ConfigureAwait(false);
        try
        {
            return await request(writes).ConfigureAwait(false);
        }
        finally
        {
            window.Release();
        }
    }
}

/// <summary>
/// Changes whose writes go in one request: it is sent once each of them has come to its write or has ended without one. Safe for many threads.
/// </summary>
/// <param name="members">How many changes there are.</param>
/// <param name="send">Sends the writes.</param>
internal sealed class Batch<T>(int members, Func<IReadOnlyList<Write<T>>, Task<WriteResult<T>[]>> send)
    where T : ApiResource
{
    private readonly object _gate = new();
    private readonly List<(Write<T> Write, TaskCompletionSource<WriteResult<T>> Result)> _writes = [];
    private int _arrived;

    /// <summary>A change's place in the batch.</summary>
    public BatchPlace<T> Enter() => new(this);

    /// <summary>Notes that a change has come to its write, or has ended without one.</summary>
    internal Task<WriteResult<T>>? Arrive(Write<T>? write)
    {
        var result = new TaskCompletionSource<WriteResult<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (write is not null)
            {
                _writes.Add((write, result));
            }

            if (++_arrived < members || _writes.Count == 0)
            {
                return result.Task;
            }
        }

        _ = SendAsync();
        return result.Task;
    }

    private async Task SendAsync()
    {
        WriteResult<T>[] results;
        try
        {
            results = await send(_writes.ConvertAll(place => place.Write)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            results = [.. _writes.Select(_ => new WriteResult<T> { IsNotSent = true })];
        }
        catch (Exception failure)
        {
            // Each has an error of its own, as an error variable distinguishes records by it.
            var error = failure as AclException ?? AclException.FromDefect(failure);
            results = [.. _writes.Select((_, index) => new WriteResult<T> { Error = index == 0 ? error : error.ForAnother() })];
        }

        for (var index = 0; index < results.Length; index++)
        {
            _writes[index].Result.SetResult(results[index]);
        }
    }
}

/// <summary>A change's place in a batch: it contributes one write, or none.</summary>
internal sealed class BatchPlace<T>(Batch<T> batch)
    where T : ApiResource
{
    private bool _hasArrived;

    /// <summary>Sends the change's write with those of the others.</summary>
    public Task<WriteResult<T>> SendAsync(Write<T> write)
    {
        _hasArrived = true;
        return batch.Arrive(write)!;
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
