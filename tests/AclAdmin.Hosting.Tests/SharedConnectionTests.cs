using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.Hosting.Tests;

/// <summary>Connections live as long as the process, so all its runspaces share one, its count and its pacing.</summary>
public sealed class SharedConnectionTests
{
    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_second_runspace_uses_the_connection_of_the_first_by_its_name()
    {
        await using var stage = await HostingStage.StartAsync();
        using var one = Engine.Open(new BareHost());
        using var other = Engine.Open();
        stage.ConnectCloudflare(one);

        var run = other.Invoke(
            "Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare.ToUpperInvariant() }, HostingStage.Comments([1, 2, 3]));

        Assert.Null(run.Failure);
        Assert.Empty(run.Errors);
        Assert.Equal(3L, one.Invoke("Get-AclConnection", new { Name = stage.Cloudflare }).Only("RequestsSent"));
        Assert.Empty(other.Invoke("Disconnect-AclConnection", new { Connection = stage.Cloudflare }).Errors);
        Assert.Empty(one.Invoke("Get-AclConnection", new { Name = stage.Cloudflare }).Output);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task A_connection_outlives_the_runspace_that_made_it()
    {
        await using var stage = await HostingStage.StartAsync();
        using (var first = Engine.Open(new BareHost()))
        {
            stage.ConnectCloudflare(first);
        }

        using var later = Engine.Open(new BareHost());

        Assert.Single(later.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 1 }).Output);
    }

    [Fact(Timeout = HostingStage.Patience)]
    public async Task Eight_pipelines_of_a_pool_at_once_keep_one_limit_together()
    {
        // Eight pacers that did not know of each other would send all 240 at once, and be shut out.
        await using var stage = await HostingStage.StartAsync(
            options => options with { Entries = 240, SyncedEvery = 0, Limit = true, Quota = 80, WindowSeconds = 2, BlockSeconds = 2 });
        using var runspace = Engine.Open(new BareHost());
        stage.ConnectCloudflare(runspace);
        runspace.Invoke("Get-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare, First = 1 });
        using var pool = RunspaceFactory.CreateRunspacePool(Engine.CreateState());
        pool.SetMaxRunspaces(8);
        pool.SetMinRunspaces(8);
        pool.Open();

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(part => EditAsync(pool, stage, part)));

        Assert.All(runs, run => Assert.Empty(run));
        Assert.Equal(0, stage.State.Log.Counters.Refused429);
        Assert.Equal(240, stage.Writes.Count(request => request.Applied));
        Assert.All(stage.State.Entries.All(), entry => Assert.StartsWith("part ", entry.Comments, StringComparison.Ordinal));
        Assert.Equal(stage.State.Log.Counters.Total, runspace.Invoke("Get-AclConnection", new { Name = stage.Cloudflare }).Only("RequestsSent"));
        Assert.Equal(241, stage.State.Log.Counters.Total);
    }

    private static async Task<ErrorRecord[]> EditAsync(RunspacePool pool, HostingStage stage, int part)
    {
        using var shell = PowerShell.Create();
        shell.RunspacePool = pool;
        Engine.Add(shell, "Set-ImpersonationRegistryEntry", new { Connection = stage.Cloudflare });
        using var rows = new PSDataCollection<PSObject>(HostingStage.Comments(Enumerable.Range((part * 30) + 1, 30), $"part {part}"));
        rows.Complete();
        await shell.InvokeAsync(rows).WaitAsync(HostingStage.Cancel);
        return [.. shell.Streams.Error];
    }
}
