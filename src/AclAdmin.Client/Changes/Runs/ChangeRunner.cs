using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Changes.Steps;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Runs;

/// <summary>
/// Applies changes in a bounded window, and returns their outcomes in the order in which the changes were posted. Two changes to the same item never
/// overlap and keep their order. One thread posts, waits and takes; the workers, who apply the changes, never call it.
/// </summary>
/// <remarks>
/// A run ends in one of three ways, each of which includes the one before. <c>Close</c> accepts nothing more: what is posted from then on ends as
/// <see cref="ChangeStatus.NotSent"/>. <see cref="StopSending"/> sends nothing more: what waits for its turn ends as <see cref="ChangeStatus.NotSent"/> too.
/// <see cref="Abandon"/> gives up what is under way.
/// <para>
/// The lock guards the queue and the fields below it. Methods whose names end in <c>_NeedsLock</c> are called with it, the others without it; the end of the
/// run is signalled without it, as what waits for that signal may go on at once.
/// </para>
/// </remarks>
public sealed class ChangeRunner<T> : IDisposable
    where T : ApiResource
{
    /// <summary>How long requests that were given up may take to notice it.</summary>
    private static readonly TimeSpan GiveUpTime = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch gathers where changes come slowly.</summary>
    private static readonly TimeSpan GatheringTime = TimeSpan.FromSeconds(0.5);

    private readonly WritePath<T> _path;
    private readonly RunEnd _end;
    private readonly bool _stopsAtError;

    private readonly object _gate = new();
    private readonly ChangeQueue<T> _queue;
    private Awaited _awaited;
    private int _endingBatches;
    private bool _isEnding;

    /// <summary>Creates a runner. It does nothing until a change is posted.</summary>
    /// <param name="window">How many changes may be under way at once, 1 to 64.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="stopsAtError">Whether nothing more is sent after a change that failed.</param>
    /// <param name="cancellationToken">Ends everything at once: what is not sent stays unsent, what is under way is given up.</param>
    /// <param name="journal">Records each write; null where none is kept.</param>
    /// <param name="batchSize">How many changes go into one request where their list carries them out as one, 1 to 1,000; a request is one of the window.</param>
    /// <param name="items">What the run knows of the service's items; null where nothing else of the run asks for them.</param>
    public ChangeRunner(
        int window,
        IRequestObserver observer,
        bool stopsAtError,
        CancellationToken cancellationToken,
        RunJournal? journal = null,
        int batchSize = 1,
        PresentItems<T>? items = null)
    {
        // What waits for its record to reach the disk leaves its place in the window to others.
        _queue = new ChangeQueue<T>(journal is null ? window : 2 * window, batchSize);
        _stopsAtError = stopsAtError;
        _end = new RunEnd(cancellationToken);
        _path = new WritePath<T>(observer, items ?? new PresentItems<T>(), journal, journal is null ? null : new SemaphoreSlim(window), _end.Token);
        _end.Token.Aborting.Register(StopSending);
    }

    /// <summary>Whether another change can be posted before an outcome is taken.</summary>
    public bool HasRoom => Ask(queue => queue.HasRoom);

    /// <summary>Whether every outcome was taken.</summary>
    public bool IsEmpty => Ask(queue => queue.IsEmpty);

    /// <summary>Whether a change has failed in a way in which every other change would fail, so that nothing more is sent.</summary>
    public bool IsEnding => Ask(_ => _isEnding);

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

        _ = FlushLaterAsync(begun);
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

    /// <summary>Posts a change that is settled already, so that its outcome takes its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled)
    {
        bool stops;
        lock (_gate)
        {
            _queue.AddSettled(settled);
            stops = settled.Error?.EndsRun == true;
            _isEnding |= stops;
            if (!stops && Stops(settled))
            {
                // What came before it goes on.
                _queue.Close();
            }
        }

        if (stops)
        {
            StopSending();
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

    /// <summary>Waits for something, and meanwhile flushes a partial batch that could unblock the wait.</summary>
    /// <param name="awaited">What to wait for.</param>
    /// <param name="timeout">How long at most.</param>
    /// <returns>False when it has not come in time, or when there is none to wait for.</returns>
    public bool WaitFor(Awaited awaited, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (awaited == Awaited.Next && _queue.IsEmpty)
            {
                return false;
            }

            _awaited = awaited;
            FlushAwaited_NeedsLock();
            StartReady_NeedsLock();
            var waited = Stopwatch.StartNew();
            while (!HasCome_NeedsLock() && !(_isEnding && awaited != Awaited.Idle) && waited.Elapsed < timeout)
            {
                // At least a millisecond, as a wait of none would never let go of the lock.
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Max(1, (timeout - waited.Elapsed).TotalMilliseconds)));
            }

            var hasCome = HasCome_NeedsLock();
            _awaited = Awaited.Nothing;
            return hasCome;
        }
    }

    /// <summary>Sends nothing more. What is under way goes on; what waits for its turn ends as <see cref="ChangeStatus.NotSent"/>.</summary>
    public void StopSending()
    {
        lock (_gate)
        {
            _queue.StopSending();
            Monitor.PulseAll(_gate);
        }

        _end.StopSending();
    }

    /// <summary>
    /// Gives up what is under way: what was not sent ends as <see cref="ChangeStatus.NotSent"/>, what was and is not answered as
    /// <see cref="ChangeStatus.Unknown"/>.
    /// </summary>
    public void Abandon()
    {
        if (_end.Abandon())
        {
            WaitFor(Awaited.Idle, GiveUpTime);
        }

        lock (_gate)
        {
            _queue.Abandon(ChangeOutcome<T>.Abandoned);
        }
    }

    /// <summary>Gives everything up.</summary>
    public void Dispose() => _end.Dispose();

    private bool Ask(Func<ChangeQueue<T>, bool> question)
    {
        lock (_gate)
        {
            return question(_queue);
        }
    }

    private bool HasCome_NeedsLock() => _awaited switch
    {
        Awaited.Next => _queue.IsNextSettled,
        Awaited.Room => _queue.IsBacklogFull ? _queue.IsNextSettled : _queue.HasMuchRoom,
        Awaited.Idle => _queue.Running == 0,
        _ => false,
    };

    private void WakeAwaiting_NeedsLock()
    {
        if (_isEnding || HasCome_NeedsLock())
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Flushes partial batches where no more changes arrive: the caller waits for outcomes, or for room that nothing under way will make. While a batch is
    /// ending, each of its members may bring the next change to its item, and these go together.
    /// </summary>
    private void FlushAwaited_NeedsLock()
    {
        if (_endingBatches == 0 && (_awaited is Awaited.Next or Awaited.Idle || (_awaited == Awaited.Room && _queue.Running == 0)))
        {
            _queue.Flush();
        }
    }

    /// <summary>Flushes a batch that changes come to slowly. One that would be full in a few more waits goes on gathering.</summary>
    /// <param name="first">The first change of a batch that has begun to gather; null for none.</param>
    private async Task FlushLaterAsync(ChangeQueue<T>.Slot? first)
    {
        for (var gathered = 0; first is not null;)
        {
            try
            {
                await first.Change.Client!.Connection.DelayAsync(GatheringTime, _end.Token.Stopping).ConfigureAwait(false);
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
                    StartReady_NeedsLock();
                    return;
                }
            }
        }
    }

    private void StartReady_NeedsLock()
    {
        while (_queue.Start() is { } ready)
        {
            _ = Task.Run(() => WorkAsync(ready));
        }
    }

    /// <summary>Applies a change or a batch, and then what is ready until nothing is.</summary>
    private async Task WorkAsync(ChangeQueue<T>.Slot? slot)
    {
        while (slot is not null)
        {
            if (slot.Members is not { } members)
            {
                await ApplyAsync(slot, null, slot).ConfigureAwait(false);
            }
            else
            {
                var batch = _path.BeginBatch(members.Count);
                await Task.WhenAll(members.Select(member => ApplyAsync(member, batch.Enter(), slot))).ConfigureAwait(false);
            }

            ChangeQueue<T>.Slot? begun;
            lock (_gate)
            {
                _endingBatches -= slot.IsEnding ? 1 : 0;
                slot = _queue.Leave();
                FlushAwaited_NeedsLock();
                slot ??= _queue.Start();
                StartReady_NeedsLock();
                begun = _queue.TakeBegun();
                WakeAwaiting_NeedsLock();
            }

            _ = FlushLaterAsync(begun);
        }
    }

    private async Task ApplyAsync(ChangeQueue<T>.Slot member, BatchPlace<T>? place, ChangeQueue<T>.Slot leader)
    {
        var outcome = await _path.ApplyAsync(member.Change, place).ConfigureAwait(false);
        var stops = Stops(outcome);
        if (stops)
        {
            StopSending();
        }

        lock (_gate)
        {
            if (leader.Members is not null && !leader.IsEnding)
            {
                leader.IsEnding = true;
                _endingBatches++;
            }

            _isEnding |= outcome.Error?.EndsRun == true;
            _queue.Settle(member, outcome);
            WakeAwaiting_NeedsLock();
        }
    }

    private bool Stops(ChangeOutcome<T> outcome) => outcome.Error is { } error && (_stopsAtError || error.EndsRun);
}
