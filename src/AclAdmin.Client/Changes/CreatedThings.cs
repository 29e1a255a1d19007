using System;
using System.Collections.Concurrent;
using AclAdmin.Client.Http;

namespace AclAdmin.Client.Changes;

/// <summary>The ids of what was created through a connection, so that one of them is never taken for what another create has made.</summary>
/// <param name="clock">The time to go by.</param>
public sealed class CreatedThings(IClock clock)
{
    /// <summary>How far the service's clock and this machine's may be apart.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, bool> _ids = new(StringComparer.Ordinal);

    /// <summary>The earliest time that the service could note for what is created now.</summary>
    public DateTime Now() => (clock.UtcNow - ClockTolerance).UtcDateTime;

    /// <summary>Keeps the id of what was created.</summary>
    public void Remember(string? id)
    {
        if (!string.IsNullOrEmpty(id))
        {
            _ids[id!] = true;
        }
    }

    /// <summary>Keeps the id of what is found.</summary>
    /// <returns>False when another create has made it.</returns>
    public bool Claim(string id) => _ids.TryAdd(id, true);
}
