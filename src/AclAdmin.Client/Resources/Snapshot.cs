using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

/// <summary>
/// Reads a whole list, by id. The pages that the service announces are read several at a time; then one after another until a page is short
/// or empty, as the announcement is advice and the pages decide. A list that changed meanwhile is read again, as a page that moved up hides items.
/// </summary>
public static class Snapshot
{
    private const int PagesAtOnce = 4;

    /// <summary>Reads everything.</summary>
    /// <returns>Each item by its id.</returns>
    /// <exception cref="AclException">
    /// A page could not be read; the list does not end, or is larger than the connection allows; or it changed each time it was read.
    /// </exception>
    public static Task<Dictionary<string, T>> ReadAsync<T>(IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource => ReadAsync(client, new ListQuery(), observer, cancellationToken);

    /// <summary>Reads the whole list, with a query that excludes nothing.</summary>
    internal static async Task<Dictionary<string, T>> ReadAsync<T>(
        IResourceClient<T> client, ListQuery query, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var byId = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        try
        {
            for (var progress = new ListProgress<T>(client, query); progress is not null; progress = progress.Repeat(observer))
            {
                byId.Clear();
                await ReadPagesAsync(client, query, progress, byId, observer, cancellationToken).ConfigureAwait(false);
            }

            return byId;
        }
        finally
        {
            observer.OnRead(new ListReading(client.Resource.Plural, byId.Count, null, IsEnded: true));
        }
    }

    private static async Task ReadPagesAsync<T>(
        IResourceClient<T> client, ListQuery query, ListProgress<T> progress, Dictionary<string, T> byId, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var reader = new PageReader<T>(client, query, progress, new PageCursor(1, 0, ListQuery.MaxPageSize));
        var first = await reader.NextAsync(observer, cancellationToken).ConfigureAwait(false);
        if (first is null)
        {
            return;
        }

        Add(byId, first);
        if (first is { Total: { } total, Size: { } size } && first.Items.Count == size && total > size)
        {
            var announced = Math.Min((total - 1) / size, ListProgress<T>.MaxPages) + 1;
            var next = await ReadAnnouncedAsync(client, query, progress, size, (int)announced, byId, observer, cancellationToken).ConfigureAwait(false);
            if (next is null)
            {
                return;
            }

            reader = new PageReader<T>(client, query, progress, next);
        }

        while (await reader.NextAsync(observer, cancellationToken).ConfigureAwait(false) is { } page)
        {
            Add(byId, page);
        }
    }

    /// <summary>Reads the pages after the first, as far as they are announced.</summary>
    /// <returns>The next position; null where the list has ended.</returns>
    private static async Task<PageCursor?> ReadAnnouncedAsync<T>(
        IResourceClient<T> client,
        ListQuery query,
        ListProgress<T> progress,
        int size,
        int announced,
        Dictionary<string, T> byId,
        IRequestObserver observer,
        CancellationToken cancellationToken)
        where T : ApiResource
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<Task<Page<T>>>();
        var requested = 1;
        Page<T>? last = null;
        try
        {
            for (var number = 2; number <= announced; number++)
            {
                while (requested < announced && waiting.Count < PagesAtOnce)
                {
                    requested++;
                    waiting.Enqueue(client.ReadPageAsync(query, new PageCursor(requested, (long)(requested - 1) * size, size), observer, ended.Token));
                }

                last = await waiting.Dequeue().ConfigureAwait(false);
                if (!progress.Add(last))
                {
                    return null;
                }

                Add(byId, last);
                observer.OnRead(new ListReading(client.Resource.Plural, byId.Count, query.IsFiltered ? null : last.Total));
            }
        }
        finally
        {
            // Where the list has ended sooner than announced, or cannot be read, the requests for later pages are abandoned.
            ended.Cancel();
        }

        var read = (long)announced * size;
        return progress.IsLast(last!, read - size + last!.Items.Count) ? null : new PageCursor(announced + 1, read, size);
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
