using System;
using System.Collections.Generic;
using System.Net.Http.Headers;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>
/// What an answer's <c>Ratelimit</c> and <c>Ratelimit-Policy</c> headers report, such as <c>"default";r=50;t=30</c> and <c>"burst";q=100;w=60</c>
/// (documented by Cloudflare since September 2025).
/// </summary>
/// <param name="remaining">Requests left in the window.</param>
/// <param name="untilReset">Time until the window ends, in whole seconds.</param>
/// <param name="quota">Requests in a whole window; null where the policy header is missing.</param>
/// <param name="window">The length of a whole window; null where it is not reported.</param>
public sealed class RateLimitHeaders(int remaining, TimeSpan untilReset, int? quota, TimeSpan? window = null)
{
    /// <summary>Requests left in the window.</summary>
    public int Remaining { get; } = remaining;

    /// <summary>Time until the window ends.</summary>
    public TimeSpan UntilReset { get; } = untilReset;

    /// <summary>Requests in a whole window; null where not reported.</summary>
    public int? Quota { get; } = quota;

    /// <summary>The limit of whole windows; null where not reported.</summary>
    public PacingRule? Policy => Quota is > 0 and var requests && window > TimeSpan.Zero ? new PacingRule(requests, window.Value) : null;

    /// <summary>Reads the headers of an answer.</summary>
    /// <returns>Null where they are missing or cannot be read; of several limits, the one that leaves least.</returns>
    public static RateLimitHeaders? Read(HttpResponseHeaders headers)
    {
        RateLimitHeaders? tightest = null;
        foreach (var value in ValuesOf(headers, "Ratelimit"))
        {
            for (var limit = Item.First(value); limit.Exists; limit = limit.Next())
            {
                if (limit.Parameter('r') is { } remaining && limit.Parameter('t') is { } seconds && (tightest is null || remaining < tightest.Remaining))
                {
                    var (quota, window) = FindPolicy(headers, limit.Name);
                    tightest = new RateLimitHeaders(remaining, TimeSpan.FromSeconds(seconds), quota, window is { } length ? TimeSpan.FromSeconds(length) : null);
                }
            }
        }

        return tightest;
    }

    /// <summary>Quota and window of the policy with a limit's name, or of the only one there is.</summary>
    private static (int? Quota, int? Window) FindPolicy(HttpResponseHeaders headers, string name)
    {
        var count = 0;
        var last = default(Item);
        foreach (var value in ValuesOf(headers, "Ratelimit-Policy"))
        {
            for (var policy = Item.First(value); policy.Exists; policy = policy.Next())
            {
                if (policy.Name == name)
                {
                    return (policy.Parameter('q'), policy.Parameter('w'));
                }

                count++;
                last = policy;
            }
        }

        return count == 1 ? (last.Parameter('q'), last.Parameter('w')) : default;
    }

    private static IEnumerable<string> ValuesOf(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values : [];

    /// <summary>Where a character stands in a part of a text; the part's end where it does not.</summary>
    private static int Find(char character, string text, int start, int end) =>
        text.IndexOf(character, start, end - start) is >= 0 and var found ? found : end;

    /// <summary>
    /// One item of a header, read where it stands in the header's text: every answer has some, and cutting them up costs more than reading them.
    /// </summary>
    private readonly struct Item(string text, int start)
    {
        private readonly int _end = start <= text.Length ? Find(',', text, start, text.Length) : start;

        public bool Exists => start <= text.Length;

        public string Name => text.Substring(start, Find(';', text, start, _end) - start).Trim().Trim('"');

        public static Item First(string text) => new(text, 0);

        public Item Next() => new(text, _end + 1);

        /// <summary>A parameter with a name of one letter; null where it is missing or no whole number.</summary>
        public int? Parameter(char name)
        {
            for (var part = Find(';', text, start, _end); part < _end;)
            {
                var first = part + 1;
                part = Find(';', text, first, _end);
                var last = part;
                while (first < last && char.IsWhiteSpace(text[first]))
                {
                    first++;
                }

                while (last > first && char.IsWhiteSpace(text[last - 1]))
                {
                    last--;
                }

                if (last - first > 2 && text[first] == name && text[first + 1] == '=' && ReadNumber(first + 2, last) is { } number)
                {
                    return number;
                }
            }

            return null;
        }

        /// <summary>A whole number; one that is too large counts as the largest there is.</summary>
        private int? ReadNumber(int first, int last)
        {
            long number = 0;
            for (var index = first; index < last; index++)
            {
                if (text[index] is not (>= '0' and <= '9'))
                {
                    return null;
                }

                number = Math.Min(int.MaxValue, (number * 10) + (text[index] - '0'));
            }

            return (int)number;
        }
    }
}
