using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// The workers of a runner's window: each carries out a change or a batch, settles it, and goes on with what is ready. One thread posts, takes and waits;
/// the queue belongs to it and to the workers, and is used under the lock only.
/// </summary>
/// <param name="queue">What was posted.</param>
/// <param name="applier">Carries out a change.</param>
/// <param name="stopsAtError">Whether nothing more is sent after a change that failed.</param>
/// <param name="stopping">Keeps what is not sent from being sent.</param>
internal sealed class ChangeWorkers<T>(ChangeQueue<T> queue, ChangeApplier<T> applier, bool stopsAtError, CancellationTokenSource stopping)
    where T : ApiResource
{
    /// <summary>How long a batch gathers where changes come slowly.</summary>
    private static readonly TimeSpan GatheringTime = TimeSpan.FromSeconds(0.5);

    private readonly object _gate = new();
    private volatile Readiness _readiness = Readiness.Room | Readiness.Empty;
    private Awaited _awaited;
    private int _endingBatches;

    /// <summary>What the thread that posts and takes waits for.</summary>
    public enum Awaited
    {
        Nothing,
        Next,
        Room,
        Idle,
    }

    /// <summary>What the thread that posts and takes asks about for every change.</summary>
    [Flags]
    public enum Readiness
    {
        Nothing = 0,

        /// <summary>The next outcome in order is there.</summary>
        Next = 1,

        /// <summary>There is room for another change.</summary>
        Room = 2,

        /// <summary>Every outcome was taken.</summary>
        Empty = 4,

        /// <summary>A change has failed in a way in which every other change would fail.</summary>
        Ending = 8,
    }

    private bool IsEnding { get; set; }

    /// <summary>
    /// Whether something is so, or was a moment ago. Without the lock: only the thread that asks makes room scarce and takes outcomes, so what it sees late
    /// is an outcome or some room more.
    /// </summary>
    public bool Is(Readiness what) => (_readiness & what) != 0;

    /// <summary>Takes the lock, which guards the queue and what is here.</summary>
    public Hold Enter()
    {
        Monitor.Enter(_gate);
        return new Hold(this);
    }

    /// <summary>Wakes the thread that waits. Under the lock.</summary>
    public void Wake() => Monitor.PulseAll(_gate);

    /// <summary>Starts a change that was posted, and watches over a batch that began with it.</summary>
    public void Start(ChangeQueue<T>.Slot? now, ChangeQueue<T>.Slot? begun)
    {
        if (begun is not null)
        {
            _ = FlushLaterAsync(begun);
        }

        if (now is { Members: null })
        {
            // Started here, as far as it goes without waiting: handing a request to another thread costs as much as putting it together.
            _ = WorkAsync(now);
        }
        else if (now is not null)
        {
            _ = Task.Run(() => WorkAsync(now));
        }
    }

    /// <summary>Sends nothing more because of a change that ended without the workers. Under the lock.</summary>
    /// <param name="endsRun">Whether every other change would fail as well; otherwise what was posted before goes on.</param>
    public void End(bool endsRun)
    {
        if (endsRun)
        {
            IsEnding = true;
            queue.Stop();
        }
        else
        {
            // What came before it goes on; what comes after it would come after the end.
            queue.StopAdding();
        }
    }

    /// <summary>Keeps what is only recorded from being sent. Not under the lock, as what waits may go on in here.</summary>
    public void KeepUnsent()
    {
        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The runner was disposed of, which has cancelled it.
        }
    }

    /// <summary>Waits until something has come, and meanwhile keeps no batch back that could bring it. Under the lock.</summary>
    public void WaitFor(Awaited awaited, TimeSpan timeout)
    {
        _awaited = awaited;
        FlushWhereAwaited();
        StartReady();
        var waited = Stopwatch.StartNew();
        while (!HasCome(awaited) && waited.Elapsed < timeout)
        {
            // At least a millisecond, as a wait of none would never let go of the lock.
            Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Max(1, (timeout - waited.Elapsed).TotalMilliseconds)));
        }

        _awaited = Awaited.Nothing;
    }

    private bool HasCome(Awaited awaited) => awaited switch
    {
        Awaited.Next => queue.IsNextSettled || IsEnding,
        Awaited.Room => IsEnding || (queue.IsBacklogFull ? queue.IsNextSettled : queue.HasMuchRoom),
        Awaited.Idle => queue.Running == 0,
        _ => false,
    };

    private void WakeWhereAwaited()
    {
        if (HasCome(_awaited) || IsEnding)
        {
            Wake();
        }
    }

    /// <summary>
    /// Sends a gathered batch where no more changes arrive: who posts waits for its outcomes, or for room that nothing under way will make. While a batch
    /// is ending, each of its members may bring the next change to its item, and these go together.
    /// </summary>
    private void FlushWhereAwaited()
    {
        if (_endingBatches > 0)
        {
            return;
        }

        if (_awaited is Awaited.Next or Awaited.Idle || (_awaited == Awaited.Room && queue.Running == 0))
        {
            queue.Flush();
        }
    }

    /// <summary>Sends a batch that rows come to slowly. One that would be whole in a few more waits goes on gathering.</summary>
    private async Task FlushLaterAsync(ChangeQueue<T>.Slot first)
    {
        for (var gathered = 0; ;)
        {
            try
            {
                await first.Change.Client!.Connection.DelayAsync(GatheringTime, stopping.Token).ConfigureAwait(false);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            using (Enter())
            {
                if (!queue.IsGathering(first, ref gathered))
                {
                    queue.Flush(first);
                    StartReady();
                    return;
                }
            }
        }
    }

    /// <summary>Starts all that the window allows. Under the lock, so on other threads.</summary>
    private void StartReady()
    {
        while (queue.Start() is { } ready)
        {
            _ = Task.Run(() => WorkAsync(ready));
        }
    }

    /// <summary>Carries out a change or a batch, and then what is ready until nothing is.</summary>
    private async Task WorkAsync(ChangeQueue<T>.Slot? slot)
    {
        while (slot is not null)
        {
            ChangeOutcome<T>? outcome = null;
            if (slot.Members is not { } members)
            {
                outcome = await applier.ApplyAsync(slot.Change).ConfigureAwait(false);
                KeepUnsentAfter(outcome);
            }
            else
            {
                var batch = applier.BeginBatch(members.Count, slot.Change.Client!);
                await Task.WhenAll(members.Select(member => WorkAsync(member, batch.Enter(), slot))).ConfigureAwait(false);
            }

            ChangeQueue<T>.Slot? begun;
            using (Enter())
            {
                if (outcome is not null)
                {
                    Settle(slot, outcome);
                }

                _endingBatches -= slot.IsEnding ? 1 : 0;
                slot = queue.Leave();
                FlushWhereAwaited();
                slot ??= queue.Start();
                StartReady();
                begun = queue.TakeBegun();
                WakeWhereAwaited();
            }

            if (begun is not null)
            {
                _ = FlushLaterAsync(begun);
            }
        }
    }

    private async Task WorkAsync(ChangeQueue<T>.Slot member, BatchPlace<T> place, ChangeQueue<T>.Slot first)
    {
        var outcome = await applier.ApplyAsync(member.Change, place).ConfigureAwait(false);
        KeepUnsentAfter(outcome);
        using (Enter())
        {
            if (!first.IsEnding)
            {
                first.IsEnding = true;
                _endingBatches++;
            }

            Settle(member, outcome);
            WakeWhereAwaited();
        }
    }

    private bool Stops(ChangeOutcome<T> outcome) => outcome.Error is { } error && (stopsAtError || error.EndsRun);

    private void KeepUnsentAfter(ChangeOutcome<T> outcome)
    {
        if (Stops(outcome))
        {
            KeepUnsent();
        }
    }

    /// <summary>Notes an outcome. Under the lock.</summary>
    private void Settle(ChangeQueue<T>.Slot slot, ChangeOutcome<T> outcome)
    {
        // What waits would only meet the same.
        IsEnding |= outcome.Error?.EndsRun == true;
        if (Stops(outcome))
        {
            queue.Stop();
        }

        queue.Settle(slot, outcome);
    }

    private void Leave()
    {
        _readiness = (queue.IsNextSettled ? Readiness.Next : 0)
            | (queue.HasRoom ? Readiness.Room : 0)
            | (queue.IsEmpty ? Readiness.Empty : 0)
            | (IsEnding ? Readiness.Ending : 0);
        Monitor.Exit(_gate);
    }

    /// <summary>The lock. What has changed under it can be asked about without it as soon as it is given back.</summary>
    public readonly struct Hold(ChangeWorkers<T> owner) : IDisposable
    {
        public void Dispose() => owner.Leave();
    }
}
