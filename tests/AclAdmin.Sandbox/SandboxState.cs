using System;
using AclAdmin.Sandbox.CarrierX;
using AclAdmin.Sandbox.Cloudflare;
using AclAdmin.Sandbox.Faults;

namespace AclAdmin.Sandbox;

/// <summary>Everything a sandbox knows, for a test to look at and to set. Thread safe.</summary>
public sealed class SandboxState
{
    private readonly SandboxOptions _options;

    internal SandboxState(SandboxOptions options)
    {
        _options = options;
        Settings = new SandboxSettings(options);
        var listed = new ListClock(Settings, options.Clock);
        Entries = new OrderedStore<RegistryEntry>(entry => entry.Id, listed);
        Rules = new OrderedStore<AccessRule>(rule => rule.RuleSid, listed);
        Log = new RequestLog(Settings, options.Clock);
        Limits = new RateWindow(Settings, options.Clock);
        Tokens = new TokenStore(options, Settings);
        Seed(options.Entries, options.Rules, options.SyncedEvery);
    }

    /// <summary>What can be changed while the sandbox runs.</summary>
    public SandboxSettings Settings { get; }

    /// <summary>The impersonation registry.</summary>
    public OrderedStore<RegistryEntry> Entries { get; }

    /// <summary>The access control rules.</summary>
    public OrderedStore<AccessRule> Rules { get; }

    /// <summary>Every request so far.</summary>
    public RequestLog Log { get; }

    /// <summary>The faults to play.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>The Cloudflare limit.</summary>
    public RateWindow Limits { get; }

    /// <summary>The CarrierX tokens.</summary>
    public TokenStore Tokens { get; }

    /// <summary>Replaces stores by seeded ones.</summary>
    /// <param name="entries">How many registry entries; null leaves the registry alone.</param>
    /// <param name="rules">How many rules; null leaves the rules alone.</param>
    /// <param name="syncedEvery">Every how many entries one is owned by a directory; 0 for none.</param>
    public void Seed(int? entries, int? rules, int syncedEvery = SandboxDefaults.SyncedEvery)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entries ?? 0, nameof(entries));
        ArgumentOutOfRangeException.ThrowIfNegative(rules ?? 0, nameof(rules));
        ArgumentOutOfRangeException.ThrowIfNegative(syncedEvery);
        if (entries is { } entryCount)
            Entries.Load(RegistrySeed.Make(entryCount, syncedEvery));
        if (rules is { } ruleCount)
            Rules.Load(RuleSeed.Make(ruleCount));
    }

    /// <summary>Back to the start: stores, tokens, faults, log and limit. Settings stay as they are.</summary>
    public void Reset()
    {
        Seed(_options.Entries, _options.Rules, _options.SyncedEvery);
        Tokens.Reset();
        Faults.Clear();
        Limits.Clear();
        Log.Clear();
    }
}
