using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>
/// Keeps a connection's limit, so that it is never hit. Until the service reports what is left, the documented limit applies. Once an answer contains
/// <c>Ratelimit</c> headers, they apply: the requests that are left may be sent at once, and then all wait for the window to end. As other programs
/// may spend from the same budget, a little is kept in reserve, and a new window starts with one request alone, whose answer shows what is left. Where
/// that answer does not show it, the documented limit applies again, or the tighter one that the last headers stated.
/// A refusal pauses everybody, and then one request alone looks whether it is over. Nothing that a service states is waited for longer than the ceiling:
/// where it states more, and where pauses of twice that time have ended in nothing but refusals, no request waits at all. Requests then end without a turn
/// until the ceiling has passed, and one alone looks again.
/// </summary>
public sealed class Pacer
{
    /// <summary>The longest wait that a service may cause, unless specified otherwise: as long as Cloudflare shuts a caller out.</summary>
    public static readonly TimeSpan DefaultCeiling = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly PacingRule? _documented;
    private readonly TokenBucket? _chosen;
    private readonly TimeSpan _ceiling;
    private readonly RefusalPause _pause;
    private readonly Queue<TimeSpan> _sentAt = new();
    private TokenBucket? _known;
    private RateLimitWindow? _window;
    private bool _isUncertain;
    private TaskCompletionSource<bool>? _probe;

    /// <summary>Creates a pacer.</summary>
    /// <param name="clock">The time to go by.</param>
    /// <param name="documented">The limit to keep while no header shows what is left; null for none.</param>
    /// <param name="maxRequestsPerMinute">A limit of the caller's own, to leave room for others, 1 or more; null for none.</param>
    /// <param name="ceiling">The longest wait that a service may cause; null for <see cref="DefaultCeiling"/>.</param>
    public Pacer(IClock clock, PacingRule? documented, int? maxRequestsPerMinute = null, TimeSpan? ceiling = null)
    {
        _clock = clock;
        _ceiling = ceiling ?? DefaultCeiling;
        _pause = new RefusalPause(_ceiling);
        _documented = documented;
        _known = documented is null ? null : new TokenBucket(documented, clock.Elapsed);
        if (maxRequestsPerMinute is int perMinute)
        {
            _chosen = new TokenBucket(new PacingRule(perMinute, TimeSpan.FromMinutes(1)), clock.Elapsed);
        }
    }

