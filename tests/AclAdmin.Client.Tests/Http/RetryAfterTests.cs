using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>What a service asks for in Retry-After is kept to the second, up to a ceiling.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(45)]
    [InlineData(300)]
    public async Task Seconds_are_waited_exactly(int seconds)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterSeconds, Seconds = seconds, Times = 1 });

        await stage.CommentAsync(2, "x");

        Assert.Equal([TimeSpan.FromSeconds(seconds)], stage.Clock.Waits);
    }

    [Theory]
    [InlineData(-7200)]
    [InlineData(7200)]
    public async Task A_date_counts_from_the_services_clock_whatever_that_of_this_machine_shows(int offBySeconds)
    {
        var clock = new ManualClock();
        var count = 0;
        await using var stub = StubServer.Start(_ =>
        {
            var now = clock.UtcNow.AddSeconds(offBySeconds);
            return count++ > 0
                ? StubAnswer.Json(200, """{"success":true}""")
                : StubAnswer.Json(429, "{}", FormattableString.Invariant($"Date: {now:R}"), FormattableString.Invariant($"Retry-After: {now.AddSeconds(45):R}"));
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri, clock);

        await connection.SendAsync(new ApiRequest(HttpMethod.Get, RequestPath.Of("thing")), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal([TimeSpan.FromSeconds(45)], clock.Waits);
    }

    [Fact]
    public async Task A_date_is_waited_for()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterDate, Seconds = 45, Times = 1 });

        await stage.CommentAsync(2, "x");

        Assert.Equal([TimeSpan.FromSeconds(45)], stage.Clock.Waits);
    }

    [Fact]
    public async Task A_server_error_may_ask_too()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 500, RetryAfter = "20", Times = 1 });
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 503, RetryAfter = "30", Times = 1 });

        await stage.CommentAsync(2, "x");

        Assert.Equal([TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30)], stage.Clock.Waits);
    }

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("0")]
    public async Task What_is_past_already_pauses_for_the_backoff(string header)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 429, RetryAfter = header, Times = 1 });

        await stage.CommentAsync(2, "x");

        Assert.InRange(Assert.Single(stage.Clock.Waits).TotalSeconds, 0.1, 0.5);
        Assert.Equal(2, stage.Requests.Count);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    public async Task What_cannot_be_read_is_as_if_nothing_were_asked(string header)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 429, RetryAfter = header, Times = 1 });

        await stage.CommentAsync(2, "x");

        Assert.InRange(Assert.Single(stage.Clock.Waits).TotalSeconds, 0.1, 0.5);
    }

    [Theory]
    [InlineData(FaultKinds.RetryAfterSeconds)]
    [InlineData(FaultKinds.RetryAfterDate)]
    public async Task Longer_than_the_ceiling_fails_at_once_and_says_so(string kind)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = kind, Seconds = 301 });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));

        Assert.Equal((ErrorKind.RateLimited, 1), (error.Kind, error.Attempts));
        Assert.Equal(TimeSpan.FromSeconds(301), error.RetryAfter);
        Assert.Contains("301 s", error.Message);
        Assert.Contains("300 s", error.Message);
        Assert.Empty(stage.Clock.Waits);
        Assert.Single(stage.Requests);
    }

    [Theory]
    [InlineData("31536000", 31_536_000)]
    [InlineData("99999999999999", double.MaxValue)]
    public async Task A_wait_beyond_reason_fails_every_row_at_once_and_is_over_when_the_ceiling_is(string header, double asked)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 429, RetryAfter = header, Times = 1 });

        for (var row = 1; row <= 1000; row++)
        {
            var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));
            Assert.Equal((ErrorKind.RateLimited, false), (error.Kind, error.OutcomeIsUnknown));
            Assert.Equal(Math.Min(asked, TimeSpan.MaxValue.TotalSeconds), error.RetryAfter!.Value.TotalSeconds, 1.0);
        }

        Assert.Empty(stage.Clock.Waits);
        Assert.Single(stage.Requests);
        stage.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("y", (await stage.CommentAsync(2, "y"))!.Comments);
    }

    [Fact]
    public async Task A_service_that_refuses_for_ever_is_waited_for_only_so_long()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterSeconds, Seconds = 60 });

        for (var row = 1; row <= 1000; row++)
        {
            var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));
            Assert.Equal((ErrorKind.RateLimited, false), (error.Kind, error.OutcomeIsUnknown));
        }

        Assert.InRange(stage.Clock.Waits.Sum(wait => wait.TotalMinutes), 10, 15);
        Assert.InRange(stage.Requests.Count, 10, 15);
    }

    [Fact]
    public async Task The_ceiling_can_be_another()
    {
        await using var stage = await Stage.StartAsync(retry: new RetryPolicy(seed: 1) { RetryAfterCeiling = TimeSpan.FromSeconds(10) });
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterSeconds, Seconds = 11 });

        Assert.Equal(ErrorKind.RateLimited, (await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"))).Kind);
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Carrierx_is_waited_for_alike()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.RetryAfterSeconds, Seconds = 12, Times = 1 });

        await stage.Rules.ReadPageAsync(AccessControlRuleDefinition.Query(), new PageCursor(1, 0, 5), stage.Observer, Stage.Cancel);

        Assert.Equal([TimeSpan.FromSeconds(12)], stage.Clock.Waits);
    }

    [Fact]
    public void Jitter_is_full_and_its_bound_doubles_up_to_thirty_seconds()
    {
        var request = new ApiRequest(HttpMethod.Get, RequestPath.Of("x"));
        var failure = new AttemptFailure(ErrorKind.Unreachable, "broken") { IsTransient = true };
        var policy = new RetryPolicy(maxRetryCount: 12, seed: 4711);
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            var bound = Math.Min(0.5 * Math.Pow(2, attempt - 1), 30);
            double least = double.MaxValue, most = 0;
            for (var draw = 0; draw < 1000; draw++)
            {
                var delay = policy.GetDelay(request, attempt, failure)!.Value.TotalSeconds;
                least = Math.Min(least, delay);
                most = Math.Max(most, delay);
            }

            Assert.InRange(least, 0.1, 0.1 + (bound * 0.02));
            Assert.InRange(most, bound * 0.98, bound);
        }

        Assert.Null(policy.GetDelay(request, 13, failure));
    }

    [Fact]
    public void The_same_seed_waits_the_same_and_a_lasting_failure_not_at_all()
    {
        var request = new ApiRequest(HttpMethod.Get, RequestPath.Of("x"));
        var passing = new AttemptFailure(ErrorKind.Unreachable, "broken") { IsTransient = true };

        Assert.Equal(new RetryPolicy(seed: 5).GetDelay(request, 1, passing), new RetryPolicy(seed: 5).GetDelay(request, 1, passing));
        Assert.Null(new RetryPolicy(seed: 5).GetDelay(request, 1, new AttemptFailure(ErrorKind.NotFound, "gone")));
        Assert.Null(new RetryPolicy(0).GetDelay(request, 1, passing));
    }
}
