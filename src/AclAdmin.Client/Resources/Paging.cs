using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
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
public sealed record Page<T>(IReadOnlyList<T> Items, long? Total, int? Size, bool? HasMore)
{
    /// <summary>About how many bytes of memory its items take.</summary>
    internal long MemoryBytes { get; init; }
}

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

/// <summary>Reads the items that an answer lists.</summary>
internal static class ListedItems
{
    /// <summary>The items as objects. One that is none would be missing without a word, and be created again.</summary>
    /// <param name="items">The items.</param>
    /// <param name="request">The request that was answered.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="service">The service's name.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: an item is no object.</exception>
    public static JObject[] Read(JArray items, ApiRequest request, ApiResponse answer, string service)
    {
        var objects = items.OfType<JObject>().ToArray();
        return objects.Length == items.Count ? objects : throw new AclException(
            ErrorKind.UnexpectedResponse,
            FormattableString.Invariant($"{request} on {service} was answered with {answer.StatusCode} and a list of {items.Count:#,0}, ")
            + FormattableString.Invariant($"of which {items.Count - objects.Length:#,0} are no objects: what the list contains is not known."),
            $"Try again. If it happens again, report it to {service} with the request id.")
        {
            StatusCode = answer.StatusCode,
            RequestId = answer.RequestId,
            Attempts = answer.Attempts,
        };
    }
}
