using System;
using System.Threading.Tasks;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>What a request has to wait for before its turn; nothing where neither a time nor a signal is given.</summary>
internal readonly struct PacerWait
{
    public PacerWait(TimeSpan until, string reason, bool refused = false)
    {
        Until = until;
        Reason = reason;
        Refused = refused;
        Signal = null;
        Excess = null;
    }

    public PacerWait(TimeSpan excess)
        : this(TimeSpan.Zero, "")
    {
        Excess = excess;
    }

    public PacerWait(Task signal)
        : this(TimeSpan.Zero, "")
    {
        Signal = signal;
    }

    public TimeSpan Until { get; }

    public string Reason { get; }

    public bool Refused { get; }

    public Task? Signal { get; }

    /// <summary>How long the service states that nothing may be sent, where that is longer than anybody waits.</summary>
    public TimeSpan? Excess { get; }
}
