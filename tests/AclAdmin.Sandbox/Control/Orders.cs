using System.Collections.Generic;

namespace AclAdmin.Sandbox.Control;

/// <summary>Body of <c>POST seed</c>. A store whose number is absent stays as it is.</summary>
internal sealed record SeedOrder(int? Entries = null, int? Rules = null, int? SyncedEvery = null)
{
    /// <summary>How many items of each list that is named by its segment.</summary>
    public Dictionary<string, int> Items { get; init; } = [];
}

/// <summary>Body of <c>POST spend</c>.</summary>
internal sealed record SpendOrder
{
    public required string Credential { get; init; }

    public int Count { get; init; } = 1;
}

/// <summary>Answer of <c>GET health</c>.</summary>
internal sealed record HealthReport(string Status, int Pid, int Entries, int Rules);

/// <summary>Body of <c>PUT settings</c>, and its answer. What is absent stays as it is.</summary>
internal sealed record SettingsOrder
{
    public int? LatencyMs { get; init; }

    public int? Quota { get; init; }

    public double? WindowSeconds { get; init; }

    public double? BlockSeconds { get; init; }

    public bool? Limit { get; init; }

    public int? SyncedRefusalStatus { get; init; }

    public double? TokenLifetimeSeconds { get; init; }

    public double? ListLagSeconds { get; init; }

    public bool? Log { get; init; }

    public static SettingsOrder Of(SandboxSettings settings) => new()
    {
        LatencyMs = settings.LatencyMilliseconds,
        Quota = settings.Quota,
        WindowSeconds = settings.WindowSeconds,
        BlockSeconds = settings.BlockSeconds,
        Limit = settings.Limit,
        SyncedRefusalStatus = settings.SyncedRefusalStatus,
        TokenLifetimeSeconds = settings.TokenLifetimeSeconds,
        ListLagSeconds = settings.ListLagSeconds,
        Log = settings.Log,
    };

    public void ApplyTo(SandboxSettings settings)
    {
        settings.LatencyMilliseconds = LatencyMs ?? settings.LatencyMilliseconds;
        settings.Quota = Quota ?? settings.Quota;
        settings.WindowSeconds = WindowSeconds ?? settings.WindowSeconds;
        settings.BlockSeconds = BlockSeconds ?? settings.BlockSeconds;
        settings.Limit = Limit ?? settings.Limit;
        settings.SyncedRefusalStatus = SyncedRefusalStatus ?? settings.SyncedRefusalStatus;
        settings.TokenLifetimeSeconds = TokenLifetimeSeconds ?? settings.TokenLifetimeSeconds;
        settings.ListLagSeconds = ListLagSeconds ?? settings.ListLagSeconds;
        settings.Log = Log ?? settings.Log;
    }
}
