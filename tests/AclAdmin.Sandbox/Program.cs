using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox;

/// <summary>The sandbox as a process of its own, for benchmarks and for tests in other languages.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var ending = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            var line = CommandLine.Parse(args);
            using var parent = line.ParentPid is { } pid ? Process.GetProcessById(pid) : null;
            await using var sandbox = await SandboxServer.StartAsync(line.Options, ending.Token);
            await Console.Out.WriteLineAsync("AclAdmin.Sandbox ready " + Ready(sandbox));
            await Console.Out.FlushAsync(ending.Token);
            var never = Task.Delay(Timeout.Infinite, ending.Token);
            await Task.WhenAny(never, sandbox.StopRequested, parent?.WaitForExitAsync(ending.Token) ?? never);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync(failure.Message + Environment.NewLine + CommandLine.Usage);
            return 2;
        }

        void End(PosixSignalContext context)
        {
            // Without this the runtime would end the process before the port is given back.
            context.Cancel = true;
            ending.Cancel();
        }
    }

    private static string Ready(SandboxServer sandbox) =>
        Encoding.UTF8.GetString(JsonBytes.Build(sandbox, static (writer, sandbox) =>
        {
            writer.WriteStartObject();
            writer.WriteString("cloudflare"u8, sandbox.CloudflareUri.AbsoluteUri);
            writer.WriteString("carrierx"u8, sandbox.CarrierXUri.AbsoluteUri);
            writer.WriteString("control"u8, sandbox.ControlUri.AbsoluteUri);
            writer.WriteString("account_id"u8, sandbox.Options.AccountId);
            writer.WriteNumber("pid"u8, Environment.ProcessId);
            writer.WriteEndObject();
        }).Span);
}
