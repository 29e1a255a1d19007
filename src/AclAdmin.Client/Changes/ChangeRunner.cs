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

    private readonly object _gate = new();
    private readonly Queue<Slot> _undelivered = new();
    private readonly Queue<Slot> _ready = new();
    private readonly Dictionary<string, Slot> _lastByKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _abort;
    private readonly CancellationToken _aborted;
    private readonly IRequestObserver _observer;
    private readonly int _window;
    private int _running;
    private int _untilPulse;
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
                return _undelivered.Count < _window * WindowsOfBacklog;
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
        var startWorker = false;
        lock (_gate)
        {
            var slot = new Slot(change);
            _undelivered.Enqueue(slot);
            if (_stopped)
            {
                slot.Outcome = ChangeOutcome<T>.NotSent(change);
                return;
            }

            if (_lastByKey.TryGetValue(change.Key, out var earlier))
            {
                earlier.Next = slot;
            }
            else
            {
                _ready.Enqueue(slot);
                startWorker = TryStartWorker();
            }

            _lastByKey[change.Key] = slot;
        }

        if (startWorker)
        {
            _ = Task.Run(WorkAsync);
        }
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
    /// <param name="inBatches">
    /// Whether it is enough to look when half a window has ended: for one who only waits for room, waking at every single end would cost more than the work.
    /// </param>
    /// <returns>False when it is not there in time, or when there is none to wait for.</returns>
    public bool WaitForNext(TimeSpan timeout, bool inBatches = false)
    {
        lock (_gate)
        {
            _untilPulse = inBatches ? Math.Max(1, _window / 2) : 1;
            var waited = Stopwatch.StartNew();
            while (_undelivered.Count > 0 && _undelivered.Peek().Outcome is null && waited.Elapsed < timeout)
            {
                Monitor.Wait(_gate, Remaining(timeout, waited));
            }

            return _undelivered.Count > 0 && _undelivered.Peek().Outcome is not null;
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

    /// <summary>At least a millisecond, as a wait of none would never let go of the lock.</summary>
    private static TimeSpan Remaining(TimeSpan timeout, Stopwatch waited) =>
        TimeSpan.FromMilliseconds(Math.Max(1, (timeout - waited.Elapsed).TotalMilliseconds));

    private bool TryStartWorker()
    {
        if (_running >= _window || _ready.Count == 0)
        {
            return false;
        }

        _running++;
        return true;
    }

    /// <summary>One of the window's workers: takes what is ready until nothing is.</summary>
    private async Task WorkAsync()
    {
        while (true)
        {
            Slot slot;
            lock (_gate)
            {
                if (_ready.Count == 0)
                {
                    _running--;
                    Monitor.PulseAll(_gate);
                    return;
                }

                slot = _ready.Dequeue();
            }

            var outcome = await ChangeApplier.ApplyAsync(slot.Change, _observer, _aborted).ConfigureAwait(false);
            lock (_gate)
            {
                Settle(slot, outcome);
            }
        }
    }

    private void Settle(Slot slot, ChangeOutcome<T> outcome)
    {
        slot.Outcome = outcome;
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

        // Only the first in order is waited for.
        if (--_untilPulse <= 0 && _undelivered.Count > 0 && _undelivered.Peek().Outcome is not null)
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
        }
    }

    private sealed class Slot(Change<T> change)
    {
        public Change<T> Change { get; } = change;

        public ChangeOutcome<T>? Outcome { get; set; }

        /// <summary>The next change to the same thing.</summary>
        public Slot? Next { get; set; }
    }
}
