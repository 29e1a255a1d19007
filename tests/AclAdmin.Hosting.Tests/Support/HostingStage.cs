using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>A sandbox and connections to it, whose names no other test has: connections live as long as the process.</summary>
internal sealed class HostingStage : IAsyncDisposable
{
    public const string RegistryPath = "/client/v4/accounts/" + SandboxDefaults.AccountId + "/email-security/settings/impersonation_registry";

    /// <summary>Far longer than anything here takes; only what hangs gets there.</summary>
    public const int Patience = 120_000;

    private static int _count;

    private HostingStage(SandboxServer sandbox)
    {
        var number = Interlocked.Increment(ref _count);
        Sandbox = sandbox;
        Cloudflare = $"cloudflare-{number}";
        CarrierX = $"carrierx-{number}";
    }

    public SandboxServer Sandbox { get; }

    public SandboxState State => Sandbox.State;

    /// <summary>The name of the connection to Cloudflare.</summary>
    public string Cloudflare { get; }

    /// <summary>The name of the connection to CarrierX.</summary>
    public string CarrierX { get; }

    public IReadOnlyList<LoggedRequest> Writes => State.Log.Requests(writesOnly: true);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts with 60 entries and 20 rules, without a limit, unless told otherwise.</summary>
    public static async Task<HostingStage> StartAsync(Func<SandboxOptions, SandboxOptions>? configure = null)
    {
        var options = new SandboxOptions { Entries = 60, Rules = 20, Quota = 1_000_000 };
        return new HostingStage(await SandboxServer.StartAsync(configure?.Invoke(options) ?? options, Cancel));
    }

    public Run ConnectCloudflare(Runspace runspace) => runspace.Invoke("Connect-CloudflareAccount", new
    {
        SandboxDefaults.AccountId,
        ApiToken = Engine.Secret(SandboxDefaults.CloudflareToken),
        BaseUri = Sandbox.CloudflareUri,
        Name = Cloudflare,
        PassThru = true,
    });

    public Run ConnectCarrierX(Runspace runspace) => runspace.Invoke("Connect-CarrierXAccount", new
    {
        AccessToken = Engine.Secret(SandboxDefaults.CarrierXToken),
        BaseUri = Sandbox.CarrierXUri,
        Name = CarrierX,
        PassThru = true,
    });

    /// <summary>Rows that comment on seeded entries.</summary>
    public static PSObject[] Comments(IEnumerable<int> entries, string comments = "new") =>
        [.. entries.Select(index => Engine.Row(("id", SandboxIds.Entry(index)), ("comments", comments)))];

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
