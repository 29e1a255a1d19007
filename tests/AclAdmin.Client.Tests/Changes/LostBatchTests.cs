using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>A batch whose answer was lost: nothing is made twice, whether or not it had arrived.</summary>
public sealed class LostBatchTests
{
    public static TheoryData<string> LostAfterApplying => new([FaultKinds.ResetAfterApply, FaultKinds.Truncate]);

    public static TheoryData<string> LostBeforeApplying => new([FaultKinds.Reset, FaultKinds.Status, FaultKinds.WrongContent, FaultKinds.JsonArray, FaultKinds.Empty200]);

    [Theory]
    [MemberData(nameof(LostAfterApplying))]
    public async Task Creates_that_arrived_are_found_and_not_sent_again(string kind)
    {
        await using var stage = await BatchStage.StartAsync();
        var existing = await stage.ReadAsync();
        stage.Fault(kind);

        var outcomes = stage.Run(Enumerable.Range(100, 50).Select(row => stage.Create(row, existing)));

        Assert.Equal(70, stage.Items.Count);
        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error)));
        Assert.Equal(Enumerable.Range(100, 50).Select(row => $"new{row}@example.org"), outcomes.Select(outcome => outcome.Result!.Pattern));
        Assert.Equal(50, outcomes.Select(outcome => outcome.Result!.Id).Distinct().Count());
        Assert.Equal(1, stage.Sent.Count(sent => sent == "POST /batch"));
    }

    [Theory]
    [MemberData(nameof(LostBeforeApplying))]
    public async Task Creates_that_never_arrived_are_sent_again_after_a_look(string kind)
    {
        await using var stage = await BatchStage.StartAsync();
        var existing = await stage.ReadAsync();
        stage.Fault(kind);

        var outcomes = stage.Run(Enumerable.Range(100, 50).Select(row => stage.Create(row, existing)));

        Assert.Equal(70, stage.Items.Count);
        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error)));
        Assert.Equal(2, stage.Sent.Count(sent => sent == "POST /batch"));
        Assert.StartsWith("GET", stage.Sent.ElementAt(1));
    }

    [Theory]
    [InlineData(FaultKinds.ResetAfterApply)]
    [InlineData(FaultKinds.Reset)]
    [InlineData(FaultKinds.Status)]
    public async Task Removals_are_settled_by_what_is_left(string kind)
    {
        await using var stage = await BatchStage.StartAsync();
        stage.Fault(kind);

        var outcomes = stage.Run(Enumerable.Range(1, 15).Select(stage.Remove));

        Assert.Equal(5, stage.Items.Count);
        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error)));
        Assert.Equal(kind == FaultKinds.ResetAfterApply ? 1 : 2, stage.Sent.Count(sent => sent == "POST /batch"));
    }

    [Fact]
    public async Task Creates_whose_list_was_not_read_stay_unknown_and_are_not_sent_again()
    {
        await using var stage = await BatchStage.StartAsync();
        stage.Fault(FaultKinds.ResetAfterApply);

        var outcomes = stage.Run(Enumerable.Range(100, 5).Select(row => stage.Create(row, existing: null)));

        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Unknown, outcome.Status));
        Assert.Equal(["POST /batch"], stage.Sent);
        Assert.Equal(25, stage.Items.Count);
    }

    [Fact]
    public async Task A_batch_that_is_never_answered_stays_unknown()
    {
        await using var stage = await BatchStage.StartAsync();
        var existing = await stage.ReadAsync();
        stage.Fault(FaultKinds.Reset, times: 100);

        var outcomes = stage.Run(Enumerable.Range(100, 5).Select(row => stage.Create(row, existing)));

        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Unknown, outcome.Status));
        Assert.Equal(20, stage.Items.Count);
    }
}
