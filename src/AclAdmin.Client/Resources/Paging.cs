using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>What a list is asked for.</summary>
public sealed class ListQuery
{
    /// <summary>The most items a page may have, on both services.</summary>
    public const int MaxPageSize = 1000;

    private readonly List<KeyValuePair<string, string>> _parameters = [];

    /// <summary>Whether the list holds fewer items than there are, so that a total cannot tell its end.</summary>
    public bool IsFiltered { get; private set; }

    /// <summary>Whether the items come newest first, so that a page of known items ends a search for new ones.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>The query parameters besides those of paging.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>Adds a parameter that leaves items out; a null value adds none.</summary>
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

    /// <summary>Puts the parameters behind a path.</summary>
    internal RequestPath AppendTo(RequestPath path) => _parameters.Aggregate(path, (built, parameter) => built.Query(parameter.Key, parameter.Value));
}

/// <summary>Where a page stands in its list.</summary>
/// <param name="Number">The page's number, from 1, counted in pages of <paramref name="Size"/>.</param>
/// <param name="Offset">How many items stand before it.</param>
/// <param name="Size">How many items are asked for.</param>
public sealed record PageCursor(int Number, long Offset, int Size);

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the service's order.</param>
/// <param name="Total">How many items the service has; null where it does not say. Cloudflare counts without filters.</param>
/// <param name="Size">How many items the service puts on a page, which may be fewer than asked for; null where it does not say.</param>
/// <param name="HasMore">Whether more follow; null where the service does not say.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Total, int? Size, bool? HasMore);

/// <summary>Reads the numbers that come with a page. They are advice: the pages themselves decide, so a number that cannot be true counts as none.</summary>
internal static class PageNumbers
{
    /// <summary>More items than any of these lists has.</summary>
    private const long LargestTotal = 100_000_000;

    /// <summary>How many items the service has; null where it does not state that, or not truly.</summary>
    public static long? ReadTotal(JToken? token) => Read(token, 0, LargestTotal);

    /// <summary>How many items a page has; null where the service does not state that, or not truly.</summary>
    public static int? ReadSize(JToken? token) => (int?)Read(token, 1, ListQuery.MaxPageSize);

    private static long? Read(JToken? token, long least, long most) => token is JValue { Value: var value } && value switch
    {
        long whole => (decimal)whole,
        decimal number => number,
        _ => (decimal?)null,
    } is { } read && read >= least && read <= most ? (long)read : null;
}

/// <summary>Reads a list page by page, and knows where it ends even when a service does not say so.</summary>
public sealed class PageReader<T>
    where T : ApiResource
{
    private readonly IResourceClient<T> _client;
    private readonly ListQuery _query;
    private PageCursor? _next;
    private string[] _lastIds = [];

    /// <summary>Starts reading.</summary>
    /// <param name="client">The client that reads pages.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="pageSize">How many items a page is to have, 1 to 1,000.</param>
    /// <param name="firstPage">The number of the page to start with, from 1.</param>
    public PageReader(IResourceClient<T> client, ListQuery query, int pageSize = ListQuery.MaxPageSize, int firstPage = 1)
    {
        _client = client;
        _query = query;
        _next = new PageCursor(firstPage, (long)(firstPage - 1) * pageSize, pageSize);
    }

    /// <summary>How many items the service has, as the last page said; null where it does not say.</summary>
    public long? Total { get; private set; }

    /// <summary>Reads the next page.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<Page<T>?> NextAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_next is not { } cursor)
        {
            return null;
        }

        var page = await _client.ReadPageAsync(_query, cursor, observer, cancellationToken).ConfigureAwait(false);
        Total = page.Total ?? Total;
        var ids = page.Items.Select(item => item.GetIdentity()).ToArray();

        // Some of the services' endpoints show the last page again for every number behind it.
        if (ids.Length == 0 || ids.SequenceEqual(_lastIds))
        {
            _next = null;
            return null;
        }

        _lastIds = ids;
        var read = cursor.Offset + ids.Length;
        _next = IsLast(page, read) ? null : new PageCursor(cursor.Number + 1, read, cursor.Size);
        return page;
    }

    private bool IsLast(Page<T> page, long read)
    {
        if (page.HasMore is { } more)
        {
            return !more;
        }

        // Without the service's own page size a short page says nothing: it may give fewer items than asked for.
        return page.Items.Count < page.Size || (!_query.IsFiltered && page.Total is { } total && read >= total);
    }
}
