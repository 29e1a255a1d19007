using System;
using System.Collections.Generic;
using AclAdmin.Client.Changes.Steps;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Runs;

/// <summary>
/// What a <see cref="ChangeRunner{T}"/> has taken and not yet given back, in the order in which it came: which changes may be carried out, which wait
/// for their turn or for an earlier change to the same item, and which have ended. Not safe for many threads: its owner locks.
/// </summary>
/// <param name="window">How many requests may be under way at once.</param>
/// <param name="batchSize">How many changes may go into one request, where the service carries them out as one.</param>
internal sealed class ChangeQueue<T>(int window, int batchSize = 1)
    where T : ApiResource
{
    /// <summary>
    /// How many outcomes may wait for a slow one before them, in windows. More would cost memory, fewer would let one slow answer stop the rest.
    /// </summary>
    private const int WindowsOfBacklog = 8;

    /// <summary>
    /// How many changes may wait for their turn. More would only cost memory; with fewer the window could run dry, or who posts would be woken for each.
    /// </summary>
    private const int MaxAhead = 64;

    private readonly Queue<Slot> _undelivered = new();
    private readonly Queue<Slot> _ready = new();
    private readonly Dictionary<string, Slot> _lastByKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly BatchGatherer<T> _gatherer = new(batchSize);
    private int _unsettled;
    private bool _stopped;
    private bool _isClosed;

    /// <summary>How many requests are under way.</summary>
    public int Running { get; private set; }

    /// <summary>Whether every outcome was taken.</summary>
    public bool IsEmpty => _undelivered.Count == 0;

    /// <summary>Whether the next outcome in order is there.</summary>
    public bool IsNextSettled => _undelivered.Count > 0 && _undelivered.Peek().Outcome is not null;

    /// <summary>Whether outcomes must be taken before there can be room.</summary>
    public bool IsBacklogFull => _undelivered.Count >= (batchSize == 1 ? (window * WindowsOfBacklog) + MaxAhead : 2 * Capacity);

    /// <summary>Whether there is room for another change.</summary>
    public bool HasRoom => !IsBacklogFull && _unsettled < Capacity;

    /// <summary>Whether there is room for half of what may wait for its turn, or for a batch.</summary>
    public bool HasMuchRoom => !IsBacklogFull && _unsettled <= Capacity - Math.Max(MaxAhead / 2, batchSize);

    /// <summary>How many changes may be under way or wait for their turn: what the window sends, and what it sends next.</summary>
    private int Capacity => Math.Max(window + MaxAhead, (window + 1) * batchSize);

    /// <summary>Takes a change.</summary>
    /// <returns>The change, where it is to be carried out now, as one that is under way; null where it has to wait, or will not be.</returns>
    public Slot? Add(Change<T> change)
    {
        var slot = new Slot(change);
        _undelivered.Enqueue(slot);
        if (_stopped || _isClosed)
        {
            slot.Outcome = ChangeOutcome<T>.NotSent(change);
            return null;
        }

        _unsettled++;
        var isFirst = !_lastByKey.TryGetValue(change.Key, out var earlier);
        _lastByKey[change.Key] = slot;
        if (!isFirst)
        {
            earlier!.Next = slot;
            return null;
        }

        MakeReady(slot);
        return Start();
    }

    /// <summary>Starts what is ready, where the window allows it.</summary>
    /// <returns>What is under way from now on; null where nothing more can be.</returns>
    public Slot? Start()
    {
        if (Running == window || _ready.Count == 0)
        {
            return null;
        }

        Running++;
        return _ready.Dequeue();
    }

    /// <summary>The first change of a batch that has begun to gather since this was last asked; null for none.</summary>
    public Slot? TakeBegun() => _gatherer.TakeBegun();

    /// <summary>Makes what has gathered ready, however little it is.</summary>
    /// <param name="first">The first change of the batch; null for every batch.</param>
    public void Flush(Slot? first = null)
    {
        foreach (var batch in _gatherer.Take(first))
        {
            _ready.Enqueue(batch);
        }
    }

    /// <summary>Whether the batch with a first change still grows fast; see <see cref="BatchGatherer{T}.IsGathering"/>.</summary>
    public bool IsGathering(Slot first, ref int gathered) => _gatherer.IsGathering(first, ref gathered);

    /// <summary>Takes a change that has ended already.</summary>
    public void AddSettled(ChangeOutcome<T> outcome) => _undelivered.Enqueue(new Slot(outcome.Change) { Outcome = outcome });

    /// <summary>Gives back the next outcome in order; null where it is not there.</summary>
    public ChangeOutcome<T>? Dequeue() => IsNextSettled ? _undelivered.Dequeue().Outcome : null;

    /// <summary>Notes how a change that was under way has ended. The next to the same item is ready then.</summary>
    public void Settle(Slot slot, ChangeOutcome<T> outcome)
    {
        // An outcome that arrives after the wait for it was given up has no effect.
        slot.Outcome ??= outcome;
        _unsettled--;
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
            MakeReady(slot.Next);
        }
    }

    /// <summary>Ends a request that was under way.</summary>
    /// <returns>What is under way in its place; null where nothing can be.</returns>
    public Slot? Leave()
    {
        Running--;
        return Start();
    }

    /// <summary>Ends what is not under way, now and later, as not sent.</summary>
    public void StopSending()
    {
        _stopped = true;
        Flush();
        while (_ready.Count > 0)
        {
            EndUnsent(_ready.Dequeue());
        }
    }

    /// <summary>Ends what comes from now on as not sent; what is there goes on.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Ends what is still under way.</summary>
    /// <param name="outcomeOf">The outcome of a change that is.</param>
    public void Abandon(Func<Change<T>, ChangeOutcome<T>> outcomeOf)
    {
        StopSending();
        foreach (var slot in _undelivered)
        {
            // Those that wait behind one that is under way to the same item were not sent.
            if (slot.Outcome is null)
            {
                slot.Outcome = outcomeOf(slot.Change);
                for (var unsent = slot.Next; unsent is not null; unsent = unsent.Next)
                {
                    unsent.Outcome ??= ChangeOutcome<T>.NotSent(unsent.Change);
                }
            }
        }
    }

    /// <summary>Whether a change can be part of a batch. A create may become an update of an existing item; an edit of list entries reads first.</summary>
    private static bool CanBatch(Change<T> change)
    {
        var needed = Write<T>.OperationOf(change.Action) | (change.Action == ChangeAction.Create ? BatchOperations.Update : BatchOperations.None);
        return change.Prepare is null && change.Client is { } client && (client.Batch & needed) == needed;
    }

    private void MakeReady(Slot slot)
    {
        if (batchSize == 1 || !CanBatch(slot.Change))
        {
            _ready.Enqueue(slot);
        }
        else if (_gatherer.Add(slot) is { } whole)
        {
            _ready.Enqueue(whole);
        }
    }

    private void EndUnsent(Slot slot)
    {
        foreach (var member in slot.Members ?? [slot])
        {
            EndChain(member);
        }
    }

    private void EndChain(Slot slot)
    {
        for (Slot? unsent = slot; unsent is not null; unsent = unsent.Next)
        {
            unsent.Outcome = ChangeOutcome<T>.NotSent(unsent.Change);
            _lastByKey.Remove(unsent.Change.Key);
            _unsettled--;
        }
    }

    /// <summary>A change and its place in the order.</summary>
    internal sealed class Slot(Change<T> change)
    {
        /// <summary>The change.</summary>
        public Change<T> Change { get; } = change;

        /// <summary>How it ended; null before.</summary>
        public ChangeOutcome<T>? Outcome { get; set; }

        /// <summary>The changes that go with it in one request, itself included; null where it goes alone.</summary>
        public IReadOnlyList<Slot>? Members { get; set; }

        /// <summary>Whether some change of the batch that this one leads has its outcome, and the batch is still under way.</summary>
        public bool IsEnding { get; set; }

        /// <summary>The next change to the same item.</summary>
        public Slot? Next { get; set; }
    }
}
