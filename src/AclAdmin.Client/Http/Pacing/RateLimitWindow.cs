using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>A window of the service's limit, as the headers of its answers describe it. Not safe for many threads: its owner locks.</summary>
internal sealed class RateLimitWindow
{
    /// <summary>Two answers describe the same window when their ends are this close: the header counts whole seconds.</summary>
    private static readonly TimeSpan SameWindow = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _ceiling;
    private TimeSpan _statedEnd;

    /// <summary>Begins with the first answer of a window.</summary>
    /// <param name="headers">What the answer reports.</param>
    /// <param name="remaining">How many requests are left of it, those under way not counted.</param>
    /// <param name="now">The time.</param>
    /// <param name="ceiling">The longest wait that a service may cause.</param>
    public RateLimitWindow(RateLimitHeaders headers, int remaining, TimeSpan now, TimeSpan ceiling)
    {
        _ceiling = ceiling;
        _statedEnd = now + GetRest(headers);
        Remaining = remaining;
        EndsAt = GetEnd(headers, now);
        Reserve = Math.Min(100, Math.Max(1, (headers.Quota ?? 0) / 50));
    }

    /// <summary>How many requests are left.</summary>
    public int Remaining { get; private set; }

    /// <summary>When it is looked at again: its end, or sooner where that is beyond the ceiling.</summary>
    public TimeSpan EndsAt { get; private set; }

    /// <summary>
    /// Left for other programs that spend from the same budget: a fiftieth, as no answer has reported what they have under way; but at least the
    /// request that looks at the next window, and no more than a quota of 5,000 would leave, as one of billions is no quota.
    /// </summary>
    private int Reserve { get; }

    /// <summary>Learns from a further answer.</summary>
    /// <param name="headers">What it reports.</param>
    /// <param name="remaining">How many requests are left of it, those under way not counted.</param>
    /// <param name="sentAt">When its request was sent.</param>
    /// <param name="now">The time.</param>
    /// <returns>False where it describes another window.</returns>
    public bool TryUpdate(RateLimitHeaders headers, int remaining, TimeSpan sentAt, TimeSpan now)
    {
        // An answer may have been long on its way; only one that cannot be of the present window indicates another.
        if (now >= EndsAt || sentAt + GetRest(headers) > _statedEnd + SameWindow)
        {
            return false;
        }

        // Answers overtake each other, so within a window only a lower count is news. The end is rounded up to a second in each answer:
        // the earliest one seen is the nearest to the truth.
        Remaining = Math.Min(Remaining, remaining);
        EndsAt = Earlier(EndsAt, GetEnd(headers, now));
        _statedEnd = Earlier(_statedEnd, now + GetRest(headers));
        return true;
    }

    /// <summary>Takes one of the requests that are left.</summary>
    public void Consume() => Remaining--;

    /// <summary>What a request has to wait for before the window has ended.</summary>
    public PacerWait GetWait(TimeSpan now)
    {
        if (Remaining > Reserve)
        {
            return default;
        }

        return IsExcessive(_statedEnd - now)
            ? new PacerWait(_statedEnd - now)
            : new PacerWait(EndsAt - now, "The service's request limit is used up until its window ends.");
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private TimeSpan GetEnd(RateLimitHeaders headers, TimeSpan now) => now + (IsExcessive(GetRest(headers)) ? _ceiling : GetRest(headers));

    /// <summary>The header counts whole seconds, and some services round them down: a window that has 0 s to go is not over yet.</summary>
    private static TimeSpan GetRest(RateLimitHeaders headers) => headers.UntilReset > LeastRest ? headers.UntilReset : LeastRest;

    /// <summary>The header counts whole seconds, so a window as long as the ceiling may be stated as longer.</summary>
    private bool IsExcessive(TimeSpan wait) => wait > _ceiling + SameWindow;
}
