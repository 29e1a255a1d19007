using System;

namespace AclAdmin.Client.Tests;

/// <summary>A <see cref="ManualClock"/> as the sandbox wants it, so that both ends agree on the date.</summary>
public sealed class ManualTime(ManualClock clock) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.UtcNow;

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.Elapsed.Ticks;
}
