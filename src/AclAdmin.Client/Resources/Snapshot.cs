using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

/// <summary>Reads everything there is of a kind, by id, in as few requests as there are pages and several of them at a time.</summary>
public static class Snapshot
{
    private const int PagesAtOnce = 4;

    /// <summary>Reads everything.</summary>
    /// <returns>Each thing by its id.</returns>
    /// <exception cref="AclException">A page could not be read.</exception>
    public static async Task<Dictionary<string, T>> ReadAsync<T>(IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var query = new ListQuery();
        var reader = new PageReader<T>(client, query);
        var byId = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        var first = await reader.NextAsync(observer, cancellationToken).ConfigureAwait(false);
        if (first is null)
        {
            return byId;
        }

        Add(byId, first);
        if (first is { Total: { } total, Size: { } size } && first.Items.Count == size)
        {
            var cursors = Enumerable.Range(2, (int)((total - 1) / size)).Select(number => new PageCursor(number, (long)(number - 1) * size, size));
            await ReadPagesAsync(client, query, cursors, byId, observer, cancellationToken).ConfigureAwait(false);
            return byId;
        }

        // The service does not say how many there are: one page after another.
        while (await reader.NextAsync(observer, cancellationToken).ConfigureAwait(false) is { } page)
        {
            Add(byId, page);
        }

        return byId;
    }

    private static async Task ReadPagesAsync<T>(
        IResourceClient<T> client,
        ListQuery query,
        IEnumerable<PageCursor> cursors,
        Dictionary<string, T> byId,
        IRequestObserver observer,
        CancellationToken cancellationToken)
        where T : ApiResource
    {
        var waiting = new Queue<Task<Page<T>>>();
        foreach (var cursor in cursors)
        {
            if (waiting.Count == PagesAtOnce)
            {
                Add(byId, await waiting.Dequeue().ConfigureAwait(false));
            }

            waiting.Enqueue(client.ReadPageAsync(query, cursor, observer, cancellationToken));
        }

        while (waiting.Count > 0)
        {
            Add(byId, await waiting.Dequeue().ConfigureAwait(false));
        }
    }

    private static void Add<T>(Dictionary<string, T> byId, Page<T> page)
        where T : ApiResource
    {
        foreach (var item in page.Items)
        {
            byId[item.GetIdentity()] = item;
        }
    }
}
