using System;
using System.Collections.Generic;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

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

    /// <summary>How often a list is read that changes while it is read.</summary>
    private const int MaxReads = 4;

    private readonly HashSet<long> _seen = [];
    private int _pages;
    private int _largestPage;
    private int _earlierReads;
    private long? _earlier;
    private long _fingerprint;
    private long _memory;
    private long? _total;
    private bool _moreIsAnnounced;
    private string? _change;

    /// <summary>Fingerprints of the ids of all items.</summary>
    public IEnumerable<long> Seen => _seen;

    /// <summary>Whether everything was read that the service has announced, so that later pages are only a check.</summary>
    public bool IsBeyondTotal { get; private set; }

    /// <summary>Adds a page.</summary>
    /// <returns>
    /// False where it is empty, or has only items of the pages before: some of the services' endpoints repeat the last page for every later number,
    /// and the list has ended.
    /// </returns>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.UnexpectedResponse"/>: the list does not end, is larger than the connection allows, or has an item without an id.
    /// </exception>
    public bool Add(Page<T> page)
    {
        var before = _seen.Count;
        Note(page.Total ?? -1);
        foreach (var item in page.Items)
        {
            var id = item.GetIdentity();
            if (id.Length == 0)
            {
                throw Unusable("has an item without an id", "Try again. If it happens again, report it to the service.");
            }

            _seen.Add(HashOf(id));
            Note(HashOf(id));
        }

        FindChange(page, _seen.Count - before);
        _largestPage = Math.Max(_largestPage, page.Items.Count);
        if (_seen.Count == before)
        {
            return false;
        }

        var most = client.Connection.MaxReadBytes;
        if ((_memory += page.MemoryBytes) > most)
        {
            throw Unusable(
                FormattableString.Invariant($"takes more than the {most / (1024 * 1024):#,0} MB of memory that the connection allows for reading one: it was read up to item {_seen.Count:#,0}"),
                "Use a filter, or connect with a larger -MaxReadMegabytes where the list is known to be that large.");
        }

        if (_seen.Count > MaxItems || ++_pages > MaxPages)
        {
            throw Unusable(
                FormattableString.Invariant($"does not end: {_pages:#,0} pages with {_seen.Count:#,0} different items were read, ")
                + FormattableString.Invariant($"and more than {MaxPages:#,0} pages or {MaxItems:#,0} items are not read"),
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

    /// <summary>Begins another read where the list changed during this one, and an earlier one did not show the same.</summary>
    /// <returns>Null where this read is good.</returns>
    /// <exception cref="AclException"><see cref="ErrorKind.Conflict"/>: the list changed each time it was read.</exception>
    public ListProgress<T>? Repeat(IRequestObserver observer)
    {
        // Two reads with the same pages show that only the service's numbers are odd.
        if (_change is null || _earlier == _fingerprint)
        {
            return null;
        }

        var list = $"The list of {client.Resource.Plural} on {client.Connection.Service.Name}";
        if (_earlierReads + 1 >= MaxReads)
        {
            throw new AclException(
                ErrorKind.Conflict,
                $"{list} changed while it was read, {MaxReads} times in a row: {_change}.",
                "Something else is changing it now. Run the command again when that has ended.");
        }

        observer.OnNote($"{list} changed while it was read: {_change}. Reading it again.");
        return new ListProgress<T>(client, query) { _earlierReads = _earlierReads + 1, _earlier = _fingerprint };
    }

    /// <summary>Finds what cannot be while a list stays as it is: items that moved to another page, a total that changes, or pages that are gone.</summary>
    private void FindChange(Page<T> page, int added)
    {
        if (_total is { } total && page.Total is { } now && now != total)
        {
            _change = FormattableString.Invariant($"its total went from {total:#,0} to {now:#,0}");
        }
        else if (_moreIsAnnounced && page.Items.Count == 0)
        {
            _change = "items that were announced are gone";
        }
        else if (added > 0 && added < page.Items.Count)
        {
            _change = "items moved from one page to another";
        }

        _total = page.Total ?? _total;
        _moreIsAnnounced = page.HasMore == true;
    }

    private AclException Unusable(string what, string advice) =>
        new(ErrorKind.UnexpectedResponse, $"The list of {client.Resource.Plural} on {client.Connection.Service.Name} {what}.", advice);

    private void Note(long number) => _fingerprint = unchecked((_fingerprint ^ number) * 0x100000001B3L);

    /// <summary>A fingerprint (FNV-1a) of an id, whatever its case. The ids themselves would keep a long list in memory.</summary>
    public static long HashOf(string id)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var character in id)
        {
            hash = unchecked((hash ^ char.ToUpperInvariant(character)) * 0x100000001B3UL);
        }

        return unchecked((long)hash);
    }
}
