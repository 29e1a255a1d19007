using System;
using System.Collections.Generic;
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
    /// <summary>
    /// How many outcomes may wait for a slow one before them, in windows. More would cost memory, fewer would let one slow answer stop the rest.
    /// </summary>
    private const int WindowsOfBacklog = 8;

    /// <summary>
    /// How many changes may wait for their turn. More would only grow cold; with fewer the window could run dry, or who posts would be woken for each.
    /// </summary>
    private const int MaxAhead = 64;

    private readonly object _gate = new();
    private readonly Queue<Slot> _undelivered = new();
    private readonly Queue<Slot> _ready = new();
    private readonly Dictionary<string, Slot> _lastByKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _abort;
    private readonly CancellationToken _aborted;
    private readonly IRequestObserver _observer;
    private readonly int _window;
    private int _running;
    private int _unsettled;
    private Awaited _awaited;
    private bool _stopped;
    private bool _disposed;

    /// <summary>Creates a runner. It does nothing until a change is posted.</summary>
    /// <param name="window">How many changes may be under way at once, 1 to 64.</param>
    /// <param name="observer">Is told what the requests meet.</param>
    /// <param name="cancellationToken">Ends everything at once: what is not sent stays unsent, what is under way is given up.</param>
    public ChangeRunner(int window, IRequestObserver observer, CancellationToken cancellationToken)
    {
        _window = window;
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
                return !IsBacklogFull && _unsettled < _window + MaxAhead;
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
                return _undelivered.Count == 0;
            }
        }
    }

    /// <summary>Posts a change. It is sent as soon as the window and earlier changes to the same thing allow.</summary>
    public void Post(Change<T> change)
    {
        var slot = new Slot(change);
        lock (_gate)
        {
            _undelivered.Enqueue(slot);
            if (_stopped)
            {
                slot.Outcome = ChangeOutcome<T>.NotSent(change);
                return;
            }

            _unsettled++;
            var isFirst = !_lastByKey.TryGetValue(change.Key, out var earlier);
            _lastByKey[change.Key] = slot;
            if (!isFirst)
            {
                earlier!.Next = slot;
                return;
            }

            if (_running == _window)
            {
                _ready.Enqueue(slot);
                return;
            }

            _running++;
        }

        // Started here, as far as it goes without waiting: handing a request to another thread costs as much as putting it together.
        _ = WorkAsync(slot);
    }

    /// <summary>Posts a change that is settled already, so that its outcome takes its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled)
    {
        lock (_gate)
        {
            _undelivered.Enqueue(new Slot(settled.Change) { Outcome = settled });
        }
    }

    /// <summary>Takes the next outcome in order, if it is there.</summary>
    public bool TryTake(out ChangeOutcome<T>? outcome)
    {
        lock (_gate)
        {
            outcome = _undelivered.Count > 0 ? _undelivered.Peek().Outcome : null;
            if (outcome is not null)
            {
                _undelivered.Dequeue();
            }

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
            if (_undelivered.Count > 0)
            {
                WaitFor(Awaited.Next, timeout);
            }

            return IsNextSettled;
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
        var waited = Stopwatch.StartNew();
        lock (_gate)
        {
            while (_running > 0 && waited.Elapsed < timeout)
            {
                Monitor.Wait(_gate, Remaining(timeout, waited));
            }

            return _running == 0;
        }
    }

    /// <summary>Sends nothing more. What is under way goes on; what waits for its turn ends as <see cref="ChangeStatus.NotSent"/>.</summary>
    public void StopSending()
    {
        lock (_gate)
        {
            _stopped = true;
            while (_ready.Count > 0)
            {
                EndUnsent(_ready.Dequeue());
            }

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

    private bool IsBacklogFull => _undelivered.Count >= (_window * WindowsOfBacklog) + MaxAhead;

    private bool IsNextSettled => _undelivered.Count > 0 && _undelivered.Peek().Outcome is not null;

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
        Awaited.Next => IsNextSettled,
        Awaited.Room => IsBacklogFull ? IsNextSettled : _unsettled <= _window + (MaxAhead / 2),
        _ => false,
    };

    /// <summary>One of the window's workers: carries out a change, and then what is ready until nothing is.</summary>
    private async Task WorkAsync(Slot? slot)
    {
        while (slot is not null)
        {
            var outcome = await ChangeApplier.ApplyAsync(slot.Change, _observer, _aborted).ConfigureAwait(false);
            lock (_gate)
            {
                Settle(slot, outcome);
                slot = TakeReady();
            }
        }
    }

    /// <summary>What a worker goes on with; null where nothing is ready, so that the worker ends.</summary>
    private Slot? TakeReady()
    {
        if (_ready.Count > 0)
        {
            return _ready.Dequeue();
        }

        if (--_running == 0)
        {
            Monitor.PulseAll(_gate);
        }

        return null;
    }

    private void Settle(Slot slot, ChangeOutcome<T> outcome)
    {
        slot.Outcome = outcome;
        _unsettled--;
        if (outcome.Error?.EndsRun == true)
        {
            // What waits would only meet the same.
            StopSending();
        }

        if (slot.Next is null)
        {
            _lastByKey.Remove(slot.Change.Key);
        }
        else if (_stopped)
        {
            EndUnsent(slot.Next);
        }
        else
        {
            _ready.Enqueue(slot.Next);
        }

        if (HasCome(_awaited))
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void EndUnsent(Slot slot)
    {
        for (Slot? unsent = slot; unsent is not null; unsent = unsent.Next)
        {
            unsent.Outcome = ChangeOutcome<T>.NotSent(unsent.Change);
            _lastByKey.Remove(unsent.Change.Key);
            _unsettled--;
        }
    }

    /// <summary>What the thread that posts and takes waits for.</summary>
    private enum Awaited
    {
        Nothing,
        Next,
        Room,
    }

    private sealed class Slot(Change<T> change)
    {
        public Change<T> Change { get; } = change;

        public ChangeOutcome<T>? Outcome { get; set; }

        /// <summary>The next change to the same thing.</summary>
        public Slot? Next { get; set; }
    }
}
