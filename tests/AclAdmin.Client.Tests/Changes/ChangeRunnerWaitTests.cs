using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>Who takes outcomes can wait for them, and is not told that there is none while one is still to come.</summary>
public sealed class ChangeRunnerWaitTests
{
    [Fact]
    public async Task A_wait_for_the_next_outcome_lasts_until_it_is_there_whatever_else_ends_meanwhile()
    {
        await using var gate = new Gate();
        var observer = new RecordingObserver();
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(64, observer, stopsAtError: false, Stage.Cancel);
        for (var row = 0; row < 50; row++)
        {
            runner.Post(gate.Change($"e{row}"));
        }

        await gate.ArriveAsync(50);
        var isThere = false;
        var taker = new Thread(() => isThere = runner.WaitFor(Awaited.Next, TimeSpan.FromMinutes(1)));
        taker.Start();
        SpinWait.SpinUntil(() => taker.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        for (var row = 49; row > 0; row--)
        {
            gate.Release($"e{row}");
        }

        SpinWait.SpinUntil(() => observer.Attempts.Count == 49);
        gate.Release("e0");

        taker.Join();
        Assert.True(isThere);
        Assert.Equal(50, Outcomes.DequeueAll(runner).Count);
    }

    [Fact]
    public void Nothing_posted_is_nothing_to_wait_for()
    {
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);

        Assert.True(runner.IsEmpty);
        Assert.False(runner.WaitFor(Awaited.Next, TimeSpan.FromMinutes(10)));
        Assert.False(runner.TryDequeue(out var outcome));
        Assert.Null(outcome);
    }

    [Fact]
    public async Task Idle_is_when_nothing_is_under_way()
    {
        await using var gate = new Gate();
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        Assert.True(runner.WaitFor(Awaited.Idle, TimeSpan.Zero));
        runner.Post(gate.Change("e1"));
        await gate.ArriveAsync(1);
        Assert.False(runner.WaitFor(Awaited.Idle, TimeSpan.Zero));

        gate.Open();

        Assert.True(runner.WaitFor(Awaited.Idle, TimeSpan.FromMinutes(1)));
        Assert.True(runner.TryDequeue(out _));
    }
}
