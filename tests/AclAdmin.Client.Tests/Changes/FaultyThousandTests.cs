using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>With one answer in a hundred replaced by a fault, a thousand changes all arrive, and nothing is sent oftener than it must be.</summary>
public sealed class FaultyThousandTests
{
    private const int Count = 1000;

    /// <summary>Faults that a repeat gets over.</summary>
    public static TheoryData<string> Transient => new(FaultKinds.All.Keys.Except(
        [FaultKinds.Slow, FaultKinds.Bom, FaultKinds.Gzip, FaultKinds.GzipBomb, FaultKinds.Redirect, FaultKinds.SuccessFalse200]));

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task Every_change_arrives_and_only_faulted_ones_are_sent_again(string kind)
    {
        var (stage, outcomes) = await RunAsync(kind);
        await using (stage)
        {
            var fault = Assert.Single(stage.State.Faults.All());
            Assert.InRange(fault.Fired, 3, 30);
            AssertAllArrived(stage, outcomes);
            Assert.Equal(Count + fault.Fired, stage.State.Log.Counters.Total);
            Assert.Equal(Count + fault.Fired, stage.Cloudflare.RequestsSent);
            Assert.NotEmpty(stage.Clock.Waits);
        }
    }

    [Theory]
    [InlineData(FaultKinds.Slow)]
    [InlineData(FaultKinds.Bom)]
    [InlineData(FaultKinds.Gzip)]
    public async Task A_good_answer_in_an_odd_dress_is_not_asked_for_again(string kind)
    {
        var (stage, outcomes) = await RunAsync(kind);
        await using (stage)
        {
            AssertAllArrived(stage, outcomes);
            Assert.Equal(Count, stage.State.Log.Counters.Total);
        }
    }

    [Theory]
    [InlineData(FaultKinds.Redirect)]
    [InlineData(FaultKinds.SuccessFalse200)]
    [InlineData(FaultKinds.GzipBomb)]
    public async Task What_no_repeat_can_mend_fails_its_own_row_alone(string kind)
    {
        var (stage, outcomes) = await RunAsync(kind);
        await using (stage)
        {
            var fired = Assert.Single(stage.State.Faults.All()).Fired;
            Assert.Equal(fired, outcomes.LongCount(outcome => outcome.Status == ChangeStatus.Failed));
            Assert.Equal(Count - fired, outcomes.LongCount(outcome => outcome.Status == ChangeStatus.Changed));

            // One read for each shows that nothing was applied.
            Assert.Equal(Count + fired, stage.State.Log.Counters.Total);
        }
    }

    private static void AssertAllArrived(Stage stage, IReadOnlyList<ChangeOutcome<ImpersonationRegistryEntry>> outcomes)
    {
        Assert.Equal(Enumerable.Range(1, Count), outcomes.Select(Outcomes.RowNumber));
        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error)));
        Assert.All(outcomes, outcome => Assert.Equal(Value(Outcomes.RowNumber(outcome)), outcome.Result!.Comments));
        for (var index = 1; index <= Count; index++)
        {
            Assert.Equal(Value(index), stage.State.Entries.Find(SandboxIds.Entry(index))!.Comments);
        }

        // In effect once each: what is applied twice is the same patch to the same entry, and no entry saw another's.
        var applied = stage.State.Log.Requests(writesOnly: true).Where(request => request.Applied).ToLookup(request => request.Path, request => request.Body);
        Assert.Equal(Count, applied.Count);
        Assert.All(applied, bodies => Assert.Single(bodies.Distinct()));
    }

    private static string Value(long index) => FormattableString.Invariant($"value {index}");

    private static async Task<(Stage Stage, List<ChangeOutcome<ImpersonationRegistryEntry>> Outcomes)> RunAsync(string kind)
    {
        var hangs = kind == FaultKinds.Hang;

        // A hung request is given up after five seconds of real time, so only a few hang; every other one is long done by then.
        var stage = await Stage.StartAsync(
            options => options with { Entries = Count, Quota = 1_000_000 }, timeout: TimeSpan.FromSeconds(hangs ? 5 : 60));
        stage.Fault(new FaultRule
        {
            Kind = kind,
            Rate = hangs ? 0.008 : 0.01,
            PerItem = true,
            Seconds = hangs ? 60 : 0.02,
            Match = new FaultMatch { Method = "PATCH" },
        });
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(16, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        for (var index = 1; index <= Count; index++)
        {
            runner.Post(new Change<ImpersonationRegistryEntry>(new ChangeRow(null, index))
            {
                Client = stage.Registry,
                Id = SandboxIds.Entry(index),
                Key = SandboxIds.Entry(index),
                Patch = Patch.Entry(("comments", Value(index))),
            });
        }

        return (stage, Outcomes.DequeueAll(runner));
    }
}
