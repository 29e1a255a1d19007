using System;
using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// What a <see cref="ChangeRunner{T}"/> has taken and not yet given back, in the order in which it came: which changes may be carried out, which wait
/// for their turn or for an earlier change to the same thing, and which have ended. Not safe for many threads: its owner locks.
/// </summary>
/// <param name="window">How many changes may be under way at once.</param>
internal sealed class ChangeQueue<T>(int window)
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
    private int _unsettled;
    private bool _stopped;
    private bool _isClosed;

    /// <summary>How many changes are under way.</summary>
    public int Running { get; private set; }

    /// <summary>Whether everything was taken.</summary>
    public bool IsEmpty => _undelivered.Count == 0;

    /// <summary>Whether the next outcome in order is there.</summary>
    public bool IsNextSettled => _undelivered.Count > 0 && _undelivered.Peek().Outcome is not null;

    /// <summary>Whether outcomes must be taken before there can be room.</summary>
    public bool IsBacklogFull => _undelivered.Count >= (window * WindowsOfBacklog) + MaxAhead;

    /// <summary>Whether there is room for another change.</summary>
    public bool HasRoom => !IsBacklogFull && _unsettled < window + MaxAhead;

    /// <summary>Whether there is room for half of what may wait for its turn.</summary>
    public bool HasMuchRoom => !IsBacklogFull && _unsettled <= window + (MaxAhead / 2);

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

        if (Running == window)
        {
            _ready.Enqueue(slot);
            return null;
        }

        Running++;
        return slot;
    }

    /// <summary>Takes a change that has ended already.</summary>
    public void AddSettled(ChangeOutcome<T> outcome) => _undelivered.Enqueue(new Slot(outcome.Change) { Outcome = outcome });

    /// <summary>Gives back the next outcome in order; null where it is not there.</summary>
    public ChangeOutcome<T>? Dequeue() => IsNextSettled ? _undelivered.Dequeue().Outcome : null;

    /// <summary>Notes how a change that was under way has ended.</summary>
    /// <returns>The change that is under way in its place; null where none can be.</returns>
    public Slot? Settle(Slot slot, ChangeOutcome<T> outcome)
    {
        // An outcome that came too late for the one who waited for it changes nothing any more.
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
            _ready.Enqueue(slot.Next);
        }

        if (_ready.Count > 0)
        {
            return _ready.Dequeue();
        }

        Running--;
        return null;
    }

    /// <summary>Ends what is not under way, now and later, as not sent.</summary>
    public void Stop()
    {
        _stopped = true;
        while (_ready.Count > 0)
        {
            EndUnsent(_ready.Dequeue());
        }
    }

    /// <summary>Ends what comes from now on as not sent; what is there goes on.</summary>
    public void StopAdding() => _isClosed = true;

    /// <summary>Ends what is still under way.</summary>
    /// <param name="outcomeOf">The outcome of a change that is.</param>
    public void Abandon(Func<Change<T>, ChangeOutcome<T>> outcomeOf)
    {
        Stop();
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

    private void EndUnsent(Slot slot)
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

        /// <summary>The next change to the same thing.</summary>
        public Slot? Next { get; set; }
    }
}
