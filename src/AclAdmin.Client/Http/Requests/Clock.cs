using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Http.Requests;

/// <summary>Time, as everything that waits here sees it. Tests put their own in its place and never sleep.</summary>
public interface IClock
{
    /// <summary>The time since some fixed moment; never jumps.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>The wall clock, for dates that a service names.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits, and stops waiting at once on cancellation.</summary>
    Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken);
}

/// <summary>The machine's own time.</summary>
public sealed class SystemClock : IClock
{
    /// <summary>The one instance.</summary>
    public static readonly SystemClock Instance = new();

    private SystemClock()
    {
    }

    /// <inheritdoc/>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, cancellationToken);
}
