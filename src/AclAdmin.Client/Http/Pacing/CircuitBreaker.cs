using System;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>
/// Discovers once, for all requests of a connection, that a service is down. Closed, all requests pass. It opens when as many requests in a row as were under
/// way together, and <see cref="Margin"/> more, have failed without an answer of the service. Open, one request now and then is sent as a probe; all others
/// wait for it at first, and fail without being sent once the outage has lasted for longer than is waited. Any answer of the service closes it. Safe for
/// many threads.
/// </summary>
/// <param name="clock">The time to go by.</param>
/// <param name="patience">How long an outage is waited out, from its first failure.</param>
internal sealed class CircuitBreaker(IClock clock, TimeSpan patience)
{
    /// <summary>
    /// How many failures in a row are needed beyond the requests that were under way together. A whole window fails when one connection is cut, and two rows
    /// with all their retries may fail for a reason of their own.
    /// </summary>
    public const int Margin = 8;

    /// <summary>
    /// A request that waited for its whole time limit, 100 s by default, proves more than one that was refused at once, and costs more to repeat: a window
    /// of four or more that hears nothing in that time is enough.
    /// </summary>
    private const int WeightOfTimeout = 3;

    /// <summary>
    /// How long an outage is waited out at least: longer than a service needs to restart, and short enough that thousands of rows against a dead service
    /// end within a minute.
    /// </summary>
    public static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstProbeInterval = TimeSpan.FromSeconds(1);

    /// <summary>A run that goes on for hours notices the end of an outage this soon.</summary>
    private static readonly TimeSpan LongestProbeInterval = TimeSpan.FromSeconds(8);

    /// <summary>How often a request that waits looks whether the probe has ended.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private int _inFlight;
    private int _mostInFlight;
    private int _failures;
    private volatile Outage? _outage;
    private TimeSpan _firstFailureAt;
    private DateTimeOffset _firstFailureTime;

    /// <summary>Why a request may not be sent now; null where it may, and a turn of the pacer is worth waiting for.</summary>
    public BreakerDecision? Peek()
    {
        // Asked before each request, and hardly ever is there an outage. One that begins at this moment is met in Enter.
        if (_outage is null)
        {
            return null;
        }

        lock (_gate)
        {
            return GetRefusal(clock.Elapsed);
        }
    }

    /// <summary>Asks whether a request may be sent. One that may must end with <see cref="Leave"/> or <see cref="Abandon"/>.</summary>
    public BreakerDecision Enter()
    {
        lock (_gate)
        {
            var now = clock.Elapsed;
            if (GetRefusal(now) is { } refusal)
            {
                return refusal;
            }

            if (_outage is { } outage)
            {
                outage.IsProbing = true;
            }

            _inFlight++;
            _mostInFlight = Math.Max(_mostInFlight, _inFlight);
            return new BreakerDecision(new BreakerPass(now, isProbe: _outage is not null));
        }
    }

    /// <summary>Learns how a request ended.</summary>
    /// <param name="pass">What it entered with.</param>
    /// <param name="failure">How it failed, where that is what a service that is down looks like; null for any other answer.</param>
    /// <returns>The outage that this failure has made certain; null where there is none, or where it was known.</returns>
    public OutageStatus? Leave(BreakerPass pass, OutageCause? failure)
    {
        lock (_gate)
        {
            _inFlight--;
            if (failure is null)
            {
                _failures = 0;
                _mostInFlight = _inFlight;
                _outage = null;
                return null;
            }

            if (_failures == 0)
            {
                _firstFailureAt = pass.EnteredAt;
                _firstFailureTime = clock.UtcNow - (clock.Elapsed - pass.EnteredAt);
            }

            _failures += failure.IsTimeout ? WeightOfTimeout : 1;
            if (_outage is { } outage)
            {
                outage.Cause = failure;
                if (pass.IsProbe)
                {
                    outage.EndProbe(clock.Elapsed);
                }

                return null;
            }

            if (_failures < _mostInFlight + Margin)
            {
                return null;
            }

            _outage = new Outage(failure, clock.Elapsed + FirstProbeInterval);
            return new OutageStatus(_firstFailureTime, failure);
        }
    }

    /// <summary>Ends a request that was given up or never sent, from which nothing is learnt.</summary>
    public void Abandon(BreakerPass pass)
    {
        lock (_gate)
        {
            _inFlight--;
            if (pass.IsProbe && _outage is { } outage)
            {
                outage.IsProbing = false;
            }
        }
    }

    private BreakerDecision? GetRefusal(TimeSpan now)
    {
        if (_outage is not { } outage || (!outage.IsProbing && now >= outage.NextProbeAt))
        {
            return null;
        }

        var untilProbe = outage.NextProbeAt - now;
        var wait = outage.IsProbing || untilProbe > LookInterval ? LookInterval : untilProbe;
        var isWorthWaiting = outage.Cause.MayPass && now - _firstFailureAt < patience;
        return new BreakerDecision(new OutageStatus(_firstFailureTime, outage.Cause), isWorthWaiting ? wait : null);
    }

    private sealed class Outage(OutageCause cause, TimeSpan nextProbeAt)
    {
        private TimeSpan _interval = FirstProbeInterval;

        public OutageCause Cause { get; set; } = cause;

        public TimeSpan NextProbeAt { get; private set; } = nextProbeAt;

        public bool IsProbing { get; set; }

        public void EndProbe(TimeSpan now)
        {
            IsProbing = false;
            var doubled = TimeSpan.FromTicks(_interval.Ticks * 2);
            _interval = doubled < LongestProbeInterval ? doubled : LongestProbeInterval;
            NextProbeAt = now + _interval;
        }
    }
}

/// <summary>What a request that may be sent has entered with.</summary>
/// <param name="enteredAt">When, by the clock that never jumps.</param>
/// <param name="isProbe">Whether it is sent to see if an outage is over.</param>
internal readonly struct BreakerPass(TimeSpan enteredAt, bool isProbe)
{
    public TimeSpan EnteredAt { get; } = enteredAt;

    public bool IsProbe { get; } = isProbe;
}

/// <summary>An outage of a service.</summary>
/// <param name="Since">When the first of the requests that failed was sent.</param>
/// <param name="Cause">How the last of them failed.</param>
internal sealed record OutageStatus(DateTimeOffset Since, OutageCause Cause);

/// <summary>A failure that is what a service that is down looks like: no answer, or one of a gateway that got none.</summary>
/// <param name="Summary">What happened, in a few words.</param>
/// <param name="BrokenAt">Where.</param>
/// <param name="MayPass">Whether another try may go better.</param>
/// <param name="IsTimeout">Whether the whole time limit was waited for.</param>
internal sealed record OutageCause(string Summary, BrokenAt BrokenAt, bool MayPass, bool IsTimeout);

/// <summary>Whether a request may be sent: now, perhaps later, or not.</summary>
internal readonly struct BreakerDecision
{
    public BreakerDecision(BreakerPass pass)
    {
        Pass = pass;
        Outage = null;
        Wait = null;
    }

    public BreakerDecision(OutageStatus outage, TimeSpan? wait)
    {
        Pass = default;
        Outage = outage;
        Wait = wait;
    }

    /// <summary>What it may be sent with, where there is no outage in the way.</summary>
    public BreakerPass Pass { get; }

    /// <summary>Why it may not be sent now; null where it may.</summary>
    public OutageStatus? Outage { get; }

    /// <summary>After how long to ask again; null where that is not worth it.</summary>
    public TimeSpan? Wait { get; }
}
