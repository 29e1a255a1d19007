using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>
/// Keeps a connection's limit, so that it is never hit. Until the service reports what is left, the documented limit applies. Once an answer contains
/// <c>Ratelimit</c> headers, they apply: the requests that are left may be sent at once, and then all wait for the window to end. As other programs
/// may spend from the same budget, a little is kept in reserve, and a new window starts with one request alone, whose answer shows what is left.
/// A refusal pauses everybody, and then one request alone looks whether it is over. Nothing that a service states is waited for longer than the ceiling:
/// where it states more, and where pauses of twice that time have ended in nothing but refusals, no request waits at all. Requests then end without a turn
/// until the ceiling has passed, and one alone looks again.
/// </summary>
public sealed class Pacer
{
    /// <summary>The longest wait that a service may cause, unless specified otherwise: as long as Cloudflare shuts a caller out.</summary>
    public static readonly TimeSpan DefaultCeiling = TimeSpan.FromMinutes(5);

    /// <summary>Two answers describe the same window when their ends are this close: the header counts whole seconds.</summary>
    private static readonly TimeSpan SameWindow = TimeSpan.FromSeconds(1.5);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly TokenBucket? _documented;
    private readonly TokenBucket? _chosen;

    private readonly TimeSpan _ceiling;

    private TimeSpan _pausedUntil;
    private TimeSpan? _askedInExcess;
    private TimeSpan _pausedInARow;
    private Window? _window;
    private bool _headersWereSeen;
    private bool _isUncertain;
    private int _refusalsInARow;
    private TaskCompletionSource<bool>? _probe;
    private readonly Queue<TimeSpan> _sentAt = new();

    /// <summary>Creates a pacer.</summary>
    /// <param name="clock">The time to go by.</param>
    /// <param name="documented">The limit to keep while no header was seen; null for none.</param>
    /// <param name="maxRequestsPerMinute">A limit of the caller's own, to leave room for others; null for none.</param>
    /// <param name="ceiling">The longest wait that a service may cause; null for <see cref="DefaultCeiling"/>.</param>
    public Pacer(IClock clock, PacingRule? documented, int? maxRequestsPerMinute = null, TimeSpan? ceiling = null)
    {
        _clock = clock;
        _ceiling = ceiling ?? DefaultCeiling;
        _documented = documented?.ToBucket(clock.Elapsed);
        if (maxRequestsPerMinute is int perMinute)
        {
            _chosen = new PacingRule(perMinute, TimeSpan.FromMinutes(1)).ToBucket(clock.Elapsed);
        }
    }

    /// <summary>What is known of the budget now.</summary>
    public BudgetStatus GetStatus()
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            var paused = _pausedUntil > now ? _pausedUntil - now : (TimeSpan?)null;
            return _window is { } window && window.EndsAt > now
                ? new BudgetStatus(Math.Max(0, window.Remaining), window.EndsAt - now, paused)
                : new BudgetStatus(_isUncertain ? null : _documented?.Count(now), null, paused);
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
                await WaitForSignalAsync(signal, cancellationToken).ConfigureAwait(false);
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

            if (ended == TurnOutcome.Answered && _pausedUntil <= now)
            {
                _refusalsInARow = 0;
                _askedInExcess = null;

                // Where there are headers, only they decide what may be sent.
                _isUncertain &= _headersWereSeen;
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
            var now = _clock.Elapsed;
            if (_refusalsInARow == 0 || _pausedUntil <= now)
            {
                // Requests that were under way together are refused together, which counts once.
                _pausedInARow = _refusalsInARow == 0 ? TimeSpan.Zero : _pausedInARow;
                _refusalsInARow++;
            }

            if (_pausedUntil <= now)
            {
                _askedInExcess = null;
            }

            var pause = getPause(_refusalsInARow);
            if (asked > _ceiling)
            {
                (_askedInExcess, pause) = (asked, _ceiling);
            }
            else if (_pausedInARow > _ceiling + _ceiling)
            {
                _askedInExcess = asked ?? pause;
            }

            if (sentAt is not { } sent || sent >= _pausedUntil)
            {
                // What was under way before the last pause does not show that the pause was in vain.
                _pausedInARow += pause;
            }

            var until = now + pause;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;

            // What the window had left is not to be trusted after a refusal.
            _isUncertain = true;
            _window = null;
            probe = _probe;
            _probe = null;
        }

