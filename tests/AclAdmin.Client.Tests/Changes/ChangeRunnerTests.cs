using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>Many changes at a time, each with one outcome, in the order they came in.</summary>
public sealed class ChangeRunnerTests
{
    [Fact]
    public async Task Outcomes_keep_the_order_of_the_rows_although_later_answers_come_first()
    {
        await using var gate = new Gate();
        using var runner = Runner(4);
        for (var row = 1; row <= 4; row++)
        {
            runner.Post(gate.Change($"e{row}", row: row));
        }

        await gate.ArriveAsync(4);
        gate.Release("e4");
        gate.Release("e2");
        Assert.False(runner.TryDequeue(out _));
        gate.Release("e1");
        Assert.Equal("e1", Outcomes.TakeNext(runner).Result!.Id);
        Assert.Equal("e2", Outcomes.TakeNext(runner).Result!.Id);
        Assert.False(runner.IsEmpty);
        gate.Release("e3");

        Assert.Equal(["e3", "e4"], Outcomes.DequeueAll(runner).Select(outcome => outcome.Result!.Id));
        Assert.True(runner.IsEmpty);
    }

    [Fact]
    public async Task A_slow_answer_holds_back_the_outcomes_but_not_the_work()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Slow, Seconds = 0.5, Match = new FaultMatch { PathContains = SandboxIds.Entry(1) } });
        using var runner = Runner(4);
        for (var row = 1; row <= 20; row++)
        {
            runner.Post(new Change<ImpersonationRegistryEntry>(new ChangeRow(null, row))
            {
                Client = stage.Registry,
                Id = SandboxIds.Entry(row),
                Key = SandboxIds.Entry(row),
                Patch = Patch.Entry(("comments", "x")),
            });
        }

        Assert.Equal(Enumerable.Range(1, 20), Outcomes.DequeueAll(runner).Select(Outcomes.RowNumber));
        Assert.Equal(20, stage.State.Log.Counters.Applied);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task No_more_are_under_way_than_the_window_allows(int window)
    {
        await using var gate = new Gate();
        using var runner = Runner(window);
        for (var row = 1; row <= 64; row++)
        {
            runner.Post(gate.Change($"e{row}"));
        }

        await gate.ArriveAsync(window);
        Assert.Equal(window, gate.Log.Count);
        gate.Open();

        Assert.Equal(64, Outcomes.DequeueAll(runner).Count(outcome => outcome.Status == ChangeStatus.Changed));
        Assert.Equal(window, gate.MostInside);
    }

    [Fact]
    public async Task Changes_to_the_same_thing_never_overlap_and_keep_their_order()
    {
        await using var gate = new Gate(open: true);
        using var runner = Runner(16);
        for (var row = 1; row <= 120; row++)
        {
            runner.Post(gate.Change($"e{row % 3}", $"{row}", row));
        }

        var outcomes = Outcomes.DequeueAll(runner);

        Assert.Equal(Enumerable.Range(1, 120), outcomes.Select(Outcomes.RowNumber));
        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Changed, outcome.Status));
        foreach (var id in (string[])["e0", "e1", "e2"])
        {
            var steps = gate.Log.Where(step => step[1..] == id).ToArray();
            Assert.Equal(80, steps.Length);
            Assert.Equal(Enumerable.Range(0, 80).Select(step => step % 2 == 0 ? "+" + id : "-" + id), steps);
        }

        foreach (var rest in Enumerable.Range(0, 3))
        {
            var rows = gate.Bodies.Select(body => (int)JObject.Parse(body)["comments"]!).Where(row => row % 3 == rest).ToArray();
            Assert.Equal(rows.Order(), rows);
        }
    }

    [Fact]
    public async Task Changes_to_other_things_pass_one_that_waits_for_its_turn()
    {
        await using var gate = new Gate();
        using var runner = Runner(2);
        runner.Post(gate.Change("a", "1"));
        runner.Post(gate.Change("a", "2"));
        runner.Post(gate.Change("b", "3"));

        await gate.ArriveAsync(2);

        Assert.Equal(["+a", "+b"], gate.Log.Order());
        gate.Release("a");
        await gate.ArriveAsync(1);
        gate.Open();
        Assert.Equal(3, Outcomes.DequeueAll(runner).Count);
        Assert.Equal(["1", "2", "3"], gate.Bodies.Select(body => (string)JObject.Parse(body)["comments"]!).Order());
    }

    [Fact]
    public async Task A_failure_is_its_own_rows_outcome_and_the_next_to_the_same_thing_goes_on()
    {
        await using var gate = new Gate(open: true);
        using var runner = Runner(4);
        var row = new object();
        runner.Post(new Change<ImpersonationRegistryEntry>(new ChangeRow(row, 1))
        {
            Client = gate.Client,
            Id = "missing",
            Key = "missing",
            Patch = Patch.Entry(("comments", "1")),
        });
        runner.Post(gate.Change("missing", "2"));
        runner.Post(gate.Change("../x"));
        runner.Post(gate.Change("e1"));

        var outcomes = Outcomes.DequeueAll(runner);

        Assert.Equal([ChangeStatus.Failed, ChangeStatus.Failed, ChangeStatus.Failed, ChangeStatus.Changed], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(
            [ErrorKind.NotFound, ErrorKind.NotFound, ErrorKind.ValidationFailed, null], outcomes.Select(outcome => outcome.Error?.Kind));
        Assert.Same(row, outcomes[0].Change.Rows[0].Value);
        Assert.Equal(3, gate.Bodies.Count());
    }

    [Fact]
    public async Task What_nobody_foresaw_is_an_outcome_too()
    {
        await using var gate = new Gate(open: true);
        using var runner = Runner(2);
        runner.Post(new Change<ImpersonationRegistryEntry> { Id = "e1", Action = ChangeAction.Replace, Client = gate.Client });
        runner.Post(new Change<ImpersonationRegistryEntry> { Id = "e1" });

        var outcomes = Outcomes.DequeueAll(runner);

        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Failed, ErrorKind.InternalError), (outcome.Status, outcome.Error!.Kind)));
        Assert.IsType<NotSupportedException>(outcomes[0].Error!.InnerException);
    }

    [Fact]
    public async Task A_replacement_is_sent_as_one()
    {
        await using var stage = await Stage.StartAsync();
        using var runner = new ChangeRunner<AccessControlRule>(2, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        runner.Post(new Change<AccessControlRule>
        {
            Action = ChangeAction.Replace,
            Client = stage.Rules,
            Id = SandboxIds.Rule(2),
            Patch = Patch.Rule(("entries", new JArray("1")), ("field", "to"), ("name", "n"), ("operation", "exact"), ("quantifier", "all")),
        });

        Assert.Equal(ChangeStatus.Changed, Assert.Single(Outcomes.DequeueAll(runner)).Status);
        Assert.Equal("PUT", stage.OnlyRequest.Method);
    }

    [Fact]
    public async Task Settled_outcomes_keep_their_place()
    {
        await using var gate = new Gate();
        using var runner = Runner(4);
        runner.Post(gate.Change("e1", row: 1));
        runner.Post(ChangeOutcome<ImpersonationRegistryEntry>.Unchanged(gate.Change("e2", row: 2)));
        runner.Post(ChangeOutcome<ImpersonationRegistryEntry>.Skipped(gate.Change("e3", row: 3)));
        runner.Post(gate.Change("e4", row: 4));
        await gate.ArriveAsync(2);
        Assert.False(runner.TryDequeue(out _));
        gate.Open();

        var outcomes = Outcomes.DequeueAll(runner);

        Assert.Equal([1, 2, 3, 4], outcomes.Select(Outcomes.RowNumber));
        Assert.Equal(
            [ChangeStatus.Changed, ChangeStatus.Unchanged, ChangeStatus.Skipped, ChangeStatus.Changed], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(2, gate.Bodies.Count());
    }

    [Fact]
    public async Task Room_ends_when_outcomes_are_not_taken_and_comes_back_when_they_are()
    {
        await using var gate = new Gate();
        using var runner = Runner(2);
        Assert.True(runner.HasRoom);
        var posted = 0;
        while (runner.HasRoom && posted < 1000)
        {
            runner.Post(gate.Change($"e{++posted}"));
        }

        Assert.InRange(posted, 2, 80);
        gate.Open();
        Outcomes.TakeNext(runner);
        runner.WaitFor(Awaited.Room, TimeSpan.FromMinutes(1));
        Assert.True(runner.HasRoom);
        Assert.Equal(posted - 1, Outcomes.DequeueAll(runner).Count);
    }

    [Fact]
    public async Task Room_also_ends_when_everything_but_the_first_has_ended()
    {
        await using var gate = new Gate();
        using var runner = Runner(2);
        runner.Post(gate.Change("e0"));
        await gate.ArriveAsync(1);
        var posted = 1;
        while (posted < 1000 && runner.HasRoom)
        {
            runner.Post(ChangeOutcome<ImpersonationRegistryEntry>.Unchanged(gate.Change($"e{posted++}")));
        }

        Assert.InRange(posted, 2, 100);
        Assert.False(runner.TryDequeue(out _));
        gate.Open();
        runner.WaitFor(Awaited.Room, TimeSpan.FromMinutes(1));
        Assert.True(runner.TryDequeue(out _));
        Assert.True(runner.HasRoom);
    }

    [Fact]
    public async Task Room_is_back_for_many_and_not_just_for_one()
    {
        await using var gate = new Gate();
        using var runner = Runner(2);
        var posted = 0;
        while (runner.HasRoom && posted < 1000)
        {
            runner.Post(gate.Change($"e{posted++}"));
        }

        var waiter = new Thread(() => runner.WaitFor(Awaited.Room, TimeSpan.FromMinutes(1)));
        waiter.Start();
        SpinWait.SpinUntil(() => waiter.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        await gate.ArriveAsync(2);
        gate.Release("e0");
        gate.Release("e1");
        await gate.ArriveAsync(2);
        Assert.True(waiter.IsAlive);

        gate.Open();
        waiter.Join();
        var free = 0;
        while (runner.HasRoom && free < 1000)
        {
            runner.Post(gate.Change($"f{free++}"));
        }

        Assert.InRange(free, 10, 1000);
    }

    private static ChangeRunner<ImpersonationRegistryEntry> Runner(int window) => new(window, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
}
