using System;
using System.Threading;
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

    private readonly ChangeQueue<T> _queue;
    private readonly ChangeWorkers<T> _workers;
    private readonly CancellationTokenSource _abort;
    private readonly CancellationTokenSource _stopping;
    private readonly bool _stopsAtError;
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
        var applier = new ChangeApplier<T>(observer, journal, journal is null ? null : new SemaphoreSlim(window), _stopping.Token, _abort.Token);
        _workers = new ChangeWorkers<T>(_queue, applier, stopsAtError, _stopping);
        _abort.Token.Register(StopSending);
    }

    /// <summary>Whether another change can be posted before an outcome is taken.</summary>
    public bool HasRoom => _workers.Is(ChangeWorkers<T>.Readiness.Room);

    /// <summary>Whether every outcome was taken.</summary>
    public bool IsEmpty => _workers.Is(ChangeWorkers<T>.Readiness.Empty);

    /// <summary>Whether a change has failed in a way in which every other change would fail, so that nothing more is sent.</summary>
    public bool IsEnding => _workers.Is(ChangeWorkers<T>.Readiness.Ending);

    /// <summary>Posts a change. It is sent as soon as the window and earlier changes to the same item allow.</summary>
    public void Post(Change<T> change)
    {
        ChangeQueue<T>.Slot? now;
        ChangeQueue<T>.Slot? begun;
        using (_workers.Enter())
        {
            now = _queue.Add(change);
            begun = _queue.TakeBegun();
        }

        _workers.Start(now, begun);
    }

    /// <summary>Posts a change that is settled already, so that its outcome takes its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled)
    {
        var endsRun = settled.Error?.EndsRun == true;
        using (_workers.Enter())
        {
            _queue.AddSettled(settled);
            if (endsRun || (_stopsAtError && settled.Error is not null))
            {
                _workers.End(endsRun);
            }
        }

        if (endsRun)
        {
            _workers.KeepUnsent();
        }
    }

    /// <summary>Takes the next outcome in order, if it is available.</summary>
    public bool TryDequeue(out ChangeOutcome<T>? outcome)
    {
        outcome = null;
        if (!_workers.Is(ChangeWorkers<T>.Readiness.Next))
        {
            return false;
        }

        using (_workers.Enter())
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
        using (_workers.Enter())
        {
            if (!_queue.IsEmpty)
            {
                _workers.WaitFor(ChangeWorkers<T>.Awaited.Next, timeout);
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
        using (_workers.Enter())
        {
            _workers.WaitFor(ChangeWorkers<T>.Awaited.Room, timeout);
        }
    }

    /// <summary>Waits until nothing is under way.</summary>
    /// <returns>False when something still is.</returns>
    public bool WaitUntilIdle(TimeSpan timeout)
    {
        using (_workers.Enter())
        {
            _workers.WaitFor(ChangeWorkers<T>.Awaited.Idle, timeout);
            return _queue.Running == 0;
        }
    }

    /// <summary>Sends nothing more. What is under way goes on; what waits for its turn ends as <see cref="ChangeStatus.NotSent"/>.</summary>
    public void StopSending()
    {
        using (_workers.Enter())
        {
            _queue.Stop();
            _workers.Wake();
        }

        _workers.KeepUnsent();
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

        using (_workers.Enter())
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
}