        probe?.TrySetResult(true);
    }

    private static async Task WaitForSignalAsync(Task signal, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(signal, cancelled.Task).ConfigureAwait(false);
        }
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
        if (_pausedUntil > now && _askedInExcess is { } asked)
        {
            return new PacerWait(asked);
        }

        if (_pausedUntil > now)
        {
            return new PacerWait(_pausedUntil - now, "The service asked to slow down.", refused: true);
        }

        if (_chosen is not null && _chosen.GetWait(now) is { } own && own > TimeSpan.Zero)
        {
            return new PacerWait(own, "Keeping the chosen number of requests a minute.");
        }

        if (_window is { } window)
        {
            if (now < window.EndsAt)
            {
                return window.Remaining > window.Reserve ? default
                    : IsExcessive(window.StatedEnd - now) ? new PacerWait(window.StatedEnd - now)
                    : new PacerWait(window.EndsAt - now, "The service's request limit is used up until its window ends.");
            }

            _isUncertain = true;
            _window = null;
        }

        if (_isUncertain)
        {
            return _probe is null ? default : new PacerWait(_probe.Task);
        }

        return _documented?.GetWait(now) is { } documented && documented > TimeSpan.Zero
            ? new PacerWait(documented, "Keeping the service's documented request limit.")
            : default;
    }

    /// <summary>The header counts whole seconds, so a window as long as the ceiling may be stated as longer.</summary>
    private bool IsExcessive(TimeSpan wait) => wait > _ceiling + SameWindow;

    private void ConsumeTurn(TimeSpan now)
    {
        _sentAt.Enqueue(now);
        _chosen?.Consume();
        if (_window is not null)
        {
            _window.Remaining--;
        }
        else if (_isUncertain)
        {
            _probe = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        else
        {
            _documented?.Consume();
        }
    }

    private void Learn(RateLimitHeaders headers, TimeSpan sentAt, TimeSpan now)
    {
        // Requests still under way may or may not be in the service's count; assume that they are not.
        var remaining = headers.Remaining - _sentAt.Count;
        var statedEnd = now + headers.UntilReset;
        var endsAt = IsExcessive(headers.UntilReset) ? now + _ceiling : statedEnd;

        // An answer may have been long on its way; only one that cannot be of the present window indicates another.
        if (_window is null || now >= _window.EndsAt || sentAt + headers.UntilReset > _window.StatedEnd + SameWindow)
        {
            _window = new Window(remaining, endsAt, headers.Quota) { StatedEnd = statedEnd };
        }
        else
        {
            // Answers overtake each other, so within a window only a lower count is news. The end is rounded up to a second in each answer:
            // the earliest one seen is the nearest to the truth.
            _window.Remaining = Math.Min(_window.Remaining, remaining);
            _window.EndsAt = endsAt < _window.EndsAt ? endsAt : _window.EndsAt;
            _window.StatedEnd = statedEnd < _window.StatedEnd ? statedEnd : _window.StatedEnd;
        }

        _headersWereSeen = true;
        _isUncertain = false;
    }

    private sealed class Window(int remaining, TimeSpan endsAt, int? quota)
    {
        public int Remaining { get; set; } = remaining;

        /// <summary>When it is looked at again: its end, or sooner where that is beyond the ceiling.</summary>
        public TimeSpan EndsAt { get; set; } = endsAt;

        /// <summary>When it ends, as the service states it.</summary>
        public TimeSpan StatedEnd { get; set; }

        /// <summary>
        /// Left for other programs that spend from the same budget: a fiftieth, as no answer has reported what they have under way; but at least the
        /// request that looks at the next window, and no more than a quota of 5,000 would leave, as one of billions is no quota.
        /// </summary>
        public int Reserve { get; } = Math.Min(100, Math.Max(1, (quota ?? 0) / 50));
    }
}
