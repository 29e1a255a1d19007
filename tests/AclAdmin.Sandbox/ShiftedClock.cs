using System;

namespace AclAdmin.Sandbox;

/// <summary>The system's clock, wrong by a constant: services have clocks of their own.</summary>
/// <param name="offset">How far it is fast; negative for a slow one.</param>
public sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