    /// <summary>What is known of the budget now.</summary>
    public BudgetStatus GetStatus()
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            return _window is { } window && window.EndsAt > now
                ? new BudgetStatus(Math.Max(0, window.Remaining), window.EndsAt - now, _pause.GetRest(now))
                : new BudgetStatus(_isUncertain ? null : _known?.Count(now), null, _pause.GetRest(now));
        }
    }

    /// <summary>Takes a turn if one request may be sent now. Each turn is followed by one <see cref="Observe"/>.</summary>
    /// <returns>False where it has to wait, or is not waited for.</returns>
    public bool TryAcquire()
    {
        lock (_gate)
        {
            return TryTakeTurn(out _);
        }
    }

    /// <summary>Waits until one request may be sent. Each turn is followed by one <see cref="Observe"/>.</summary>
    /// <returns>Null for a turn; how long the service states that nothing may be sent, where that is not waited for and there is no turn.</returns>
    public async Task<TimeSpan?> AcquireAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        string? announced = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PacerWait wait;
            lock (_gate)
            {
                if (TryTakeTurn(out wait))
                {
                    return null;
                }
            }

            if (wait.Excess is { } excess)
            {
                return excess;
            }

            if (wait.Signal is { } signal)
            {
                await signal.UntilCancelledAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (announced != wait.Reason)
            {
                announced = wait.Reason;
                observer.OnWait(wait.Reason, wait.Until, wait.Refused);
            }

            await _clock.DelayAsync(wait.Until, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Learns from an answer, or from there being none.</summary>
    /// <param name="headers">What the answer reports of the limit; null for nothing.</param>
    /// <param name="ended">What became of the request. After a refusal, <see cref="Refuse"/> follows.</param>
    public void Observe(RateLimitHeaders? headers, TurnOutcome ended = TurnOutcome.Answered)
    {
        TaskCompletionSource<bool>? probe = null;
        lock (_gate)
        {
            // Which of the requests was answered is not known; the oldest is the one that can mislead least.
            var now = _clock.Elapsed;
            var sentAt = _sentAt.Count > 0 ? _sentAt.Dequeue() : now;
            if (ended != TurnOutcome.Refused)
            {
                probe = _probe;
                _probe = null;
            }

            if (ended == TurnOutcome.Answered && _pause.TryEnd(now))
            {
                _isUncertain = false;
            }

            if (headers is not null)
            {
                Learn(headers, sentAt, now);
            }
        }

        probe?.TrySetResult(true);
    }

    /// <summary>Pauses all requests after a refusal.</summary>
    /// <param name="getPause">For how long, by the number of refusals in a row, from 1.</param>
    /// <param name="asked">The wait that the service requested; null where it requested none.</param>
    /// <param name="sentAt">When the request that was refused was sent; null for after the last pause.</param>
    public void Refuse(Func<int, TimeSpan> getPause, TimeSpan? asked = null, TimeSpan? sentAt = null)
    {
        TaskCompletionSource<bool>? probe;
        lock (_gate)
        {
            _pause.Extend(_clock.Elapsed, getPause, asked, sentAt);

            // What the window had left is not to be trusted after a refusal.
            _isUncertain = true;
            _window = null;
            probe = _probe;
            _probe = null;
        }

        probe?.TrySetResult(true);
    }

    private bool TryTakeTurn(out PacerWait wait)
    {
        var now = _clock.Elapsed;
        wait = GetWait(now);
        if (wait.Excess is not null || wait.Until > TimeSpan.Zero || wait.Signal is not null)
        {
            return false;
        }

        ConsumeTurn(now);
        return true;
    }

    private PacerWait GetWait(TimeSpan now)
    {
        if (_pause.GetWait(now) is { } refused)
        {
            return refused;
        }

        if (_chosen is not null && _chosen.GetWait(now) is { } own && own > TimeSpan.Zero)
        {
            return new PacerWait(own, "Keeping the chosen number of requests a minute.");
        }

        if (_window is { } window)
        {
            if (now < window.EndsAt)
            {
                return window.GetWait(now);
            }

            _isUncertain = true;
            _window = null;
        }

        if (_isUncertain)
        {
            return _probe is null ? default : new PacerWait(_probe.Task);
        }

        return _known?.GetWait(now) is { } known && known > TimeSpan.Zero
            ? new PacerWait(known, "Keeping the service's request limit, of which it shows no count.")
            : default;
    }

    private void ConsumeTurn(TimeSpan now)
    {
        _sentAt.Enqueue(now);
        _chosen?.Consume(now);
        if (_window is not null)
        {
            _window.Consume();
            return;
        }

        _known?.Consume(now);
        if (_isUncertain)
        {
            _probe = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Learn(RateLimitHeaders headers, TimeSpan sentAt, TimeSpan now)
    {
        // Requests still under way may or may not be in the service's count; assume that they are not.
        var remaining = headers.Remaining - _sentAt.Count;
        if (_window is null || !_window.TryUpdate(headers, remaining, sentAt, now))
        {
            _window = new RateLimitWindow(headers, remaining, now, _ceiling);
            Keep(headers, now);
        }

        _isUncertain = false;
    }

    /// <summary>
    /// Keeps what headers state of whole windows, for when none come any more. Where neither they nor the documentation state it, what was left of this
    /// one. A limit that nobody would wait for is none.
    /// </summary>
    private void Keep(RateLimitHeaders headers, TimeSpan now)
    {
        var rule = headers.Policy
            ?? (_documented is null && headers is { Remaining: > 0, UntilReset.Ticks: > 0 } ? new PacingRule(headers.Remaining, headers.UntilReset) : null);
        if (rule is null || rule.PerSecond * _ceiling.TotalSeconds < 1)
        {
            return;
        }

        _known ??= new TokenBucket(rule, now);
        _known.Keep(rule, _documented, now);
    }
}
