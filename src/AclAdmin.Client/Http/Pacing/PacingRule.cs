using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>A limit that a service documents.</summary>
/// <param name="requests">Requests that the service takes in a window.</param>
/// <param name="window">The length of the window.</param>
public sealed class PacingRule(int requests, TimeSpan window)
{
    /// <summary>Requests that the service takes in a window.</summary>
    public int Requests { get; } = requests;

    /// <summary>The length of the window.</summary>
    public TimeSpan Window { get; } = window;

    /// <summary>
    /// A bucket that cannot pass more than the limit in any window, wherever the window starts: a tenth may go at once, the other nine
    /// tenths are spread over the window.
    /// </summary>
    internal TokenBucket ToBucket(TimeSpan now)
    {
        var burst = Requests / 10.0;
        return new TokenBucket(burst, (Requests - burst) / Window.TotalSeconds, now);
    }
}
