using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Interleavings.Tests;

/// <summary>Time that passes only when something waits, at a point where the schedule may go elsewhere first.</summary>
internal sealed class StepClock : IClock
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private TimeSpan _elapsed = TimeSpan.FromHours(1);

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

    public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch + Elapsed;

    public async Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        // A wait of nothing passes a moment all the same, as it does anywhere.
        var until = Elapsed + (duration > Least ? duration : Least);
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _elapsed = until > _elapsed ? until : _elapsed;
        }
    }
}
