using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Sends the writes of several changes as one request, once each of the changes has come to its write or has ended without one. The service refuses a
/// batch as a whole: it is then halved until each refused write is sent alone and has an error of its own.
/// </summary>
/// <param name="members">How many changes there are.</param>
/// <param name="client">The list.</param>
/// <param name="observer">Receives what the requests report.</param>
/// <param name="sendOne">Sends a write alone.</param>
/// <param name="inWindow">Waits for a place in the window, where sending has one of its own.</param>
/// <param name="stopping">Keeps what is not sent from being sent.</param>
/// <param name="aborting">Abandons what is sent as well.</param>
internal sealed class BatchSender<T>(
    int members,
    IResourceClient<T> client,
    IRequestObserver observer,
    Func<ChangeWrite<T>, Task<WriteResult<T>>> sendOne,
    Func<Func<Task<bool>>, Task<bool>> inWindow,
    CancellationToken stopping,
    CancellationToken aborting)
    where T : ApiResource
{
    /// <summary>A refused batch of this size is sent write by write: further halves would cost more requests than they save where many are refused.</summary>
    private const int SmallestHalf = 4;

    private readonly object _gate = new();
    private readonly List<BatchWrite<T>> _writes = [];
    private int _arrived;

    /// <summary>A change's place in the batch.</summary>
    public BatchPlace<T> Enter() => new(this);

    /// <summary>Notes that a change has come to its write, or has ended without one.</summary>
    internal void Arrive(BatchWrite<T>? write)
    {
        lock (_gate)
        {
            if (write is not null)
            {
                _writes.Add(write);
            }

            if (++_arrived < members || _writes.Count == 0)
            {
                return;
            }
        }

        _ = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await inWindow(() => SendAsync(_writes, isHalf: false, isRefused: false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _writes.ForEach(write => write.Cancel());
        }
        catch (Exception defect)
        {
            _writes.ForEach(write => write.Fail(defect));
        }
    }

    /// <summary>Sends writes, as one where the service accepts that.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="isHalf">Whether they are part of a batch that was refused.</param>
    /// <param name="isRefused">Whether they would be refused together, as the rest of the batch was accepted without them.</param>
    /// <returns>Whether the service applied all of them.</returns>
    private async Task<bool> SendAsync(List<BatchWrite<T>> writes, bool isHalf, bool isRefused)
    {
        if (writes.Count == 1 || (isHalf && writes.Count <= SmallestHalf))
        {
            return await SendSinglyAsync(writes).ConfigureAwait(false);
        }

        if (!isRefused)
        {
            if (await TrySendAsync(writes).ConfigureAwait(false) is not { } refusal)
            {
                return true;
            }

            if (!IsAboutWrites(refusal))
            {
                Fail(writes, refusal);
                return false;
            }

            observer.OnNote($"The service refused a batch of {writes.Count} changes as a whole. Halving it to find the changes that it refuses.");
        }

        var middle = writes.Count / 2;
        var isFirstGood = await SendAsync(writes.GetRange(0, middle), isHalf: true, isRefused: false).ConfigureAwait(false);
        return await SendAsync(writes.GetRange(middle, writes.Count - middle), isHalf: true, isRefused: isFirstGood).ConfigureAwait(false) && isFirstGood;
    }

    private async Task<bool> SendSinglyAsync(List<BatchWrite<T>> writes)
    {
        var areGood = true;
        foreach (var write in writes)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                write.Complete(await sendOne(write.Write).ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                areGood = false;
                write.Fail(failure);
                StopAfter(failure);
            }
        }

        return areGood;
    }

    /// <summary>Sends writes as one request, again where the state shows that a request whose answer was lost was not carried out.</summary>
    /// <returns>The refusal; null where no write is left.</returns>
    private async Task<AclException?> TrySendAsync(List<BatchWrite<T>> writes)
    {
        var settlement = new BatchSettlement<T>(client, writes, observer, aborting);
        for (var attempt = 1; ; attempt++)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                settlement.Complete(await client.SendBatchAsync(new ResourceBatch([.. writes.Select(write => write.ToItem())]), observer, aborting).ConfigureAwait(false));
                return null;
            }
            catch (AclException lost) when (lost.OutcomeIsUnknown)
            {
                if (await settlement.TrySettleAsync(lost).ConfigureAwait(false))
                {
                    return null;
                }

                if (stopping.IsCancellationRequested || !await client.Connection.WaitBeforeRepeatAsync(attempt, observer, aborting).ConfigureAwait(false))
                {
                    settlement.FailUnknown(lost, null);
                    return null;
                }
            }
            catch (AclException refusal)
            {
                return refusal;
            }
        }
    }

    private static void Fail(List<BatchWrite<T>> writes, AclException refusal)
    {
        // Each has an error of its own, as an error variable distinguishes records by it.
        writes.ForEach(write => write.Fail(write == writes[0] ? refusal : refusal.ForAnother()));
        StopAfter(refusal);
    }

    /// <summary>After a failure that no other write can survive, the rest of the batch is not sent.</summary>
    private static void StopAfter(Exception failure)
    {
        if (failure is AclException { EndsRun: true })
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Whether a refusal may be due to some of the writes: not to the credential, the limit or an outage, which affect halves as well.</summary>
    private static bool IsAboutWrites(AclException refusal) =>
        refusal.Kind is ErrorKind.ValidationFailed or ErrorKind.NotFound or ErrorKind.Conflict
        || refusal is { Kind: ErrorKind.ApiError or ErrorKind.UnexpectedResponse, StatusCode: < 500 };
}
