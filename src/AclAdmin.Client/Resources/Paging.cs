using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>The query of a list.</summary>
public sealed class ListQuery
{
    /// <summary>The most items a page may have, on both services.</summary>
    public const int MaxPageSize = 1000;

    private readonly List<KeyValuePair<string, string>> _parameters = [];

    /// <summary>Whether the list holds fewer items than there are, so that a total does not mark its end.</summary>
    public bool IsFiltered { get; private set; }

    /// <summary>Whether the items come newest first, so that a page of known items ends a search for new ones.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>The query parameters besides those of paging.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>Adds a parameter that excludes items; a null value adds none.</summary>
    public ListQuery Filter(string name, string? value)
    {
        IsFiltered |= value is not null;
        return Sort(name, value);
    }

    /// <summary>Adds a parameter that only changes the order; a null value adds none.</summary>
    public ListQuery Sort(string name, string? value)
    {
        if (value is not null)
        {
            _parameters.Add(new KeyValuePair<string, string>(name, value));
        }

        return this;
    }

    /// <summary>Appends the parameters to a path.</summary>
    internal RequestPath AppendTo(RequestPath path) => _parameters.Aggregate(path, (built, parameter) => built.Query(parameter.Key, parameter.Value));
}

/// <summary>The position of a page in its list.</summary>
/// <param name="Number">The page's number, from 1, counted in pages of <paramref name="Size"/>.</param>
/// <param name="Offset">How many items precede it.</param>
/// <param name="Size">How many items are requested.</param>
public sealed record PageCursor(int Number, long Offset, int Size);

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the service's order.</param>
/// <param name="Total">How many items the service has; null where it does not report it. Cloudflare counts without filters.</param>
/// <param name="Size">How many items the service puts on a page, which may be fewer than requested; null where it does not report it.</param>
/// <param name="HasMore">Whether more follow; null where the service does not report it.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Total, int? Size, bool? HasMore);

/// <summary>Reads the numbers that come with a page. They are advice: the pages themselves decide, so a number that cannot be true counts as none.</summary>
internal static class PageNumbers
{
    /// <summary>More items than any of these lists has.</summary>
    private const long LargestTotal = 100_000_000;

    /// <summary>How many items the service has; null where it reports none, or a false one.</summary>
    public static long? ReadTotal(JToken? token) => Read(token, 0, LargestTotal);

    /// <summary>How many items a page has; null where the service reports none, or a false one.</summary>
    public static int? ReadSize(JToken? token) => (int?)Read(token, 1, ListQuery.MaxPageSize);

    private static long? Read(JToken? token, long least, long most) => token is JValue { Value: var value } && value switch
    {
        long whole => (decimal)whole,
        decimal number => number,
        _ => (decimal?)null,
    } is { } read && read >= least && read <= most ? (long)read : null;
}

/// <summary>Reads a list page by page, and detects its end even when a service does not report it, or reports it wrongly.</summary>
public sealed class PageReader<T>
    where T : ApiResource
{
    private readonly IResourceClient<T> _client;
    private readonly ListQuery _query;
    private readonly ListProgress<T> _progress;
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
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: the list does not end.</exception>
    public async Task<Page<T>?> NextAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadNextAsync(observer, cancellationToken).ConfigureAwait(false);
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

/// <summary>The part of a list that was read so far, and whether there can be more. The pages decide: the number that a service reports is advice.</summary>
/// <param name="client">The client that reads pages.</param>
/// <param name="query">The query.</param>
internal sealed class ListProgress<T>(IResourceClient<T> client, ListQuery query)
    where T : ApiResource
{
    /// <summary>More items than any of these lists has.</summary>
    public const int MaxItems = 1_000_000;

    /// <summary>More pages than any of these lists has, in case a service puts fewer items on a page than requested.</summary>
    public const int MaxPages = 10_000;

    private readonly HashSet<long> _seen = [];
    private int _pages;
    private int _largestPage;

    /// <summary>Whether everything was read that the service has announced, so that later pages are only a check.</summary>
    public bool IsBeyondTotal { get; private set; }

    /// <summary>Adds a page.</summary>
    /// <returns>
    /// False where it is empty, or has only items of the pages before: some of the services' endpoints repeat the last page for every later number,
    /// and the list has ended.
    /// </returns>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: the list does not end.</exception>
    public bool Add(Page<T> page)
    {
        var before = _seen.Count;
        foreach (var item in page.Items)
        {
            _seen.Add(HashOf(item.GetIdentity()));
        }

        _largestPage = Math.Max(_largestPage, page.Items.Count);
        if (_seen.Count == before)
        {
            return false;
        }

        if (_seen.Count > MaxItems || ++_pages > MaxPages)
        {
            throw new AclException(
                ErrorKind.UnexpectedResponse,
                FormattableString.Invariant($"The list of {client.Resource.Plural} on {client.Connection.Service.Name} does not end: ")
                + FormattableString.Invariant($"{_pages:#,0} pages with {_seen.Count:#,0} different items were read, and more than {MaxPages:#,0} pages ")
                + FormattableString.Invariant($"or {MaxItems:#,0} items are not read."),
                "Use a filter, or report it to the service.");
        }

        return true;
    }

    /// <summary>Whether no page can follow a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="read">How many items there are up to its end.</param>
    public bool IsLast(Page<T> page, long read)
    {
        var total = query.IsFiltered ? null : page.Total;
        IsBeyondTotal = read >= total && page.HasMore != true;
        if (page.HasMore is { } more)
        {
            return !more;
        }

        // A full page is followed by another request, even where it completes the total: a total that is too small would hide the rest. A page is short
        // by the service's own size, as it may return fewer items than requested, and not while the service announces more. Without such a size it is
        // short where an earlier page had more items and the total is complete.
        var size = page.Size ?? (read >= total ? _largestPage : 0);
        return page.Items.Count < size && !(total > read);
    }

    /// <summary>A fingerprint (FNV-1a) of an id, whatever its case. The ids themselves would keep a long list in memory.</summary>
    private static long HashOf(string id)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var character in id)
        {
            hash = unchecked((hash ^ char.ToUpperInvariant(character)) * 0x100000001B3UL);
        }

        return unchecked((long)hash);
    }
}
