using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AclAdmin.Sandbox.CarrierX;
using AclAdmin.Sandbox.Cloudflare;
using AclAdmin.Sandbox.Faults;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox;

/// <summary>Everything a sandbox knows, for a test to look at and to set. Thread safe.</summary>
public sealed class SandboxState
{
    private readonly SandboxOptions _options;
    private readonly Dictionary<string, OrderedStore<SettingsItem>> _items;

    internal SandboxState(SandboxOptions options)
    {
        _options = options;
        Settings = new SandboxSettings(options);
        var listed = new ListClock(Settings, options.Clock);
        Entries = new OrderedStore<RegistryEntry>(entry => entry.Id, listed);
        Rules = new OrderedStore<AccessRule>(rule => rule.RuleSid, listed);
        Owners = new OrderedStore<ListOwner>(owner => owner.Path, listed);
        _items = SettingsTables.All.Keys.ToDictionary(segment => segment, _ => new OrderedStore<SettingsItem>(item => item.Id, listed));
        Log = new RequestLog(Settings, options.Clock);
        Limits = new RateWindow(Settings, options.Clock);
        Tokens = new TokenStore(options, Settings);
        Seed(options.Entries, options.Rules, options.SyncedEvery);
        SeedLists();
    }

    /// <summary>What can be changed while the sandbox runs.</summary>
    public SandboxSettings Settings { get; }

    /// <summary>The impersonation registry.</summary>
    public OrderedStore<RegistryEntry> Entries { get; }

    /// <summary>The access control rules.</summary>
    public OrderedStore<AccessRule> Rules { get; }

    /// <summary>The partner, its trunk groups and their trunks, which have the access control lists.</summary>
    public OrderedStore<ListOwner> Owners { get; }

    /// <summary>A list of the Email Security settings other than the registry, by the last segment of its address.</summary>
    /// <exception cref="ArgumentException">There is no such list.</exception>
    public OrderedStore<SettingsItem> Items(string segment) =>
        _items.TryGetValue(segment, out var items) ? items : throw new ArgumentException($"There is no list {segment}.", nameof(segment));

    /// <summary>Every request so far.</summary>
    public RequestLog Log { get; }

    /// <summary>The faults to play.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>Called with each request to a service when it arrives, before a fault is chosen for it; null for nothing. Only while requests are kept.</summary>
    public Action<LoggedRequest>? Arriving { get; set; }

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
        {
            Rules.Load(RuleSeed.Make(ruleCount));
            Owners.Load(ListOwnerSeed.Make(Rules.All()));
        }
    }

    /// <summary>Adds a partner, which has no rules, and issues a token that acts for it.</summary>
    /// <param name="sid">Its sid.</param>
    /// <param name="parentSid">The partner above it.</param>
    public string AddPartner(string sid, string parentSid = SandboxDefaults.ParentSid)
    {
        Owners.Add(new ListOwner { Path = "partners/" + sid, Name = "Partner " + sid, PartnerSid = sid, ParentSid = parentSid });
        return Tokens.Issue(partnerSid: sid).AccessToken;
    }

    private void SeedLists()
    {
        foreach (var segment in _items.Keys)
            SeedItems(segment, _options.Items);
    }

    /// <summary>Replaces a list of the Email Security settings other than the registry by a seeded one.</summary>
    /// <param name="segment">The last segment of its address.</param>
    /// <param name="count">How many items.</param>
    public void SeedItems(string segment, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Items(segment).Load(Enumerable.Range(1, count).Select(SettingsTables.All[segment].Make));
    }

    /// <summary>An item as the service writes it; null where there is none.</summary>
    public string? Show(string segment, string id) => Items(segment).Find(id) is { } item
        ? Encoding.UTF8.GetString(JsonBytes.Build(item, SettingsTables.All[segment].Write).Span)
        : null;

    /// <summary>Back to the start: stores, tokens, faults, log and limit. Settings stay as they are.</summary>
    public void Reset()
    {
        Seed(_options.Entries, _options.Rules, _options.SyncedEvery);
        SeedLists();
        Tokens.Reset();
        Faults.Clear();
        Limits.Clear();
        Log.Clear();
    }
}
