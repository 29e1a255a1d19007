using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;

namespace AclAdmin.Client.Http.Pacing;

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
        RateLimitHeaders? tightest = null;
        foreach (var limit in ItemsOf(headers, "Ratelimit"))
        {
            if (limit.Parameter('r') is { } remaining && limit.Parameter('t') is { } seconds && (tightest is null || remaining < tightest.Remaining))
            {
                tightest = new RateLimitHeaders(remaining, TimeSpan.FromSeconds(seconds), FindQuota(headers, limit.Name));
            }
        }

        return tightest;
    }

    /// <summary>The quota of the policy with a limit's name, or of the only one there is.</summary>
    private static int? FindQuota(HttpResponseHeaders headers, string name)
    {
        var policies = ItemsOf(headers, "Ratelimit-Policy");
        foreach (var policy in policies)
        {
            if (policy.Name == name)
            {
                return policy.Parameter('q');
            }
        }

        return policies.Count == 1 ? policies[0].Parameter('q') : null;
    }

    private static List<Item> ItemsOf(HttpResponseHeaders headers, string name)
    {
        var items = new List<Item>();
        if (headers.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                foreach (var item in value.Split(','))
                {
                    items.Add(new Item(item));
                }
            }
        }

        return items;
    }

    /// <summary>One item of a header. Every answer has some, so it is looked through and not taken apart further.</summary>
    private readonly struct Item(string text)
    {
        private readonly string[] _parts = text.Split(';');

        public string Name => _parts[0].Trim().Trim('"');

        /// <summary>A parameter with a name of one letter; null where it is missing or no whole number.</summary>
        public int? Parameter(char name)
        {
            for (var index = 1; index < _parts.Length; index++)
            {
                var part = _parts[index].Trim();
                if (part.Length > 2 && part[0] == name && part[1] == '=' && ReadNumber(part.Substring(2)) is { } number)
                {
                    return number;
                }
            }

            return null;
        }

        /// <summary>A whole number; one that is too large counts as the largest there is.</summary>
        private static int? ReadNumber(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : Array.TrueForAll(text.ToCharArray(), character => character is >= '0' and <= '9') ? int.MaxValue
            : null;
    }
}
