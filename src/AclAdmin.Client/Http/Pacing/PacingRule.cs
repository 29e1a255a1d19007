using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>A limit that a service documents, or that a caller chooses.</summary>
/// <param name="requests">Requests that are accepted in a window, 1 or more.</param>
/// <param name="window">The length of the window.</param>
/// <exception cref="ArgumentOutOfRangeException">There is no request in a window, or the window has no length.</exception>
public sealed class PacingRule(int requests, TimeSpan window)
{
    /// <summary>Requests that are accepted in a window.</summary>
    public int Requests { get; } = requests > 0 ? requests : throw new ArgumentOutOfRangeException(nameof(requests));

    /// <summary>The length of the window.</summary>
    public TimeSpan Window { get; } = window > TimeSpan.Zero ? window : throw new ArgumentOutOfRangeException(nameof(window));

    /// <summary>How many may go at once: a tenth, but at least one, as less than one never goes.</summary>
    internal double Burst => Math.Max(1, Requests / 10.0);

    /// <summary>
    /// How many may follow in a second. The rest of the window's requests are spread over it, so that no window sees more than the limit, wherever it
    /// starts. Where a single one may go at once, evenly spaced ones keep the limit themselves.
    /// </summary>
    internal double PerSecond => (Burst > 1 ? Requests - Burst : Requests) / Window.TotalSeconds;
}
