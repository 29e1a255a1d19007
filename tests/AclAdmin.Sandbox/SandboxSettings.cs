using System;

namespace AclAdmin.Sandbox;

/// <summary>What can be changed while the sandbox runs. Each value is read once a request; a change counts from the next one.</summary>
public sealed class SandboxSettings
{
    private volatile int _latency;
    private volatile int _quota;
    private volatile int _refusal;
    private volatile bool _limit;
    private volatile bool _log;
    private long _window;
    private long _block;
    private long _lifetime;
    private long _lag;

    internal SandboxSettings(SandboxOptions options)
    {
        LatencyMilliseconds = options.LatencyMilliseconds;
        Quota = options.Quota;
        WindowSeconds = options.WindowSeconds;
        BlockSeconds = options.BlockSeconds;
        Limit = options.Limit;
        SyncedRefusalStatus = options.SyncedRefusalStatus;
        TokenLifetimeSeconds = options.TokenLifetimeSeconds;
        ListLagSeconds = options.ListLagSeconds;
        Log = options.Log;
    }

    /// <summary>Milliseconds every service call is held back.</summary>
    public int LatencyMilliseconds { get => _latency; set => _latency = AtLeast(value, 0); }

    /// <summary>Cloudflare requests in a window, for each credential.</summary>
    public int Quota { get => _quota; set => _quota = AtLeast(value, 0); }

    /// <summary>Length of a window in seconds.</summary>
    public double WindowSeconds { get => Get(ref _window); set => Set(ref _window, value); }

    /// <summary>How long a credential over its quota is refused, in seconds.</summary>
    public double BlockSeconds { get => Get(ref _block); set => Set(ref _block, value); }

    /// <summary>Whether the limit is enforced. Without it nothing is counted, and answers have no <c>Ratelimit</c> headers.</summary>
    public bool Limit { get => _limit; set => _limit = value; }

    /// <summary>Status of the refusal to change a directory-synced entry, 400 to 499.</summary>
    public int SyncedRefusalStatus
    {
        get => _refusal;
        set => _refusal = value is >= 400 and <= 499
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "synced_refusal_status must be 400 to 499.");
    }

    /// <summary>Lifetime in seconds of CarrierX tokens issued from now on.</summary>
    public double TokenLifetimeSeconds { get => Get(ref _lifetime); set => Set(ref _lifetime, value); }

    /// <summary>For how many seconds a list does not show yet what was created. Reads by id, and removals, are up to date.</summary>
    public double ListLagSeconds
    {
        get => Get(ref _lag);
        set
        {
            if (!double.IsFinite(value) || value < 0 || value > 1e9)
                throw new ArgumentOutOfRangeException(nameof(value), value, "list_lag_seconds must be 0 or more, and less than a billion.");
            System.Threading.Volatile.Write(ref _lag, BitConverter.DoubleToInt64Bits(value));
        }
    }

    /// <summary>Whether requests are kept.</summary>
    public bool Log { get => _log; set => _log = value; }

    private static int AtLeast(int value, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }

    // C# has no volatile double; the bits in a long give the same.
    private static double Get(ref long field) => BitConverter.Int64BitsToDouble(System.Threading.Volatile.Read(ref field));

    private static void Set(ref long field, double value)
    {
        if (!double.IsFinite(value) || value <= 0 || value > 1e9)
            throw new ArgumentOutOfRangeException(nameof(value), value, "Seconds must be more than 0 and less than a billion.");
        System.Threading.Volatile.Write(ref field, BitConverter.DoubleToInt64Bits(value));
    }
}
