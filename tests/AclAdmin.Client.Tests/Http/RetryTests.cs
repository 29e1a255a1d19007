using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A fault that passes is got over, with as many requests and waits as it takes and no more.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(FaultKinds.RetryAfterSeconds)]
    [InlineData(FaultKinds.RetryAfterDate)]
    [InlineData(FaultKinds.NoHeader)]
    [InlineData(FaultKinds.Html429)]
    [InlineData(FaultKinds.Null429)]
    [InlineData(FaultKinds.Empty429)]
    [InlineData(FaultKinds.Reset)]
    [InlineData(FaultKinds.ResetAfterApply)]
    [InlineData(FaultKinds.Truncate)]
    [InlineData(FaultKinds.WrongContent)]
    [InlineData(FaultKinds.JsonArray)]
    [InlineData(FaultKinds.JsonScalar)]
    [InlineData(FaultKinds.Empty200)]
    public async Task A_fault_that_passes_costs_one_wait_and_one_more_request(string kind)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = kind, Times = 1 });

        var entry = await stage.CommentAsync(2, "Arrived");

        Assert.Equal("Arrived", entry!.Comments);
        Assert.Equal("Arrived", stage.State.Entries.Find(SandboxIds.Entry(2))!.Comments);
        Assert.Equal((2, 2L), (stage.Requests.Count, stage.Cloudflare.RequestsSent));
        Assert.Single(stage.Clock.Waits);
        Assert.Equal([1, 2], stage.Observer.Attempts.Select(attempt => attempt.Attempt));
        Assert.NotNull(stage.Observer.Attempts[0].Failure);
        Assert.Equal(200, stage.Observer.Attempts[1].StatusCode);
        Assert.All(stage.Requests, request => Assert.Equal("""{"comments":"Arrived"}""", request.Body));
    }

    [Theory]
    [InlineData(FaultKinds.Slow)]
    [InlineData(FaultKinds.Bom)]
    public async Task A_good_answer_that_is_late_or_marked_is_a_good_answer(string kind)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = kind, Seconds = 0.05 });

        Assert.Equal("Arrived", (await stage.CommentAsync(2, "Arrived"))!.Comments);
        Assert.Single(stage.Requests);
        Assert.Empty(stage.Clock.Waits);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_error_is_tried_again_whatever_its_body(int status)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status, Body = "html", Times = 1 });
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status, Body = "null", Times = 1 });
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status, Body = "empty", Times = 1 });

        await stage.CommentAsync(2, "Arrived");

        Assert.Equal([status, status, status, 200], stage.Requests.Select(request => request.Status));
        Assert.Equal(3, stage.Clock.Waits.Count);
    }

    [Theory]
    [InlineData(FaultKinds.NoHeader, ErrorKind.RateLimited)]
    [InlineData(FaultKinds.RetryAfterSeconds, ErrorKind.RateLimited)]
    [InlineData(FaultKinds.Reset, ErrorKind.Unreachable)]
    [InlineData(FaultKinds.Truncate, ErrorKind.Unreachable)]
    [InlineData(FaultKinds.WrongContent, ErrorKind.UnexpectedResponse)]
    [InlineData(FaultKinds.JsonArray, ErrorKind.UnexpectedResponse)]
    public async Task A_fault_that_stays_is_given_up_after_four_tries(string kind, ErrorKind expected)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = kind });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));

        Assert.Equal((expected, 4), (error.Kind, error.Attempts));
        Assert.Contains("sent 4 times", error.Message);
        Assert.Equal(4, stage.Requests.Count);
        Assert.Equal(3, stage.Clock.Waits.Count);
    }

    /// <summary>The time limit is real time, so a machine that stands still for so long makes a silent try of one that was answered: it is repeated as well.</summary>
    [Fact]
    public async Task Silence_that_passes_costs_a_wait_and_a_request_for_each_silent_try()
    {
        await using var stage = await Stage.StartAsync(timeout: TimeSpan.FromSeconds(3), retry: new RetryPolicy(20, seed: 1));
        stage.Fault(new FaultRule { Kind = FaultKinds.Hang, Times = 1 });

        var entry = await stage.CommentAsync(2, "Arrived");

        Assert.Equal("Arrived", entry!.Comments);
        var silent = stage.Observer.Attempts.Count - 1;
        Assert.InRange(silent, 1, 20);
        Assert.Equal((silent, silent + 1L), (stage.Clock.Waits.Count, stage.Cloudflare.RequestsSent));
        Assert.All(stage.Observer.Attempts.Take(silent), attempt => Assert.Contains("no answer in 3 s", attempt.Failure));
        Assert.Equal(200, stage.Observer.Attempts[silent].StatusCode);
    }

    [Fact]
    public async Task Silence_is_a_timeout_that_names_how_long_was_waited()
    {
        await using var stage = await Stage.StartAsync(timeout: TimeSpan.FromSeconds(0.4), retry: new RetryPolicy(1, seed: 1));
        stage.Fault(new FaultRule { Kind = FaultKinds.Hang });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));

        Assert.Equal((ErrorKind.Timeout, 2), (error.Kind, error.Attempts));
        Assert.Contains("0.4 s", error.Message);
        Assert.Null(error.StatusCode);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(7, 8)]
    public async Task How_often_is_the_callers_choice(int retries, int requests)
    {
        await using var stage = await Stage.StartAsync(retry: new RetryPolicy(retries, seed: 1));
        stage.Fault(new FaultRule { Kind = FaultKinds.Status });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));

        Assert.Equal((requests, requests), (error.Attempts, stage.Requests.Count));
    }

    [Fact]
    public async Task A_wait_before_a_repeat_is_told_with_its_reason()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Times = 1 });
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterSeconds, Seconds = 7, Times = 1 });

        await stage.CommentAsync(2, "x");

        Assert.Equal([false, true], stage.Observer.Waits.Select(wait => wait.Refused));
        Assert.Contains("503", stage.Observer.Waits[0].Reason);
        Assert.Equal(stage.Clock.Waits, stage.Observer.Waits.Select(wait => wait.Duration));
        Assert.Equal(7, stage.Observer.Waits[1].Duration.TotalSeconds);
    }

    [Fact]
    public async Task A_refusal_of_one_request_holds_back_all_others_of_the_connection()
    {
        await using var stage = await Stage.StartAsync(retry: new RetryPolicy(0));
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterSeconds, Seconds = 9, Times = 1 });
        await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(1, "refused"));

        await stage.CommentAsync(2, "x");

        Assert.Equal([TimeSpan.FromSeconds(9)], stage.Clock.Waits);
    }

    [Fact]
    public async Task The_real_limit_is_kept_and_never_hit()
    {
        await using var stage = await Stage.StartAsync(options => options with { Quota = 50, WindowSeconds = 60 });

        for (var count = 0; count < 120; count++)
        {
            await stage.CommentAsync(1 + (count % 20), "x");
        }

        Assert.Equal(0, stage.State.Log.Counters.Refused429);
        Assert.NotEmpty(stage.Clock.Waits);
    }
}
