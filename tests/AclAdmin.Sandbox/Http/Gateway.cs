using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Sandbox.CarrierX;
using AclAdmin.Sandbox.Cloudflare;
using AclAdmin.Sandbox.Control;
using AclAdmin.Sandbox.Faults;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AclAdmin.Sandbox.Http;

/// <summary>
/// Takes every request: reads it, logs it, plays a fault or lets a service answer. Sits directly on Kestrel, as the sandbox must be
/// faster than the clients it measures.
/// </summary>
internal sealed class Gateway : IHttpApplication<HttpContext>
{
    private readonly SandboxState _state;
    private readonly TimeProvider _clock;
    private readonly CloudflareService _cloudflare;
    private readonly CarrierXService _carrierX;
    private readonly ControlService _control;
    private readonly CancellationToken _stopping;

    public Gateway(SandboxOptions options, SandboxState state, Action stop, CancellationToken stopping)
    {
        _state = state;
        _clock = options.Clock;
        _cloudflare = new CloudflareService(options, state);
        _carrierX = new CarrierXService(state);
        _control = new ControlService(options, state, stop);
        _stopping = stopping;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            var exchange = await Exchange.ReadAsync(context);
            var path = exchange.Path;
            if (path.StartsWith("/_sandbox/", StringComparison.Ordinal))
                await Delivery.SendAsync(context, _control.Handle(exchange));
            else
                await ServeAsync(context, exchange, Under(path, "/client/v4") ? _cloudflare : Under(path, "/core/v2") ? _carrierX : null);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the sandbox stops while a request is held.
            context.Abort();
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            context.Abort();
        }
        catch (Exception failure) when (failure is not BadHttpRequestException && !context.Response.HasStarted)
        {
            // A bug of the sandbox, not a staged fault: say so, or a test would take it for one.
            await Delivery.SendAsync(context, new Answer(500, Encoding.UTF8.GetBytes("Sandbox bug: " + failure), "text/plain"));
        }
    }

    private static bool Under(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');

    private async Task ServeAsync(HttpContext context, Exchange exchange, IService? service)
    {
        var record = _state.Log.Begin(service?.Name ?? "none", exchange);
        if (record is not null)
            _state.Arriving?.Invoke(record);
        if (service is null)
        {
            _state.Log.End(record, 404, null, applied: false);
            await Delivery.SendAsync(context, new Answer(404, default, null));
            return;
        }
        var latency = _state.Settings.LatencyMilliseconds;
        if (latency > 0)
            await HoldAsync(context, TimeSpan.FromMilliseconds(latency));

        // Staged refusals count against the limit like any other request: the edge that refuses has seen them.
        var answer = service.Admit(exchange);
        var fault = answer is null ? _state.Faults.Pick(service.Name, exchange) : null;
        if (fault?.Kind is FaultKinds.Reset or FaultKinds.Hang)
        {
            _state.Log.End(record, 0, fault.Kind, applied: false);
            if (fault.Kind is FaultKinds.Hang)
                await HoldAsync(context, TimeSpan.FromSeconds(fault.Seconds ?? 30));
            context.Abort();
            return;
        }
        var staged = fault is not null && !FaultKinds.Applies(fault.Kind);
        answer ??= staged ? FaultAnswers.Make(fault!, service, _clock) : service.Handle(exchange);
        service.Complete(exchange, answer, staged);
        _state.Log.End(record, fault?.Kind is FaultKinds.ResetAfterApply ? 0 : answer.Status, fault?.Kind, answer.Applied);
        switch (fault?.Kind)
        {
            case FaultKinds.ResetAfterApply:
                context.Abort();
                return;
            case FaultKinds.Truncate:
                await Delivery.SendHalfAsync(context, answer);
                return;
            case FaultKinds.Slow:
                await HoldAsync(context, TimeSpan.FromSeconds(fault.Seconds ?? 1));
                break;
            case FaultKinds.Gzip:
                FaultAnswers.Compress(answer);
                break;
            case FaultKinds.Bom when answer.Body.Length > 0:
                answer.Body = (byte[])[0xEF, 0xBB, 0xBF, .. answer.Body.Span];
                break;
        }
        await Delivery.SendAsync(context, answer);
    }

    private async Task HoldAsync(HttpContext context, TimeSpan time)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        await Task.Delay(time, either.Token);
    }
}
