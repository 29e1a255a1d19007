using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

/// <summary>
/// Reads a list page by page, and detects its end even when a service does not report it, or reports it wrongly. A list that changed meanwhile is read
/// again, as a page that moved up hides items; what was returned already is left out then.
/// </summary>
public sealed class PageReader<T>
    where T : ApiResource
{
    private readonly IResourceClient<T> _client;
    private readonly ListQuery _query;
    private readonly PageCursor? _again;
    private readonly HashSet<long> _returned = [];
    private ListProgress<T> _progress;
    private PageCursor? _next;
    private long _read;

    /// <summary>Starts reading.</summary>
    /// <param name="client">The client that reads pages.</param>
    /// <param name="query">The query.</param>
    /// <param name="pageSize">The number of items on a page, 1 to 1,000.</param>
    /// <param name="firstPage">The number of the page to start with, from 1.</param>
    public PageReader(IResourceClient<T> client, ListQuery query, int pageSize = ListQuery.MaxPageSize, int firstPage = 1)
        : this(client, query, new ListProgress<T>(client, query), new PageCursor(firstPage, (long)(firstPage - 1) * pageSize, pageSize))
    {
        _again = firstPage == 1 ? _next : null;
    }

    /// <summary>Continues a list that was read in part.</summary>
    internal PageReader(IResourceClient<T> client, ListQuery query, ListProgress<T> progress, PageCursor next)
    {
        _client = client;
        _query = query;
        _progress = progress;
        _next = next;
    }

    /// <summary>How many items the service has, as the last page stated; null where it does not state it.</summary>
    public long? Total { get; private set; }

    /// <summary>
    /// How many items are wanted up to the end, those before the first page included; null for all. Only for what is reported of the progress.
    /// </summary>
    public long? Wanted { get; set; }

    /// <summary>Reads the next page.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.UnexpectedResponse"/>: the list does not end, or is larger than the connection allows; <see cref="ErrorKind.Conflict"/>: it
    /// changed each time it was read.
    /// </exception>
    public async Task<Page<T>?> NextAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var page = await ReadNextAsync(observer, cancellationToken).ConfigureAwait(false);
                if (page is null)
                {
                    if (_again is null || _progress.Repeat(observer) is not { } repeated)
                    {
                        return null;
                    }

                    _returned.UnionWith(_progress.Seen);
                    (_progress, _next) = (repeated, _again);
                }
                else if (_returned.Count == 0)
                {
                    return page;
                }
                else if (page.Items.Where(item => !_returned.Contains(ListProgress<T>.HashOf(item.GetIdentity()))).ToArray() is { Length: > 0 } others)
                {
                    return page with { Items = others };
                }
            }
        }
        finally
        {
            // Cloudflare counts without filters.
            var total = _query.IsFiltered || Total is not { } stated ? null : (long?)Math.Min(stated, Wanted ?? stated);
            observer.OnRead(new ListReading(_client.Resource.Plural, Math.Min(_read, Wanted ?? _read), total, IsEnded: _next is null));
        }
    }

    private async Task<Page<T>?> ReadNextAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_next is not { } cursor)
        {
            return null;
        }

        _next = null;
        Page<T> page;
        try
        {
            page = await _client.ReadPageAsync(_query, cursor, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException refused) when (_progress.IsBeyondTotal && refused.Kind is ErrorKind.NotFound or ErrorKind.ValidationFailed)
        {
            // No page follows the last announced one, and some services answer a request for it that way.
            return null;
        }

        Total = page.Total ?? Total;
        if (!_progress.Add(page))
        {
            return null;
        }

        _read = cursor.Offset + page.Items.Count;
        _next = _progress.IsLast(page, _read) ? null : new PageCursor(cursor.Number + 1, _read, cursor.Size);
        return page;
    }
}
