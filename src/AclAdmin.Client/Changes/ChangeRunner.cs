using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Applies changes in a bounded window, and returns their outcomes in the order in which the changes were posted. Two changes to the same item never
/// overlap and keep their order. One thread posts and takes; the work itself is done elsewhere, and no callback ever comes to the caller.
/// </summary>
public sealed class ChangeRunner<T> : IDisposable
    where T : ApiResource
{
    /// <summary>How long requests that were given up may take to notice it.</summary>
    private static readonly TimeSpan GiveUpTime = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch gathers where changes come slowly.</summary>
    private static readonly TimeSpan GatheringTime = TimeSpan.FromSeconds(0.5);

    private readonly object _gate = new();
    private readonly ChangeQueue<T> _queue;
    private readonly CancellationTokenSource _abort;
    private readonly CancellationTokenSource _stopping;
    private readonly bool _stopsAtError;
    private readonly ChangeApplier<T> _applier;
    private Awaited _awaited;
    private int _endingBatches;
    private bool _isEnding;
    private bool _disposed;

    /// <summary>Creates a runner. It does nothing until a change is posted.</summary>
    /// <param name="window">How many changes may be under way at once, 1 to 64.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="stopsAtError">Whether nothing more is sent after a change that failed.</param>
    /// <param name="cancellationToken">Ends everything at once: what is not sent stays unsent, what is under way is given up.</param>
    /// <param name="journal">Records each write; null where none is kept.</param>
    /// <param name="batchSize">How many changes go into one request where their list carries them out as one, 1 to 1,000; a request is one of the window.</param>
    public ChangeRunner(
        int window, IRequestObserver observer, bool stopsAtError, CancellationToken cancellationToken, IChangeJournal<T>? journal = null, int batchSize = 1)
    {
        // What waits for its record to reach the disk leaves its place in the window to others.
        _queue = new ChangeQueue<T>(journal is null ? window : 2 * window, batchSize);
        _stopsAtError = stopsAtError;
        _abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token);
        _applier = new ChangeApplier<T>(observer, journal, journal is null ? null : new SemaphoreSlim(window), _stopping.Token, _abort.Token);
        _abort.Token.Register(StopSending);
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

    /// <summary>Whether a change has failed in a way in which every other change would fail, so that nothing more is sent.</summary>
    public bool IsEnding
    {
        get
        {
            lock (_gate)
            {
                return _isEnding;
            }
        }
    }

    /// <summary>Posts a change. It is sent as soon as the window and earlier changes to the same item allow.</summary>
    public void Post(Change<T> change)
    {
        ChangeQueue<T>.Slot? now;
        ChangeQueue<T>.Slot? begun;
        lock (_gate)
        {
            now = _queue.Add(change);
            begun = _queue.TakeBegun();
        }

        if (begun is not null)
        {
            _ = FlushLaterAsync(begun);
        }

        Start(now);
    }

    /// <summary>Posts a change that is settled already, so that its outcome takes its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled)
    {
        lock (_gate)
        {
            _queue.AddSettled(settled);
            if (settled.Error?.EndsRun == true)
            {
                _isEnding = true;
                _queue.Stop();
            }
            else if (_stopsAtError && settled.Error is not null)
            {
                // What came before it goes on; what comes after it would come after the end.
                _queue.StopAdding();
            }
        }

        if (settled.Error?.EndsRun == true)
        {
            KeepUnsent();
        }
    }

    /// <summary>Takes the next outcome in order, if it is available.</summary>
    public bool TryDequeue(out ChangeOutcome<T>? outcome)
    {
        lock (_gate)
        {
            outcome = _queue.Dequeue();
            return outcome is not null;
        }
    }

    /// <summary>Waits until the next outcome in order is available.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>False when it is not available in time, or when there is none to wait for.</returns>
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

        KeepUnsent();
    }

    /// <summary>
    /// Gives up what is under way: what was not sent ends as <see cref="ChangeStatus.NotSent"/>, what was and is not answered as
    /// <see cref="ChangeStatus.Unknown"/>.
    /// </summary>
    public void Abandon()
    {
        if (!_disposed)
        {
            _abort.Cancel();
            WaitUntilIdle(GiveUpTime);
        }

        lock (_gate)
        {
            _queue.Abandon(change => ChangeOutcome<T>.Failed(change, new AclException(
                ErrorKind.OutcomeUnknown,
                "It was sent, and the run ended before an answer came: whether the service applied it is not known.",
                "Run the row again: an update or a removal has the same effect twice, and a create looks first for what is there.")
            {
                OutcomeIsUnknown = true,
            }));
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
            _stopping.Dispose();
        }
    }

    /// <summary>Keeps what is only recorded from being sent. Not under the lock, as what waits may go on in here.</summary>
    private void KeepUnsent()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The runner was disposed of, which has cancelled it.
        }
    }

    /// <summary>At least a millisecond, as a wait of none would never let go of the lock.</summary>
    private static TimeSpan Remaining(TimeSpan timeout, Stopwatch waited) =>
        TimeSpan.FromMilliseconds(Math.Max(1, (timeout - waited.Elapsed).TotalMilliseconds));

    private void Start(ChangeQueue<T>.Slot? now)
    {
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

        if (_awaited is Awaited.Next or Awaited.Idle || (_awaited == Awaited.Room && _queue.Running == 0))
        {
            _queue.Flush();
        }
    }

    /// <summary>Sends a batch that rows come to slowly. One that would be whole in a few more waits goes on gathering.</summary>
    private async Task FlushLaterAsync(ChangeQueue<T>.Slot first)
    {
        for (var gathered = 0; ;)
        {
            try
            {
                await first.Change.Client!.Connection.DelayAsync(GatheringTime, _stopping.Token).ConfigureAwait(false);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            lock (_gate)
            {
                if (!_queue.IsGathering(first, ref gathered))
                {
                    _queue.Flush(first);
                    StartReady();
                    return;
                }
            }
        }
    }

    /// <summary>Starts all that the window allows. Under the lock, so on other threads.</summary>
    private void StartReady()
    {
        while (_queue.Start() is { } ready)
        {
            _ = Task.Run(() => WorkAsync(ready));
        }
    }

    private void WaitFor(Awaited awaited, TimeSpan timeout)
    {
        _awaited = awaited;
        FlushWhereAwaited();
        StartReady();
        var waited = Stopwatch.StartNew();
        while (!HasCome(awaited) && waited.Elapsed < timeout)
        {
            Monitor.Wait(_gate, Remaining(timeout, waited));
        }

        _awaited = Awaited.Nothing;
    }

    private bool HasCome(Awaited awaited) => awaited switch
    {
        Awaited.Next => _queue.IsNextSettled || _isEnding,
        Awaited.Room => _isEnding || (_queue.IsBacklogFull ? _queue.IsNextSettled : _queue.HasMuchRoom),
        Awaited.Idle => _queue.Running == 0,
        _ => false,
    };

    /// <summary>One of the window's workers: carries out a change or a batch, and then what is ready until nothing is.</summary>
    private async Task WorkAsync(ChangeQueue<T>.Slot? slot)
    {
        while (slot is not null)
        {
            if (slot.Members is not { } members)
            {
                Settle(slot, await _applier.ApplyAsync(slot.Change).ConfigureAwait(false));
            }
            else
            {
                var batch = _applier.BeginBatch(members.Count, slot.Change.Client!);
                await Task.WhenAll(members.Select(member => WorkAsync(member, batch.Enter(), slot))).ConfigureAwait(false);
            }

            ChangeQueue<T>.Slot? begun;
            lock (_gate)
            {
                _endingBatches -= slot.IsEnding ? 1 : 0;
                slot = _queue.Leave();
                FlushWhereAwaited();
                slot ??= _queue.Start();
                StartReady();
                begun = _queue.TakeBegun();
                if (HasCome(_awaited) || _isEnding)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            if (begun is not null)
            {
                _ = FlushLaterAsync(begun);
            }
        }
    }

    private async Task WorkAsync(ChangeQueue<T>.Slot member, BatchPlace<T> place, ChangeQueue<T>.Slot first) =>
        Settle(member, await _applier.ApplyAsync(member.Change, place).ConfigureAwait(false), first);

    private void Settle(ChangeQueue<T>.Slot slot, ChangeOutcome<T> outcome, ChangeQueue<T>.Slot? firstOfBatch = null)
    {
        var endsRun = outcome.Error?.EndsRun == true;
        var stops = endsRun || (_stopsAtError && outcome.Error is not null);
        if (stops)
        {
            KeepUnsent();
        }

        lock (_gate)
        {
            // What waits would only meet the same.
            _isEnding |= endsRun;
            if (stops)
            {
                _queue.Stop();
            }

            if (firstOfBatch is { IsEnding: false })
            {
                firstOfBatch.IsEnding = true;
                _endingBatches++;
            }

            _queue.Settle(slot, outcome);
            if (HasCome(_awaited) || _isEnding)
            {
                Monitor.PulseAll(_gate);
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
