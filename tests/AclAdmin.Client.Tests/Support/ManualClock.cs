using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Tests;

/// <summary>Time that passes only when something waits: a wait ends at once, and is remembered.</summary>
public sealed class ManualClock : IClock
{
    private readonly object _gate = new();
    private readonly List<TimeSpan> _waits = [];
    private TimeSpan _elapsed = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero) + Elapsed;

    /// <summary>Every wait so far.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return _waits.ToArray();
            }
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan duration)
    {
        lock (_gate)
        {
            _elapsed += duration;
        }
    }

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _waits.Add(duration);
            _elapsed += duration;
        }

        return Task.CompletedTask;
    }
}
