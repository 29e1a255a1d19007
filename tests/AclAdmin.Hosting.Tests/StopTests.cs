using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>A host that stops a pipeline in mid-run has it back, and the service hears no more of it.</summary>
public sealed class StopTests
{
    [Fact(Timeout = HostingStage.Patience)]
    public async Task Stopping_in_mid_run_returns_sends_nothing_more_and_leaves_the_connection_good()
    {
        await using var stage = await HostingStage.StartAsync();
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        for (var index = 11; index <= 40; index++)
        {
            stage.State.Faults.Add(new FaultRule { Kind = FaultKinds.Hang, Seconds = 3600, Match = new FaultMatch { PathContains = SandboxIds.Entry(index) } });
        }

        using (var shell = PowerShell.Create(runspace))
        {
            Engine.Add(shell, "Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, ThrottleLimit = 4, Verbose = true });
            using var rows = new PSDataCollection<PSObject>(HostingStage.Comments(Enumerable.Range(1, 40)));
            rows.Complete();
            var running = shell.InvokeAsync(rows);
            await UntilAsync(() => stage.Writes.Count(request => request.Fault == FaultKinds.Hang) == 4);

            // All that may be under way hangs, so what the log has now is all that was sent.
            await Task.Run(shell.Stop, HostingStage.Cancel).WaitAsync(HostingStage.Cancel);

            await Assert.ThrowsAnyAsync<RuntimeException>(() => running.WaitAsync(HostingStage.Cancel));
            Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
            Assert.Empty(shell.Streams.Error);
        }

        stage.State.Faults.Clear();
        string[] wanted = [.. Enumerable.Range(38, 3).Select(SandboxIds.Entry)];
        var next = runspace.Invoke("Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, PassThru = true }, HostingStage.Comments([38, 39, 40]));

        Assert.Null(next.Failure);
        Assert.Empty(next.Errors);
        Assert.Equal(wanted, next.Output.Select(entry => entry.Properties["Id"].Value));
        Assert.Equal(10 + 4 + 3, stage.Writes.Count);
        Assert.Equal(wanted.Order(), stage.Writes.Skip(14).Select(request => request.Path.Split('/')[^1]).Order());
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(5, HostingStage.Cancel);
        }
    }
}
