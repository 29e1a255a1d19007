using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>Lets so many through at once and so many a second after that. Not safe for many threads: its owner locks.</summary>
internal sealed class TokenBucket
{
    private double _capacity;
    private double _perSecond;
    private double _tokens;
    private TimeSpan _at;

    /// <summary>Creates a full bucket.</summary>
    /// <param name="rule">The limit to keep.</param>
    /// <param name="now">The present moment.</param>
    public TokenBucket(PacingRule rule, TimeSpan now)
    {
        _capacity = rule.Burst;
        _perSecond = rule.PerSecond;
        _tokens = _capacity;
        _at = now;
    }

    /// <summary>Keeps another limit from now on. What was spent stays spent.</summary>
    /// <param name="rule">The limit.</param>
    /// <param name="within">A limit that is kept as well; null for none.</param>
    /// <param name="now">The present moment.</param>
    public void Keep(PacingRule rule, PacingRule? within, TimeSpan now)
    {
        Refill(now);
        _capacity = Math.Min(rule.Burst, within?.Burst ?? rule.Burst);
        _perSecond = Math.Min(rule.PerSecond, within?.PerSecond ?? rule.PerSecond);
        _tokens = Math.Min(_capacity, _tokens);
    }

    /// <summary>Whole tokens there now.</summary>
    public int Count(TimeSpan now)
    {
        Refill(now);
        return Math.Max(0, (int)_tokens);
    }

    /// <summary>How long until one may pass; zero or less when it may now.</summary>
    public TimeSpan GetWait(TimeSpan now)
    {
        Refill(now);

        // Rounded up: a thousand waits that are too short by a tick each let one more through. TimeSpan.FromSeconds rounds, in .NET Framework to milliseconds.
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) / _perSecond * TimeSpan.TicksPerSecond));
    }

    /// <summary>Takes the token of one that passes.</summary>
    public void Consume(TimeSpan now)
    {
        Refill(now);
        _tokens -= 1;
    }

    private void Refill(TimeSpan now)
    {
        _tokens = Math.Min(_capacity, _tokens + ((now - _at).TotalSeconds * _perSecond));
        _at = now;
    }
}
