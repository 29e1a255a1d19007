using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>Lets so many through at once and so many a second after that. Not safe for many threads: its owner locks.</summary>
internal sealed class TokenBucket
{
    private readonly double _capacity;
    private readonly double _perSecond;
    private double _tokens;
    private TimeSpan _at;

    /// <summary>Creates a full bucket.</summary>
    /// <param name="capacity">How many may pass at once.</param>
    /// <param name="perSecond">How many come back in a second.</param>
    /// <param name="now">The present moment.</param>
    public TokenBucket(double capacity, double perSecond, TimeSpan now)
    {
        _capacity = capacity;
        _perSecond = perSecond;
        _tokens = capacity;
        _at = now;
    }

    /// <summary>Whole tokens there now.</summary>
    public int Count(TimeSpan now)
    {
        Refill(now);
        return (int)_tokens;
    }

    /// <summary>How long until one may pass; zero or less when it may now.</summary>
    public TimeSpan GetWait(TimeSpan now)
    {
        Refill(now);
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / _perSecond);
    }

    /// <summary>Takes the token of one that passes.</summary>
    public void Consume() => _tokens -= 1;

    private void Refill(TimeSpan now)
    {
        _tokens = Math.Min(_capacity, _tokens + ((now - _at).TotalSeconds * _perSecond));
        _at = now;
    }
}
