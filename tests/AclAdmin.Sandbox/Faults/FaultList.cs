using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Faults;

/// <summary>A fault rule with what has come of it so far.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Matched">How many requests matched it.</param>
/// <param name="Fired">How many of them it hit.</param>
public sealed record FaultStanding(FaultRule Rule, long Matched, long Fired);

/// <summary>The faults to play, in order: the first that hits a request has it.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Armed> _rules = [];
    private volatile bool _any;

    /// <summary>All rules, in order.</summary>
    public IReadOnlyList<FaultStanding> All()
    {
        lock (_gate)
            return _rules.ConvertAll(armed => new FaultStanding(armed.Rule, armed.Matched, armed.Fired));
    }

    /// <summary>Adds rules after those there are.</summary>
    /// <exception cref="ArgumentException">A rule makes no sense; none has been added.</exception>
    public void Add(params IReadOnlyCollection<FaultRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var rule in rules)
            rule.Check();
        lock (_gate)
        {
            foreach (var rule in rules)
                _rules.Add(new Armed(rule));
            _any = _rules.Count > 0;
        }
    }

    /// <summary>Takes all rules away.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            _any = false;
        }
    }

    internal FaultRule? Pick(string service, Exchange exchange)
    {
        if (!_any)
            return null;
        lock (_gate)
        {
            foreach (var armed in _rules)
            {
                if (armed.Hits(service, exchange))
                    return armed.Rule;
            }
            return null;
        }
    }

    private sealed class Armed(FaultRule rule)
    {
        private readonly Random _random = new(rule.Seed);
        private readonly Dictionary<ItemKey, ItemCount> _items = [];

        public FaultRule Rule => rule;

        public long Matched { get; private set; }

        public long Fired { get; private set; }

        public bool Hits(string service, Exchange exchange)
        {
            if (!Matches(service, exchange))
                return false;
            Matched++;
            if (!(rule.PerItem ? HitsItem(ItemKey.Of(exchange)) : Hits(Matched, Fired, 0, _random)))
                return false;
            Fired++;
            return true;
        }

        private bool Matches(string service, Exchange exchange) => rule.Match is not { } match
            || ((match.Method is null || match.Method.Equals(exchange.Method, StringComparison.OrdinalIgnoreCase))
                && (match.PathContains is null || exchange.Path.Contains(match.PathContains, StringComparison.Ordinal))
                && (!match.Writes || !exchange.IsRead)
                && (match.Contains is null || exchange.Path.Contains(match.Contains, StringComparison.Ordinal)
                    || Encoding.UTF8.GetString(exchange.Body).Contains(match.Contains, StringComparison.Ordinal))
                && (match.Service is null || match.Service.Equals(service, StringComparison.Ordinal)));

        private bool HitsItem(ItemKey key)
        {
            if (!_items.TryGetValue(key, out var item))
                _items[key] = item = new ItemCount(key.Seed(rule.Seed));
            item.Matched++;
            if (!Hits(item.Matched, item.Fired, rule.Stagger ? item.Start % rule.Every!.Value : 0, item.Random))
                return false;
            item.Fired++;
            return true;
        }

        private bool Hits(long matched, long fired, int start, Random random)
        {
            // The draw comes first: a rule that is used up must not change what the same seed does elsewhere.
            var drawn = rule.Rate is { } rate ? random.NextDouble() < rate : rule.Every is not { } every || (start + matched) % every == 0;
            return drawn && (rule.Times is not { } times || fired < times);
        }
    }

    private sealed class ItemCount(int seed)
    {
        public int Start { get; } = seed;

        public Random Random { get; } = new(seed);

        public long Matched { get; set; }

        public long Fired { get; set; }
    }

    /// <summary>What makes two requests the same item: a digest of all that they say.</summary>
    private readonly record struct ItemKey(UInt128 Digest)
    {
        public static ItemKey Of(Exchange exchange)
        {
            var text = Encoding.UTF8.GetBytes($"{exchange.Method} {exchange.Path}?{exchange.QueryString}\n");
            return new ItemKey(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData([.. text, .. exchange.Body])));
        }

        // Not a hash code: that differs from process to process, and a seed must mean the same requests in each.
        public int Seed(int seed) => (int)(uint)((Digest ^ (uint)seed) % int.MaxValue);
    }
}
