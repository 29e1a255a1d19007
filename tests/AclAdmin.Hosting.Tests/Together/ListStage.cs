using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>A sandbox with small lists, two connections to each of its services, and a runspace. It is used again and again: <see cref="Reset"/> is the start.</summary>
internal sealed class ListStage : IAsyncDisposable
{
    /// <summary>What a row has whose write the service refuses.</summary>
    public const string Refused = "refuse me";

    private static readonly string[] Times = ["modified_at", "last_modified", "created_at"];
    private static readonly string[] Ids = ["id", "rule_sid"];
    private static int _count;

    private readonly HttpClient _control = new();

    private ListStage(SandboxServer sandbox)
    {
        Sandbox = sandbox;
        Name = string.Create(CultureInfo.InvariantCulture, $"list-stage-{++_count}");
        Folder = Directory.CreateTempSubdirectory("acladmin-").FullName;
        Runspace = Engine.Open(new BareHost());
        foreach (var number in new[] { 1, 2 })
        {
            Runspace.Invoke("Connect-CloudflareAccount", new { SandboxDefaults.AccountId, ApiToken = Engine.Secret(SandboxDefaults.CloudflareToken), BaseUri = sandbox.CloudflareUri, Name = Connection(false, number) });
            Runspace.Invoke("Connect-CarrierXAccount", new { AccessToken = Engine.Secret(SandboxDefaults.CarrierXToken), BaseUri = sandbox.CarrierXUri, Name = Connection(true, number) });
        }
    }

    public SandboxServer Sandbox { get; }

    public SandboxState State => Sandbox.State;

    public Runspace Runspace { get; }

    /// <summary>A folder of its own, for journals and files.</summary>
    public string Folder { get; }

    private string Name { get; }

    public static async Task<ListStage> StartAsync() =>
        new(await SandboxServer.StartAsync(new SandboxOptions { Entries = TestList.Count, Rules = TestList.Count, Items = TestList.Count, Quota = 1_000_000 }, HostingStage.Cancel));

    /// <summary>The name of one of the two connections to a service.</summary>
    public string Connection(bool isCarrierX, int number = 1) => $"{Name}-{(isCarrierX ? "carrierx" : "cloudflare")}-{number}";

    /// <summary>The seeded lists, no fault but the refusal of what <see cref="Refused"/> marks, and an empty log.</summary>
    public void Reset()
    {
        State.Seed(TestList.Count, TestList.Count, syncedEvery: TestList.Locked);
        State.Rules.Update(SandboxIds.Rule(TestList.Locked), rule => rule with { ReadOnly = true });
        foreach (var list in TestList.All.Where(list => list.Segment is not ("entries" or "rules")))
        {
            State.SeedItems(list.Segment, TestList.Count);
        }

        State.Faults.Clear();
        State.Log.Clear();
        Refuse(Refused);
    }

    /// <summary>Has the service refuse every write that contains a text.</summary>
    public void Refuse(string text) =>
        State.Faults.Add(new FaultRule { Kind = FaultKinds.Status, Status = 422, Match = new() { Contains = text, Writes = true } });

    /// <summary>A path that no file has yet.</summary>
    public string NewFile(string extension) => Path.Combine(Folder, Guid.NewGuid().ToString("N") + extension);

    /// <summary>The items of a list as the service writes them.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadAsync(string segment)
    {
        var text = await _control.GetStringAsync(new Uri($"{Sandbox.ControlUri}/state/{segment}"), HostingStage.Cancel);
        return [.. JsonNode.Parse(text)!.AsArray().Select(item => item!.AsObject())];
    }

    /// <summary>The items of a list without what differs from run to run: the ids of new items, and times. Order is not compared, as changes overlap.</summary>
    public async Task<string> ShowAsync(string segment, Func<string, bool> isSeeded)
    {
        var items = await ReadAsync(segment);
        foreach (var item in items)
        {
            foreach (var time in Times)
            {
                item.Remove(time);
            }

            foreach (var id in Ids.Where(id => item[id] is { } value && !isSeeded((string)value!)))
            {
                item[id] = "new";
            }
        }

        return string.Join('\n', items.Select(item => item.ToJsonString()).Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var number in new[] { 1, 2 })
        {
            Runspace.Invoke("Disconnect-AclConnection", new { Connection = Connection(false, number) });
            Runspace.Invoke("Disconnect-AclConnection", new { Connection = Connection(true, number) });
        }

        Runspace.Dispose();
        _control.Dispose();
        Directory.Delete(Folder, recursive: true);
        await Sandbox.DisposeAsync();
    }
}
