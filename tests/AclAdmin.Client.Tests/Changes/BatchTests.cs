using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>Changes that go together in one request: each ends as it would have ended alone.</summary>
public sealed class BatchTests
{
    [Fact]
    public async Task Updates_go_in_one_request_with_what_they_specify_and_nothing_else()
    {
        await using var stage = await BatchStage.StartAsync();

        var outcomes = stage.Run([stage.Comment(2, "two"), stage.Update(SandboxIds.Item(BatchStage.Segment, 1), 1, ("comments", null), ("verify_sender", false))]);

        Assert.Equal(["POST /batch"], stage.Sent);
        Assert.Equal(
            $$$"""{"deletes":[],"patches":[{"id":"{{{SandboxIds.Item(BatchStage.Segment, 2)}}}","comments":"two"},{"id":"{{{SandboxIds.Item(BatchStage.Segment, 1)}}}","comments":null,"verify_sender":false}],"puts":[],"posts":[]}""",
            stage.Requests[0].Body);
        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Changed, outcome.Status));
        Assert.Equal(["two", null], outcomes.Select(outcome => outcome.Result!.Comments));
    }

    [Fact]
    public async Task Removals_updates_and_creates_go_together_and_each_gets_its_own_item()
    {
        await using var stage = await BatchStage.StartAsync();
        var existing = await stage.ReadAsync();

        var outcomes = stage.Run([stage.Create(30, existing), stage.Remove(3), stage.Comment(4, "four"), stage.Create(31, existing)]);

        Assert.Equal(["POST /batch"], stage.Sent);
        Assert.Equal(["new30@example.org", null, "partner4@example.com", "new31@example.org"], outcomes.Select(outcome => outcome.Result?.Pattern));
        Assert.Equal(21, stage.Items.Count);
    }

    [Fact]
    public async Task A_single_change_goes_alone()
    {
        await using var stage = await BatchStage.StartAsync();

        Assert.Equal(ChangeStatus.Changed, Assert.Single(stage.Run([stage.Comment(2, "two")])).Status);

        Assert.Equal(["PATCH /" + SandboxIds.Item(BatchStage.Segment, 2)], stage.Sent);
    }

    [Fact]
    public async Task A_batch_size_of_one_sends_each_alone()
    {
        await using var stage = await BatchStage.StartAsync();

        stage.Run(Enumerable.Range(1, 5).Select(index => stage.Comment(index, "x")), batchSize: 1);

        Assert.All(stage.Sent, sent => Assert.StartsWith("PATCH /", sent));
    }

    [Fact]
    public async Task Two_changes_of_one_item_are_never_in_one_batch_and_keep_their_order()
    {
        await using var stage = await BatchStage.StartAsync();

        var outcomes = stage.Run([stage.Comment(1, "a"), stage.Comment(2, "a"), stage.Comment(1, "b"), stage.Comment(2, "b"), stage.Comment(1, "c")]);

        Assert.Equal(["POST /batch", "POST /batch", "PATCH /" + SandboxIds.FirstEntry], stage.Sent);
        Assert.Equal(["a", "a", "b", "b", "c"], outcomes.Select(outcome => outcome.Result!.Comments));
    }

    [Fact]
    public async Task Many_changes_of_one_item_end()
    {
        await using var stage = await BatchStage.StartAsync();

        var outcomes = stage.Run(Enumerable.Range(1, 300).Select(row => stage.Update(SandboxIds.FirstEntry, row, ("comments", $"{row}"))), batchSize: 10, window: 1);

        Assert.Equal(Enumerable.Range(1, 300).Select(row => $"{row}"), outcomes.Select(outcome => outcome.Result!.Comments));
    }

    [Fact]
    public async Task A_batch_that_nobody_waits_for_is_sent_after_half_a_second()
    {
        await using var stage = await BatchStage.StartAsync();
        using var runner = stage.Start();
        runner.Post(stage.Comment(1, "one"));
        runner.Post(stage.Comment(2, "two"));
        Assert.Empty(stage.Requests);

        stage.Clock.LetHalfASecondPass();

        while (!runner.TryDequeue(out _))
        {
            await Task.Delay(5, Stage.Cancel);
        }

        Assert.Equal(["POST /batch"], stage.Sent);
    }

    [Fact]
    public async Task A_batch_that_grows_by_an_eighth_of_its_size_gathers_for_another_half_second()
    {
        await using var stage = await BatchStage.StartAsync();
        using var runner = stage.Start(batchSize: 16);
        runner.Post(stage.Comment(1, "one"));
        runner.Post(stage.Comment(2, "two"));
        stage.Clock.LetHalfASecondPass();
        while (stage.Clock.Waits < 2)
        {
            await Task.Delay(5, Stage.Cancel);
        }

        Assert.Empty(stage.Requests);
        runner.Post(stage.Comment(3, "three"));
        stage.Clock.LetHalfASecondPass();

        while (!runner.TryDequeue(out _))
        {
            await Task.Delay(5, Stage.Cancel);
        }

        Assert.Equal(["POST /batch"], stage.Sent);
        Assert.Equal("three", stage.Items.All().Single(item => item.Id == SandboxIds.Item(BatchStage.Segment, 3)).Text("comments"));
    }

    [Fact]
    public async Task Ten_thousand_edits_are_ten_requests()
    {
        await using var stage = await BatchStage.StartAsync(10_000);

        var outcomes = stage.Run(Enumerable.Range(1, 10_000).Select(index => stage.Comment(index, $"edit {index}")));

        Assert.Equal(10, stage.Requests.Count);
        Assert.Equal(Enumerable.Range(1, 10_000).Select(index => $"edit {index}"), outcomes.Select(outcome => outcome.Result!.Comments));
        Assert.Equal(10_000, stage.Items.All().Count(item => item.Text("comments")!.StartsWith("edit", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_five_thousand_with_three_that_are_refused_the_others_are_carried_out()
    {
        await using var stage = await BatchStage.StartAsync(5_000);
        int[] refused = [17, 2_500, 4_999];

        var outcomes = stage.Run(Enumerable.Range(1, 5_000).Select(index => refused.Contains(index)
            ? stage.Update(Guid.NewGuid().ToString("D"), index, ("comments", "lost"))
            : stage.Comment(index, "edited")));

        Assert.Equal(refused, outcomes.Where(outcome => outcome.Error is not null).Select(Outcomes.RowNumber));
        Assert.All(refused, row => Assert.Equal((ErrorKind.NotFound, 404), (outcomes[row - 1].Error!.Kind, outcomes[row - 1].Error!.StatusCode)));
        Assert.All(refused, row => Assert.StartsWith("PATCH ", outcomes[row - 1].Error!.Message));
        Assert.Equal(4_997, stage.Items.All().Count(item => item.Text("comments") == "edited"));
        Assert.InRange(stage.Requests.Count, 5, 75);
    }

    [Fact]
    public async Task Rows_with_refused_values_cost_no_reads_where_no_item_is_read_only()
    {
        await using var stage = await BatchStage.StartAsync(3_000);
        int[] refused = [1, 1_001, 2_001];

        var outcomes = stage.Run(Enumerable.Range(1, 3_000).Select(index => refused.Contains(index)
            ? stage.Update(SandboxIds.Item(BatchStage.Segment, index), index, ("pattern", "10.0.0.1"), ("pattern_type", "IP"))
            : stage.Comment(index, "edited")));

        Assert.Equal(refused, outcomes.Where(outcome => outcome.Error?.Kind == ErrorKind.ValidationFailed).Select(Outcomes.RowNumber));
        Assert.DoesNotContain(stage.Requests, request => !request.IsWrite);
        Assert.InRange(stage.Requests.Count, 3, 66);
    }

    [Fact]
    public async Task Where_all_are_refused_each_has_an_error_of_its_own()
    {
        await using var stage = await BatchStage.StartAsync();

        var outcomes = stage.Run(Enumerable.Range(1, 64).Select(row => stage.Update(Guid.NewGuid().ToString("D"), row, ("comments", "lost"))));

        Assert.All(outcomes, outcome => Assert.Equal(ErrorKind.NotFound, outcome.Error!.Kind));
        Assert.Equal(64, stage.Sent.Count(sent => sent.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.InRange(stage.Sent.Count(sent => sent == "POST /batch"), 1, 31);
    }

    [Fact]
    public async Task Removing_what_is_gone_is_unchanged_and_the_others_are_removed()
    {
        await using var stage = await BatchStage.StartAsync();
        stage.Items.Remove(SandboxIds.Item(BatchStage.Segment, 7));

        var outcomes = stage.Run(Enumerable.Range(1, 20).Select(stage.Remove));

        Assert.Equal([7], outcomes.Where(outcome => outcome.Status == ChangeStatus.Unchanged).Select(Outcomes.RowNumber));
        Assert.Equal(19, outcomes.Count(outcome => outcome.Status == ChangeStatus.Changed));
        Assert.Equal(0, stage.Items.Count);
    }

    [Theory]
    [InlineData(403, ErrorKind.PermissionDenied)]
    [InlineData(401, ErrorKind.AuthenticationFailed)]
    public async Task A_refusal_that_is_not_about_a_row_is_not_looked_into(int status, ErrorKind kind)
    {
        await using var stage = await BatchStage.StartAsync();
        stage.Refuse(status);

        var outcomes = stage.Run(Enumerable.Range(1, 20).Select(index => stage.Comment(index, "x")));

        Assert.Equal(["POST /batch"], stage.Sent.Where(sent => !sent.StartsWith("GET", StringComparison.Ordinal)));
        Assert.All(outcomes, outcome => Assert.Equal(kind, outcome.Error?.Kind));
        Assert.Equal(20, outcomes.Select(outcome => outcome.Error).Distinct().Count());
    }

    [Fact]
    public async Task Cancelling_leaves_every_row_one_outcome()
    {
        await using var stage = await BatchStage.StartAsync();
        using var runner = stage.Start();
        foreach (var index in Enumerable.Range(1, 20))
        {
            runner.Post(stage.Comment(index, "x"));
        }

        runner.StopSending();

        Assert.All(Outcomes.DequeueAll(runner), outcome => Assert.Equal(ChangeStatus.NotSent, outcome.Status));
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task A_slow_answer_that_was_refused_for_the_limit_is_awaited_once_for_the_whole_batch()
    {
        await using var stage = await BatchStage.StartAsync();
        stage.Fault(FaultKinds.RetryAfterSeconds);

        var outcomes = stage.Run(Enumerable.Range(1, 20).Select(index => stage.Comment(index, "x")));

        Assert.All(outcomes, outcome => Assert.Equal(ChangeStatus.Changed, outcome.Status));
        Assert.Equal(["POST /batch", "POST /batch"], stage.Sent);
    }

    [Fact]
    public async Task A_journal_records_each_change_of_a_batch_before_it_is_sent_and_after()
    {
        await using var stage = await BatchStage.StartAsync();
        var path = System.IO.Path.GetTempFileName();
        System.IO.File.Delete(path);

        var outcomes = stage.RunJournalled(path, Enumerable.Range(1, 20).Select(index => index == 9
            ? stage.Update(SandboxIds.Item(BatchStage.Segment, 9), 9, ("pattern", "10.0.0.1"), ("pattern_type", "IP"))
            : stage.Comment(index, $"edit {index}")));

        var changes = AclAdmin.Client.Changes.Journal.JournalReader.Read(path, Stage.Cancel).Changes;
        Assert.Equal(outcomes.Select(outcome => outcome.Status.ToString()).Order(StringComparer.Ordinal), changes.Select(change => change.State.ToString().Replace("Applied", "Changed", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(20, changes.Count);
        Assert.All(changes.Where(change => change.State.ToString() == "Applied"), change => Assert.StartsWith("edit ", (string?)JObject.Parse(change.After!.ToString()!)["comments"]));
        System.IO.File.Delete(path);
    }
}
