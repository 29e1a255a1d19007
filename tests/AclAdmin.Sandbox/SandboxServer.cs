using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Sandbox.Http;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace AclAdmin.Sandbox;

/// <summary>Both services in memory behind one server on loopback. Several may run in one process, each on its own port.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private SandboxServer(SandboxOptions options, IPEndPoint endPoint)
    {
        Options = options;
        State = new SandboxState(options);
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(
            Wrapped.Create(kestrel),
            new SocketTransportFactory(Wrapped.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>How it was started.</summary>
    public SandboxOptions Options { get; }

    /// <summary>Stores, log, faults and settings.</summary>
    public SandboxState State { get; }

    /// <summary>Base address of Cloudflare, ending in <c>/client/v4</c>.</summary>
    public Uri CloudflareUri { get; private set; } = null!;

    /// <summary>Base address of CarrierX, ending in <c>/core/v2</c>.</summary>
    public Uri CarrierXUri { get; private set; } = null!;

    /// <summary>Base address of the control side, ending in <c>/_sandbox</c>.</summary>
    public Uri ControlUri { get; private set; } = null!;

    /// <summary>Ends when someone posts to <c>/_sandbox/stop</c>. The server goes on until it is disposed.</summary>
    public Task StopRequested => _stopRequested.Task;

    /// <summary>Starts a sandbox; once the task has ended it takes requests.</summary>
    /// <exception cref="ArgumentException">The address is not <c>http</c> on loopback, or another option makes no sense.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        var sandbox = new SandboxServer(options, Loopback(options.Url));
        try
        {
            await sandbox.OpenAsync(cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening, cuts held requests, and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        using (var patience = new CancellationTokenSource(Patience))
            await _server.StopAsync(patience.Token);
        _server.Dispose();
        _stopping.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var gateway = new Gateway(Options, State, () => _stopRequested.TrySetResult(), _stopping.Token);
        await _server.StartAsync(gateway, cancellationToken);
        var address = "";
        foreach (var bound in _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses)
            address = bound;
        CloudflareUri = new Uri(address + "/client/v4");
        CarrierXUri = new Uri(address + "/core/v2");
        ControlUri = new Uri(address + "/_sandbox");
    }

    // It knows no secrets and asks for none on its control side; it has no business on a network.
    private static IPEndPoint Loopback(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
            throw new ArgumentException($"'{url}' is not an address such as http://127.0.0.1:0.");
        var host = uri.DnsSafeHost.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : uri.DnsSafeHost;
        if (!IPAddress.TryParse(host, out var address) || !IPAddress.IsLoopback(address))
            throw new ArgumentException($"'{url}' is not on loopback.");
        return new IPEndPoint(address, uri.Port);
    }
}
