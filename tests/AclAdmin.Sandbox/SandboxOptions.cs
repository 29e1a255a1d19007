using System;

namespace AclAdmin.Sandbox;

/// <summary>How a sandbox starts. All of it has a default; see <see cref="SandboxDefaults"/>.</summary>
public sealed record SandboxOptions
{
    /// <summary>Where to listen: <c>http://</c>, a loopback address and a port; port 0 takes a free one.</summary>
    public string Url { get; init; } = SandboxDefaults.Url;

    /// <summary>The account that is served.</summary>
    public string AccountId { get; init; } = SandboxDefaults.AccountId;

    /// <summary>The Cloudflare token that may read and write.</summary>
    public string CloudflareToken { get; init; } = SandboxDefaults.CloudflareToken;

    /// <summary>The Cloudflare token that may only read.</summary>
    public string CloudflareReadToken { get; init; } = SandboxDefaults.CloudflareReadToken;

    /// <summary>The Cloudflare token that is valid and may do nothing.</summary>
    public string CloudflareBareToken { get; init; } = SandboxDefaults.CloudflareBareToken;

    /// <summary>The e-mail address of the global-key scheme.</summary>
    public string CloudflareEmail { get; init; } = SandboxDefaults.CloudflareEmail;

    /// <summary>The key of the global-key scheme.</summary>
    public string CloudflareKey { get; init; } = SandboxDefaults.CloudflareKey;

    /// <summary>The CarrierX token that is valid from the start.</summary>
    public string CarrierXToken { get; init; } = SandboxDefaults.CarrierXToken;

    /// <summary>How many registry entries to seed.</summary>
    public int Entries { get; init; } = SandboxDefaults.Entries;

    /// <summary>How many items to seed in each list of the Email Security settings other than the registry.</summary>
    public int Items { get; init; } = SandboxDefaults.Items;

    /// <summary>How many access control rules to seed.</summary>
    public int Rules { get; init; } = SandboxDefaults.Rules;

    /// <summary>Every how many seeded entries one is owned by a directory; 0 for none.</summary>
    public int SyncedEvery { get; init; } = SandboxDefaults.SyncedEvery;

    /// <summary>Whether the Cloudflare limit is enforced.</summary>
    public bool Limit { get; init; } = true;

    /// <summary>Cloudflare requests in a window, for each credential.</summary>
    public int Quota { get; init; } = SandboxDefaults.Quota;

    /// <summary>Length of a window in seconds; fractions are fine.</summary>
    public double WindowSeconds { get; init; } = SandboxDefaults.WindowSeconds;

    /// <summary>How long a credential over its quota is refused, in seconds; fractions are fine.</summary>
    public double BlockSeconds { get; init; } = SandboxDefaults.BlockSeconds;

    /// <summary>How long every service call is held back before it is looked at, in milliseconds.</summary>
    public int LatencyMilliseconds { get; init; }

    /// <summary>Lifetime of an issued CarrierX token in seconds, unless the request asks for another.</summary>
    public double TokenLifetimeSeconds { get; init; } = SandboxDefaults.TokenLifetimeSeconds;

    /// <summary>For how long a list does not show yet what was created, in seconds; 0 for a list that is always up to date.</summary>
    public double ListLagSeconds { get; init; }

    /// <summary>Status of the refusal to change a directory-synced entry.</summary>
    public int SyncedRefusalStatus { get; init; } = SandboxDefaults.SyncedRefusalStatus;

    /// <summary>Whether requests are kept; without it only counters are.</summary>
    public bool Log { get; init; } = true;

    /// <summary>The clock of windows, tokens and timestamps. Delays (latency, slow, hang) are always real.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
