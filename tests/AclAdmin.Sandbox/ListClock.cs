using System;

namespace AclAdmin.Sandbox;

/// <summary>Tells lists which items they show yet.</summary>
internal sealed class ListClock(SandboxSettings settings, TimeProvider clock)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What was created after this moment is not listed yet; null when lists are up to date.</summary>
    public DateTimeOffset? Horizon => settings.ListLagSeconds is > 0 and var lag ? Now.AddSeconds(-lag) : null;
}
