using System;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Tests;

/// <summary>A clock whose waits end only by being cancelled.</summary>
internal sealed class EndlessClock : IClock
{
    public TimeSpan Elapsed => TimeSpan.FromHours(1);

    public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch;

    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
}
