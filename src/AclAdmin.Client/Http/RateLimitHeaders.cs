using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
        var items = Items(headers, "Ratelimit");
        if (items.Count == 0)
        {
            return null;
        }

        var policies = Items(headers, "Ratelimit-Policy");
        RateLimitHeaders? tightest = null;
        foreach (var item in items)
        {
            if (item.Parameter('r') is { } remaining && item.Parameter('t') is { } seconds && (tightest is null || remaining < tightest.Remaining))
            {
                var policy = policies.FirstOrDefault(candidate => candidate.Name == item.Name) ?? (policies.Count == 1 ? policies[0] : null);
                tightest = new RateLimitHeaders(remaining, TimeSpan.FromSeconds(seconds), policy?.Parameter('q'));
            }
        }

        return tightest;
    }

    private static List<Item> Items(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values)
        ? values.SelectMany(value => value.Split(',')).Select(Item.Parse).ToList()
        : [];

    private sealed class Item(string name, Dictionary<char, int> parameters)
    {
        public string Name { get; } = name;

        public static Item Parse(string text)
        {
            var parts = text.Split(';');
            var parameters = new Dictionary<char, int>();
            foreach (var part in parts.Skip(1).Select(part => part.Trim()))
            {
                if (part.Length > 2 && part[1] == '=' && int.TryParse(part.Substring(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    parameters[part[0]] = number;
                }
            }

            return new Item(parts[0].Trim().Trim('"'), parameters);
        }

        public int? Parameter(char name) => parameters.TryGetValue(name, out var value) ? value : null;
    }
}
