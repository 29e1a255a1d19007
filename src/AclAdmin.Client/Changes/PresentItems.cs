using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// What a run knows of the service's items, for all who ask: planning, the journal, edits and explanations. The first few items are read one by one, then
/// the list is read once; from then on the answers to the run's own changes keep it up to date. Safe for many threads.
/// </summary>
public sealed class PresentItems<T>
    where T : ApiResource
{
    /// <summary>After this many single reads of a list it is read as a whole, once.</summary>
    public const int MaxSingleReads = 5;

    /// <summary>How long a list that could not be read is not read again: until then, rows would only wait for the same failure.</summary>
    private static readonly TimeSpan FailureIsKept = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly ConcurrentDictionary<(IResourceClient<T> Client, string Id), T?> _latest = new();
    private readonly Dictionary<IResourceClient<T>, Reading> _lists = [];
    private readonly Dictionary<IResourceClient<T>, int> _singleReads = [];

    /// <summary>The item as it is.</summary>
    /// <param name="client">The list.</param>
    /// <param name="id">The item.</param>
    /// <param name="known">What is known of it from before the run; null where nothing is.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellation">Ends the reading at once.</param>
    /// <exception cref="AclException">It does not exist, or could not be read.</exception>
    public async Task<T> FindAsync(IResourceClient<T> client, string id, T? known, IRequestObserver observer, RequestCancellation cancellation)
    {
        if (_latest.TryGetValue((client, id.ToUpperInvariant()), out var latest))
        {
            return latest ?? await ReadOneAsync(client, id, observer, cancellation).ConfigureAwait(false);
        }

        if (known is not null)
        {
            return known;
        }

        if (GetList(client, observer, cancellation) is { } reading && (await reading.ConfigureAwait(false)).TryGetValue(id, out var item))
        {
            return item;
        }

        // An item that is not in the list may have been created since.
        return await ReadOneAsync(client, id, observer, cancellation).ConfigureAwait(false);
    }

    /// <summary>Every item of the list as it was when the run first read it, by id.</summary>
    /// <exception cref="AclException">The list could not be read.</exception>
    public Task<Dictionary<string, T>> ReadAllAsync(IResourceClient<T> client, IRequestObserver observer, RequestCancellation cancellation)
    {
        lock (_gate)
        {
            return ReadAll_NeedsLock(client, observer, cancellation);
        }
    }

    /// <summary>Records the item as a change left it.</summary>
    /// <param name="client">The list.</param>
    /// <param name="id">The item.</param>
    /// <param name="item">The item afterwards; null where it is not known, so that it is read again.</param>
    public void Note(IResourceClient<T> client, string id, T? item) => _latest[(client, id.ToUpperInvariant())] = item;

    private async Task<T> ReadOneAsync(IResourceClient<T> client, string id, IRequestObserver observer, RequestCancellation cancellation)
    {
        var item = await client.GetAsync(id, observer, cancellation).ConfigureAwait(false);
        Note(client, id, item);
        return item;
    }

    /// <summary>The list, where it was read or reading it as a whole pays.</summary>
    private Task<Dictionary<string, T>>? GetList(IResourceClient<T> client, IRequestObserver observer, RequestCancellation cancellation)
    {
        lock (_gate)
        {
            _singleReads.TryGetValue(client, out var reads);
            if (reads >= MaxSingleReads || (_lists.TryGetValue(client, out var reading) && !reading.HasFailed))
            {
                return ReadAll_NeedsLock(client, observer, cancellation);
            }

            _singleReads[client] = reads + 1;
            return null;
        }
    }

    private Task<Dictionary<string, T>> ReadAll_NeedsLock(IResourceClient<T> client, IRequestObserver observer, RequestCancellation cancellation)
    {
        var clock = client.Connection.Clock;
        if (!_lists.TryGetValue(client, out var reading) || (reading.HasFailed && clock.Elapsed - reading.Begun >= FailureIsKept))
        {
            _lists[client] = reading = new Reading(Snapshot.ReadAsync(client, observer, cancellation.Aborting), clock.Elapsed);
        }

        return reading.Items;
    }

    private sealed record Reading(Task<Dictionary<string, T>> Items, TimeSpan Begun)
    {
        public bool HasFailed => Items.IsFaulted || Items.IsCanceled;
    }
}
