using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests;

/// <summary>A sandbox of its own, a connection to each of its services, and a clock that none of them waits for.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string RegistryPath = "/client/v4/accounts/" + SandboxDefaults.AccountId + "/email-security/settings/impersonation_registry";
    public const string RulesPath = "/core/v2/accesscontrol/rules";

    private Stage(SandboxServer sandbox, ManualClock clock, TimeSpan? timeout, RetryPolicy? retry)
    {
        Sandbox = sandbox;
        Clock = clock;
        Cloudflare = Connections.ToCloudflare(sandbox.CloudflareUri, clock, timeout: timeout, retry: retry);
        CarrierX = Connections.ToCarrierX(sandbox.CarrierXUri, clock, timeout: timeout, retry: retry);
        Registry = ImpersonationRegistryDefinition.Instance.OpenClient(Cloudflare, SandboxDefaults.AccountId);
        Rules = new AccessControlRuleClient(CarrierX);
    }

    public SandboxServer Sandbox { get; }

    public SandboxState State => Sandbox.State;

    public ManualClock Clock { get; }

    public RecordingObserver Observer { get; } = new();

    public ApiConnection Cloudflare { get; }

    public ApiConnection CarrierX { get; }

    public IResourceClient<ImpersonationRegistryEntry> Registry { get; }

    public AccessControlRuleClient Rules { get; }

    public IReadOnlyList<LoggedRequest> Requests => State.Log.Requests();

    /// <summary>The one request there was.</summary>
    public LoggedRequest OnlyRequest => Assert.Single(Requests);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts with 20 entries and 20 rules, none of them synced or limited, unless told otherwise.</summary>
    public static async Task<Stage> StartAsync(Func<SandboxOptions, SandboxOptions>? configure = null, TimeSpan? timeout = null, RetryPolicy? retry = null)
    {
        var clock = new ManualClock();
        var options = new SandboxOptions { Entries = 20, Rules = 20, SyncedEvery = 0, Clock = new ManualTime(clock) };
        var sandbox = await SandboxServer.StartAsync(configure?.Invoke(options) ?? options, Cancel);
        return new Stage(sandbox, clock, timeout, retry);
    }

    /// <summary>Plays a fault, once unless told otherwise.</summary>
    public void Fault(FaultRule rule) => State.Faults.Add(rule);

    public Task<ImpersonationRegistryEntry?> CommentAsync(int index, string comments) =>
        Registry.PatchAsync(SandboxIds.Entry(index), Patch.Of(ImpersonationRegistryEntry.Descriptor, ("comments", comments)), Observer, Cancel);

    /// <summary>What planning knows of the registry.</summary>
    public static StateCache<ImpersonationRegistryEntry> States(Stage stage)
    {
        var items = new PresentItems<ImpersonationRegistryEntry>();
        return new(client => items.ReadAllAsync(client, stage.Observer, Cancel).GetAwaiter().GetResult());
    }

    public Task<ApiResponse> SendAsync(ApiRequest request) => Cloudflare.SendAsync(request, Observer, Cancel);

    public async ValueTask DisposeAsync()
    {
        Cloudflare.Dispose();
        CarrierX.Dispose();
        await Sandbox.DisposeAsync();
    }
}

/// <summary>Says patches in a line.</summary>
internal static class Patch
{
    public static FieldPatch Of(ResourceDescriptor resource, params (string Name, JToken? Value)[] fields)
    {
        var patch = new FieldPatch();
        foreach (var (name, value) in fields)
        {
            patch.Set(resource[name], value ?? JValue.CreateNull());
        }

        return patch;
    }

    public static FieldPatch Entry(params (string Name, JToken? Value)[] fields) => Of(ImpersonationRegistryEntry.Descriptor, fields);

    public static FieldPatch Rule(params (string Name, JToken? Value)[] fields) => Of(AccessControlRule.Descriptor, fields);
}

/// <summary>Opens connections with the sandbox's credentials.</summary>
internal static class Connections
{
    public static ApiConnection ToCloudflare(
        Uri baseUri, IClock? clock = null, Credential? credential = null, TimeSpan? timeout = null, RetryPolicy? retry = null) =>
        Open(CloudflareService.Instance, credential ?? Bearer(SandboxDefaults.CloudflareToken), baseUri, clock, timeout, retry);

    public static ApiConnection ToCarrierX(
        Uri baseUri, IClock? clock = null, Credential? credential = null, TimeSpan? timeout = null, RetryPolicy? retry = null) =>
        Open(CarrierXService.Instance, credential ?? Bearer(SandboxDefaults.CarrierXToken), baseUri, clock, timeout, retry);

    public static BearerCredential Bearer(string token) => new(new Secret(token), "API token", "parameter -ApiToken");

    private static ApiConnection Open(ServiceProfile service, Credential credential, Uri baseUri, IClock? clock, TimeSpan? timeout, RetryPolicy? retry) =>
        new("test", service, credential, new ConnectionOptions
        {
            BaseUri = baseUri,
            Clock = clock ?? new ManualClock(),
            Timeout = timeout ?? ConnectionOptions.DefaultTimeout,
            Retry = retry ?? new RetryPolicy(seed: 1),
        });
}
