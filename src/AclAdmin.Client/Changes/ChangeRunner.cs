using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Carries out changes, so many at a time, and gives their outcomes back in the order the changes came in. Two changes to the same thing never
/// overlap and keep their order. One thread posts and takes; the work itself is done elsewhere, and no callback ever comes to the caller.
/// </summary>
public sealed class ChangeRunner<T> : IDisposable
    where T : ApiResource
{
    private readonly object _gate = new();
    private readonly ChangeQueue<T> _queue;
    private readonly CancellationTokenSource _abort;
    private readonly CancellationToken _aborted;
    private readonly IRequestObserver _observer;
    private Awaited _awaited;
    private bool _disposed;

    /// <summary>Creates a runner. It does nothing until a change is posted.</summary>
    /// <param name="window">How many changes may be under way at once, 1 to 64.</param>
    /// <param name="observer">Is told what the requests meet.</param>
    /// <param name="cancellationToken">Ends everything at once: what is not sent stays unsent, what is under way is given up.</param>
    public ChangeRunner(int window, IRequestObserver observer, CancellationToken cancellationToken)
    {
        _queue = new ChangeQueue<T>(window);
        _observer = observer;
        _abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _aborted = _abort.Token;
        _aborted.Register(StopSending);
    }

    /// <summary>Whether another change can be posted before an outcome is taken.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return _queue.HasRoom;
            }
        }
    }

    /// <summary>Whether every outcome was taken.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _queue.IsEmpty;
            }
        }
    }

    /// <summary>Posts a change. It is sent as soon as the window and earlier changes to the same thing allow.</summary>
    public void Post(Change<T> change)
    {
        ChangeQueue<T>.Slot? now;
        lock (_gate)
        {
            now = _queue.Add(change);
        }

        if (now is not null)
        {
            // Started here, as far as it goes without waiting: handing a request to another thread costs as much as putting it together.
            _ = WorkAsync(now);
        }
    }

    /// <summary>Posts a change that is settled already, so that its outcome takes its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled)
    {
        lock (_gate)
        {
            _queue.AddSettled(settled);
        }
    }

    /// <summary>Takes the next outcome in order, if it is there.</summary>
    public bool TryTake(out ChangeOutcome<T>? outcome)
    {
        lock (_gate)
        {
            outcome = _queue.Take();
            return outcome is not null;
        }
    }

    /// <summary>Waits until the next outcome in order is there.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>False when it is not there in time, or when there is none to wait for.</returns>
    public bool WaitForNext(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (!_queue.IsEmpty)
            {
                WaitFor(Awaited.Next, timeout);
            }

            return _queue.IsNextSettled;
        }
    }

    /// <summary>
    /// Waits until there is room for many changes, and not just for one: waking at every single end would cost more than the work. Where outcomes must
    /// be taken before there can be room, waits for the next of those.
    /// </summary>
    /// <param name="timeout">How long at most.</param>
    public void WaitForRoom(TimeSpan timeout)
    {
        lock (_gate)
        {
            WaitFor(Awaited.Room, timeout);
        }
    }

    /// <summary>Waits until nothing is under way.</summary>
    /// <returns>False when something still is.</returns>
    public bool WaitUntilIdle(TimeSpan timeout)
    {
        lock (_gate)
        {
            WaitFor(Awaited.Idle, timeout);
            return _queue.Running == 0;
        }
    }

    /// <summary>Sends nothing more. What is under way goes on; what waits for its turn ends as <see cref="ChangeStatus.NotSent"/>.</summary>
    public void StopSending()
    {
        lock (_gate)
        {
            _queue.Stop();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Gives everything up.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _abort.Cancel();
            _abort.Dispose();
        }
    }

    /// <summary>At least a millisecond, as a wait of none would never let go of the lock.</summary>
    private static TimeSpan Remaining(TimeSpan timeout, Stopwatch waited) =>
        TimeSpan.FromMilliseconds(Math.Max(1, (timeout - waited.Elapsed).TotalMilliseconds));

    private void WaitFor(Awaited awaited, TimeSpan timeout)
    {
        _awaited = awaited;
        var waited = Stopwatch.StartNew();
        while (!HasCome(awaited) && waited.Elapsed < timeout)
        {
            Monitor.Wait(_gate, Remaining(timeout, waited));
        }

        _awaited = Awaited.Nothing;
    }

    private bool HasCome(Awaited awaited) => awaited switch
    {
        Awaited.Next => _queue.IsNextSettled,
        Awaited.Room => _queue.IsBacklogFull ? _queue.IsNextSettled : _queue.HasMuchRoom,
        Awaited.Idle => _queue.Running == 0,
        _ => false,
    };

    /// <summary>One of the window's workers: carries out a change, and then what is ready until nothing is.</summary>
    private async Task WorkAsync(ChangeQueue<T>.Slot? slot)
    {
        while (slot is not null)
        {
            var outcome = await ChangeApplier.ApplyAsync(slot.Change, _observer, _aborted).ConfigureAwait(false);
            lock (_gate)
            {
                if (outcome.Error?.EndsRun == true)
                {
                    // What waits would only meet the same.
                    _queue.Stop();
                }

                slot = _queue.Settle(slot, outcome);
                if (HasCome(_awaited))
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    /// <summary>What the thread that posts and takes waits for.</summary>
    private enum Awaited
    {
        Nothing,
        Next,
        Room,
        Idle,
    }
}
