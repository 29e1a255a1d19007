using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The items of a run as they are before each change: the first few are read one by one, then the list is read once; from then on the answers to the
/// run's own changes keep it up to date. Safe for many threads.
/// </summary>
internal sealed class ItemStates<T>
    where T : ApiResource
{
    /// <summary>After this many single reads the whole list is read, once.</summary>
    private const int MaxSingleReads = 3;

    private readonly object _gate = new();
    private readonly ConcurrentDictionary<(IResourceClient<T> Client, string Id), T?> _latest = new();
    private readonly Dictionary<IResourceClient<T>, Task<Dictionary<string, T>>> _lists = [];
    private readonly Dictionary<IResourceClient<T>, int> _singleReads = [];

    /// <summary>The item as it is.</summary>
    /// <param name="client">The list.</param>
    /// <param name="id">The item.</param>
    /// <param name="known">What is known of it from before the run; null where nothing is.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="AclException">It does not exist, or could not be read.</exception>
    public async Task<T> FindAsync(IResourceClient<T> client, string id, T? known, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_latest.TryGetValue(KeyOf(client, id), out var latest))
        {
            return latest ?? await client.GetAsync(id, observer, cancellationToken).ConfigureAwait(false);
        }

        if (known is not null)
        {
            return known;
        }

        if (GetList(client, observer, cancellationToken) is { } reading)
        {
            var list = await reading.ConfigureAwait(false);
            if (list.TryGetValue(id, out var item))
            {
                return item;
            }
        }

        // An item that is not in the list may have been created since.
        return await client.GetAsync(id, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records the item as a change left it.</summary>
    /// <param name="client">The list.</param>
    /// <param name="id">The item.</param>
    /// <param name="item">The item afterwards; null where it is not known, so that it is read again.</param>
    public void Note(IResourceClient<T> client, string id, T? item) => _latest[KeyOf(client, id)] = item;

    private static (IResourceClient<T> Client, string Id) KeyOf(IResourceClient<T> client, string id) => (client, id.ToUpperInvariant());

    /// <summary>The list, where reading it as a whole pays.</summary>
    private Task<Dictionary<string, T>>? GetList(IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_lists.TryGetValue(client, out var list) && !list.IsFaulted && !list.IsCanceled)
            {
                return list;
            }

            _singleReads.TryGetValue(client, out var reads);
            _singleReads[client] = reads + 1;
            return reads < MaxSingleReads ? null : _lists[client] = Snapshot.ReadAsync(client, observer, cancellationToken);
        }
    }
}
