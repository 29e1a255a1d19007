using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;

namespace AclAdmin.Client.Http;

/// <summary>
/// What an answer's <c>Ratelimit</c> and <c>Ratelimit-Policy</c> headers say, such as <c>"default";r=50;t=30</c> and <c>"burst";q=100;w=60</c>
/// (documented by Cloudflare since September 2025).
/// </summary>
/// <param name="remaining">Requests left in the window.</param>
/// <param name="untilReset">Time until the window ends, in whole seconds.</param>
/// <param name="quota">Requests in a whole window; null where the policy header is missing.</param>
public sealed class RateLimitHeaders(int remaining, TimeSpan untilReset, int? quota)
{
    /// <summary>Requests left in the window.</summary>
    public int Remaining { get; } = remaining;

    /// <summary>Time until the window ends.</summary>
    public TimeSpan UntilReset { get; } = untilReset;

    /// <summary>Requests in a whole window; null where not told.</summary>
    public int? Quota { get; } = quota;

    /// <summary>Reads the headers of an answer.</summary>
    /// <returns>Null where they are missing or cannot be read; of several limits, the one that leaves least.</returns>
    public static RateLimitHeaders? Read(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Ratelimit", out var limits))
        {
            return null;
        }

        Item? tightest = null;
        foreach (var item in ItemsOf(limits))
        {
            if (item.Parameter('r') is { } left && item.Parameter('t') is not null && (tightest is not { } other || left < other.Parameter('r')))
            {
                tightest = item;
            }
        }

        return tightest is { } limit
            ? new RateLimitHeaders(limit.Parameter('r')!.Value, TimeSpan.FromSeconds(limit.Parameter('t')!.Value), FindQuota(headers, limit))
            : null;
    }

    /// <summary>The quota of the policy that a limit names, or of the only one there is.</summary>
    private static int? FindQuota(HttpResponseHeaders headers, Item limit)
    {
        if (!headers.TryGetValues("Ratelimit-Policy", out var values))
        {
            return null;
        }

        var count = 0;
        Item last = default;
        foreach (var policy in ItemsOf(values))
        {
            if (policy.HasNameOf(limit))
            {
                return policy.Parameter('q');
            }

            count++;
            last = policy;
        }

        return count == 1 ? last.Parameter('q') : null;
    }

    private static IEnumerable<Item> ItemsOf(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            for (var start = 0; start <= value.Length;)
            {
                var comma = value.IndexOf(',', start);
                var end = comma < 0 ? value.Length : comma;
                yield return new Item(value, start, end);
                start = end + 1;
            }
        }
    }

    /// <summary>One item of a header, where it stands: every answer has some, so none is copied out.</summary>
    private readonly struct Item(string header, int start, int end)
    {
        /// <summary>Whether two items have the same name, with or without quotes.</summary>
        public bool HasNameOf(Item other)
        {
            var (from, length) = Name();
            var (otherFrom, otherLength) = other.Name();
            return length == otherLength && string.CompareOrdinal(Header, from, other.Header, otherFrom, length) == 0;
        }

        /// <summary>A parameter with a name of one letter; null where it is missing or no whole number.</summary>
        public int? Parameter(char name)
        {
            int? found = null;
            for (var semicolon = Header.IndexOf(';', start, end - start); semicolon >= 0;)
            {
                var from = semicolon + 1;
                semicolon = Header.IndexOf(';', from, end - from);
                var (at, length) = Trim(from, semicolon < 0 ? end : semicolon);
                if (length > 2 && Header[at] == name && Header[at + 1] == '=')
                {
                    found = ReadNumber(at + 2, length - 2) ?? found;
                }
            }

            return found;
        }

        private string Header { get; } = header;

        private int? ReadNumber(int at, int length) =>
            int.TryParse(Header.Substring(at, length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        private (int From, int Length) Name()
        {
            var semicolon = Header.IndexOf(';', start, end - start);
            var (from, length) = Trim(start, semicolon < 0 ? end : semicolon);
            while (length > 0 && Header[from] == '"')
            {
                from++;
                length--;
            }

            while (length > 0 && Header[from + length - 1] == '"')
            {
                length--;
            }

            return (from, length);
        }

        private (int From, int Length) Trim(int from, int to)
        {
            while (from < to && char.IsWhiteSpace(Header[from]))
            {
                from++;
            }

            while (to > from && char.IsWhiteSpace(Header[to - 1]))
            {
                to--;
            }

            return (from, to - from);
        }
    }
}
