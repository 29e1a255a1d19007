using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>Stopped work loses no row: each is carried out to its end or told as not sent.</summary>
public sealed class ChangeRunnerStopTests
{
    [Fact]
    public async Task Stopping_lets_what_is_under_way_end_and_leaves_the_rest_unsent()
    {
        await using var gate = new Gate();
        using var runner = Runner(2);
        for (var row = 1; row <= 10; row++)
        {
            runner.Post(gate.Change($"e{row}", row: row));
        }

        await gate.ArriveAsync(2);
        runner.StopSending();
        gate.Open();

        var outcomes = Outcomes.DequeueAll(runner);
        Assert.Equal(Enumerable.Range(1, 10), outcomes.Select(Outcomes.RowNumber));
        Assert.All(outcomes.Take(2), outcome => Assert.Equal(ChangeStatus.Changed, outcome.Status));
        Assert.All(outcomes.Skip(2), outcome => Assert.Equal(ChangeStatus.NotSent, outcome.Status));
        Assert.Equal(2, gate.Bodies.Count());
    }

    [Fact]
    public async Task Stopping_leaves_unsent_what_waits_behind_the_same_thing()
    {
        await using var gate = new Gate();
        using var runner = Runner(4);
        runner.Post(gate.Change("a", "1"));
        runner.Post(gate.Change("a", "2"));
        runner.Post(gate.Change("a", "3"));
        await gate.ArriveAsync(1);

        runner.StopSending();
        gate.Open();

        Assert.Equal([ChangeStatus.Changed, ChangeStatus.NotSent, ChangeStatus.NotSent], Outcomes.DequeueAll(runner).Select(outcome => outcome.Status));
        Assert.Equal("""{"comments":"1"}""", Assert.Single(gate.Bodies));
    }

    [Fact]
    public async Task What_is_posted_after_the_stop_is_not_sent_and_settled_outcomes_still_come()
    {
        await using var gate = new Gate(open: true);
        using var runner = Runner(2);
        runner.StopSending();
        runner.Post(gate.Change("e1"));
        runner.Post(ChangeOutcome<ImpersonationRegistryEntry>.Unchanged(gate.Change("e2")));
        runner.StopSending();

        Assert.Equal([ChangeStatus.NotSent, ChangeStatus.Unchanged], Outcomes.DequeueAll(runner).Select(outcome => outcome.Status));
        Assert.Empty(gate.Bodies);
    }

    [Fact]
    public async Task Cancelling_ends_everything_at_once_and_every_row_has_an_outcome()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stage.Cancel);
        await using var gate = new Gate();
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, SilentObserver.Instance, stopsAtError: false, cancellation.Token);
        for (var row = 1; row <= 10; row++)
        {
            runner.Post(gate.Change($"e{row % 5}", row: row));
        }

        await gate.ArriveAsync(2);
        await cancellation.CancelAsync();

        var outcomes = Outcomes.DequeueAll(runner);
        Assert.Equal(Enumerable.Range(1, 10), outcomes.Select(Outcomes.RowNumber));
        Assert.Equal([1, 2], outcomes.Where(outcome => outcome.Status == ChangeStatus.Unknown).Select(Outcomes.RowNumber));
        Assert.All(outcomes.Skip(2), outcome => Assert.Equal((ChangeStatus.NotSent, null), (outcome.Status, outcome.Error)));
        Assert.Equal(2, gate.Bodies.Count());
    }

    [Fact]
    public async Task What_is_cancelled_before_it_starts_sends_nothing()
    {
        await using var gate = new Gate(open: true);
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(2, SilentObserver.Instance, stopsAtError: false, new CancellationToken(canceled: true));
        runner.Post(gate.Change("e1"));

        Assert.Equal(ChangeStatus.NotSent, Assert.Single(Outcomes.DequeueAll(runner)).Status);
        Assert.Empty(gate.Bodies);
    }

    [Fact]
    public async Task Disposing_gives_up_what_is_under_way_and_may_be_done_twice()
    {
        await using var gate = new Gate();
        var runner = Runner(2);
        runner.Post(gate.Change("e1"));
        runner.Post(gate.Change("e1"));
        await gate.ArriveAsync(1);

        runner.Dispose();
        runner.Dispose();

        Assert.Equal([ChangeStatus.Unknown, ChangeStatus.NotSent], Outcomes.DequeueAll(runner).Select(outcome => outcome.Status));
        Assert.Single(gate.Bodies);
    }

    [Fact]
    public async Task A_waiting_taker_is_woken_when_the_work_is_cancelled()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stage.Cancel);
        await using var gate = new Gate();
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(1, SilentObserver.Instance, stopsAtError: false, cancellation.Token);
        runner.Post(gate.Change("e1"));
        runner.Post(gate.Change("e2"));
        await gate.ArriveAsync(1);

        var taker = Task.Run(() => Outcomes.TakeNext(runner), Stage.Cancel);
        await cancellation.CancelAsync();

        Assert.Equal(ChangeStatus.Unknown, (await taker).Status);
        Assert.Equal(ChangeStatus.NotSent, Outcomes.TakeNext(runner).Status);
    }

    [Fact]
    public async Task A_refused_credential_ends_the_run_as_what_waits_would_only_meet_the_same()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(401, """{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");
        using var runner = Runner(1);
        for (var row = 1; row <= 20; row++)
        {
            runner.Post(new Change<ImpersonationRegistryEntry>(new ChangeRow(null, row)) { Client = client, Id = $"e{row}", Key = $"e{row}", Patch = Patch.Entry(("comments", "x")) });
        }

        var outcomes = Outcomes.DequeueAll(runner);

        Assert.Equal((ChangeStatus.Failed, ErrorKind.AuthenticationFailed), (outcomes[0].Status, outcomes[0].Error!.Kind));
        Assert.All(outcomes.Skip(1), outcome => Assert.Equal(ChangeStatus.NotSent, outcome.Status));
        Assert.Single(stub.Requests);
    }

    private static ChangeRunner<ImpersonationRegistryEntry> Runner(int window) => new(window, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
}
