using System;
using System.Collections.Generic;
using System.Threading;

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

    internal FaultRule? Pick(string service, string method, string path)
    {
        if (!_any)
            return null;
        lock (_gate)
        {
            foreach (var armed in _rules)
            {
                if (armed.Hits(service, method, path))
                    return armed.Rule;
            }
            return null;
        }
    }

    private sealed class Armed(FaultRule rule)
    {
        private readonly Random _random = new(rule.Seed);

        public FaultRule Rule => rule;

        public long Matched { get; private set; }

        public long Fired { get; private set; }

        public bool Hits(string service, string method, string path)
        {
            if (rule.Match is { } match
                && ((match.Method is not null && !match.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                    || (match.PathContains is not null && !path.Contains(match.PathContains, StringComparison.Ordinal))
                    || (match.Service is not null && !match.Service.Equals(service, StringComparison.Ordinal))))
                return false;
            Matched++;
            // The draw comes first: a rule that is used up must not change what the same seed does elsewhere.
            var drawn = rule.Rate is { } rate ? _random.NextDouble() < rate : rule.Every is not { } every || Matched % every == 0;
            if (!drawn || (rule.Times is { } times && Fired >= times))
                return false;
            Fired++;
            return true;
        }
    }
}
