using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A refusal is everybody's: all wait, one looks whether it is over, and the less the service says, the more patient they are.</summary>
public sealed class RefusalTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task After_a_refusal_one_request_alone_looks_whether_it_is_over()
    {
        var pacer = new Pacer(_clock, documented: null);
        await RefuseAsync(pacer);
        await TurnAsync(pacer);

        var second = TurnAsync(pacer);
        var third = TurnAsync(pacer);
        Assert.False(second.IsCompleted || third.IsCompleted);

        pacer.Observe(null);
        await Task.WhenAll(second, third);
    }

    [Fact]
    public async Task When_that_one_is_refused_too_the_others_wait_on_and_again_one_looks()
    {
        var pacer = new Pacer(_clock, documented: null);
        await RefuseAsync(pacer);
        await TurnAsync(pacer);
        var others = new[] { TurnAsync(pacer), TurnAsync(pacer) };

        pacer.Observe(null, TurnOutcome.Refused);
        Assert.DoesNotContain(others, other => other.IsCompleted);
        pacer.Refuse(Pause);

        await await Task.WhenAny(others);
        Assert.Equal(1, others.Count(other => other.IsCompleted));
        pacer.Observe(null);
        await Task.WhenAll(others);
    }

    [Theory]
    [InlineData(TurnOutcome.Answered)]
    [InlineData(TurnOutcome.Unanswered)]
    public async Task One_that_looked_and_never_came_back_does_not_hold_the_others_for_good(TurnOutcome ended)
    {
        var pacer = new Pacer(_clock, documented: null);
        await RefuseAsync(pacer);
        await TurnAsync(pacer);
        var second = TurnAsync(pacer);

        pacer.Observe(null, ended);

        await second;
    }

    [Fact]
    public async Task The_pause_grows_with_refusals_in_a_row_and_an_answer_starts_anew()
    {
        var pacer = new Pacer(_clock, documented: null);
        for (var refusal = 1; refusal <= 4; refusal++)
        {
            await RefuseAsync(pacer);
        }

        await TurnAsync(pacer);
        pacer.Observe(null);
        await RefuseAsync(pacer);
        await TurnAsync(pacer);

        Assert.Equal([1, 2, 3, 4, 1], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task What_is_refused_together_counts_once()
    {
        var pacer = new Pacer(_clock, documented: null);
        for (var request = 0; request < 16; request++)
        {
            await TurnAsync(pacer);
        }

        for (var request = 0; request < 16; request++)
        {
            pacer.Observe(null, TurnOutcome.Refused);
            pacer.Refuse(Pause);
        }

        await TurnAsync(pacer);
        Assert.Equal([1], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_before_the_refusal_ends_no_pause()
    {
        var pacer = new Pacer(_clock, documented: null);
        await TurnAsync(pacer);
        await RefuseAsync(pacer);

        pacer.Observe(null);
        await RefuseAsync(pacer);
        await TurnAsync(pacer);

        Assert.Equal([1, 2], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    /// <summary>Each row by itself would give up after some two seconds, and be followed by the next one, for five minutes.</summary>
    [Fact]
    public async Task A_block_of_five_minutes_that_nobody_announces_costs_a_few_rows_and_not_hundreds()
    {
        var opens = _clock.Elapsed + TimeSpan.FromMinutes(5);
        await using var stub = StubServer.Start(request => _clock.Elapsed < opens
            ? StubAnswer.Of("429 Too Many Requests", "text/html", "<html>slow down</html>")
            : StubAnswer.Json(200, StubAnswers.Item(request)));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(1, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        for (var row = 1; row <= 60; row++)
        {
            runner.Post(new Change<ImpersonationRegistryEntry>(new ChangeRow(null, row))
            {
                Client = client,
                Id = $"e{row}",
                Key = $"e{row}",
                Patch = Patch.Entry(("comments", "x")),
            });
        }

        var outcomes = Outcomes.DequeueAll(runner);

        var failed = outcomes.Where(outcome => outcome.Status == ChangeStatus.Failed).ToArray();
        Assert.All(failed, outcome => Assert.Equal((ErrorKind.RateLimited, 4), (outcome.Error!.Kind, outcome.Error.Attempts)));
        Assert.InRange(failed.Length, 1, 15);
        Assert.InRange(stub.Requests.Count, 60, 60 + (15 * 4));
    }

    private static TimeSpan Pause(int refusalsInARow) => TimeSpan.FromSeconds(refusalsInARow);

    private static Task<TimeSpan?> TurnAsync(Pacer pacer) => pacer.AcquireAsync(SilentObserver.Instance, Stage.Cancel);

    private static async Task RefuseAsync(Pacer pacer)
    {
        await TurnAsync(pacer);
        pacer.Observe(null, TurnOutcome.Refused);
        pacer.Refuse(Pause);
    }
}
