using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Runs;

/// <summary>Gathers the changes to each list that can go into one request. Not safe for many threads: its owner locks.</summary>
/// <param name="size">How many changes make a full batch.</param>
internal sealed class BatchGatherer<T>(int size)
    where T : ApiResource
{
    private const int LooksUntilWhole = 8;

    private readonly Dictionary<IResourceClient<T>, List<ChangeQueue<T>.Slot>> _gathered = [];
    private ChangeQueue<T>.Slot? _begun;

    /// <summary>Adds a change.</summary>
    /// <returns>The first change of a batch that is full now; null where there is none.</returns>
    public ChangeQueue<T>.Slot? Add(ChangeQueue<T>.Slot slot)
    {
        var client = slot.Change.Client!;
        if (!_gathered.TryGetValue(client, out var batch))
        {
            _gathered[client] = batch = [];
            _begun = slot;
        }

        batch.Add(slot);
        return batch.Count < size ? null : Take(client, batch);
    }

    /// <summary>The first change of the batch that has begun last, once.</summary>
    public ChangeQueue<T>.Slot? TakeBegun()
    {
        var begun = _begun;
        _begun = null;
        return begun;
    }

    /// <summary>
    /// Whether a batch still grows so fast that it will soon be full: by an eighth of its size since the last check, so that it is checked eight times at most.
    /// On a busy machine half a second is not enough for a thousand rows, although none of them is late.
    /// </summary>
    /// <param name="first">The first change of the batch.</param>
    /// <param name="gathered">How many changes it had at the last check; on return, how many it has.</param>
    public bool IsGathering(ChangeQueue<T>.Slot first, ref int gathered)
    {
        var count = _gathered.TryGetValue(first.Change.Client!, out var batch) && batch[0] == first ? batch.Count : 0;
        var gained = count - gathered;
        gathered = count;
        return gained >= Math.Max(2, size / LooksUntilWhole);
    }

    /// <summary>Takes what has gathered.</summary>
    /// <param name="first">The first change of the batch; null for every batch.</param>
    /// <returns>The first change of each batch.</returns>
    public IReadOnlyList<ChangeQueue<T>.Slot> Take(ChangeQueue<T>.Slot? first) => _gathered.Count == 0
        ? []
        : [.. _gathered.Where(pair => first is null || pair.Value[0] == first).ToArray().Select(pair => Take(pair.Key, pair.Value))];

    private ChangeQueue<T>.Slot Take(IResourceClient<T> client, List<ChangeQueue<T>.Slot> batch)
    {
        _gathered.Remove(client);
        _begun = batch[0] == _begun ? null : _begun;
        if (batch.Count > 1)
        {
            batch[0].Members = batch;
        }

        return batch[0];
    }
}
