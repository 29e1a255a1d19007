using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A service that is down is discovered once, by all who use the connection, and looked at now and then.</summary>
public sealed class OutageTests
{
    private static readonly ApiRequest Thing = new(HttpMethod.Get, RequestPath.Of("thing"));

    private readonly ManualClock _clock = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Five_thousand_rows_against_a_refused_port_all_fail_and_few_are_sent()
    {
        using var connection = Connections.ToCloudflare(Ports.Refused(), _clock);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(16, _observer, stopsAtError: false, Stage.Cancel);
        var outcomes = new List<ChangeOutcome<ImpersonationRegistryEntry>>();
        for (var row = 0; row < 5000; row++)
        {
            while (!runner.HasRoom)
            {
                outcomes.Add(Outcomes.TakeNext(runner));
            }

            var id = $"e{row}";
            runner.Post(new Change<ImpersonationRegistryEntry>(new ChangeRow(id, row)) { Client = client, Id = id, Key = id, Patch = Patch.Entry(("comments", "x")) });
        }

        outcomes.AddRange(Outcomes.DequeueAll(runner));

        Assert.Equal(5000, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal((ErrorKind.Unreachable, false), (outcome.Error!.Kind, outcome.Error.OutcomeIsUnknown)));
        Assert.InRange(connection.RequestsSent, 16, 200);
        Assert.NotEmpty(_observer.Outages);
    }

    [Fact]
    public async Task What_is_not_sent_states_since_when_and_why()
    {
        using var connection = Connections.ToCloudflare(Ports.Refused(), _clock);
        var began = _clock.UtcNow;
        await BreakAsync(connection);

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, new ApiRequest(HttpMethod.Post, RequestPath.Of("thing")) { Body = "{}"u8.ToArray() }));

        Assert.Equal((ErrorKind.Unreachable, 0, false), (error.Kind, error.Attempts, error.OutcomeIsUnknown));
        Assert.Contains($"not sent: the service has not answered since {began:u} (Connection refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check the network", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains($"Cloudflare has not answered since {began:u}", _observer.Outages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(530)]
    public async Task Once_the_service_is_back_all_go_on(int status)
    {
        var down = true;
        await using var stub = StubServer.Start(_ => down ? StubAnswer.Json(status, "{}") : StubAnswer.Json(200, """{"success":true}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        await BreakAsync(connection);
        var sent = stub.Requests.Count;
        await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));
        Assert.Equal(sent, stub.Requests.Count);

        down = false;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await SendAsync(connection);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(connection)));

        Assert.Equal(sent + 21, stub.Requests.Count);
    }

    [Fact]
    public async Task A_short_outage_is_waited_out_and_costs_no_row()
    {
        var answers = 0;
        await using var stub = StubServer.Start(_ => ++answers is > 1 and <= 12 ? StubAnswer.Json(503, "{}") : StubAnswer.Json(200, """{"success":true}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock, retry: new RetryPolicy(20, seed: 1));

        for (var row = 0; row < 100; row++)
        {
            await SendAsync(connection);
        }

        Assert.Equal(111, stub.Requests.Count);
        Assert.NotEmpty(_observer.Outages);
    }

    [Fact]
    public async Task One_request_alone_looks_whether_the_service_is_back()
    {
        var held = new TaskCompletionSource<StubAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var probed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var down = true;
        await using var stub = StubServer.Start(async _ =>
        {
            if (down)
            {
                return StubAnswer.Json(503, "{}");
            }

            probed.SetResult();
            return await held.Task;
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        await BreakAsync(connection);
        down = false;
        _clock.Advance(TimeSpan.FromSeconds(10));
        var sent = stub.Requests.Count;

        var probe = SendAsync(connection);
        await probed.Task;
        await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));
        Assert.Equal(sent + 1, stub.Requests.Count);
        held.SetResult(StubAnswer.Json(200, """{"success":true}"""));

        Assert.Equal(200, (await probe).StatusCode);
    }

    [Fact]
    public async Task A_probe_that_is_given_up_leaves_room_for_the_next()
    {
        using var cancellation = new System.Threading.CancellationTokenSource();
        var down = true;
        var probes = 0;
        await using var stub = StubServer.Start(async _ =>
        {
            if (!down && ++probes == 1)
            {
                await cancellation.CancelAsync();
                return await new TaskCompletionSource<StubAnswer>().Task;
            }

            return down ? StubAnswer.Json(503, "{}") : StubAnswer.Json(200, """{"success":true}""");
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        await BreakAsync(connection);
        down = false;
        _clock.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.SendAsync(Thing, _observer, cancellation.Token));

        Assert.Equal(200, (await SendAsync(connection)).StatusCode);
    }

    [Fact]
    public async Task A_whole_window_that_hears_nothing_in_its_time_limit_is_enough()
    {
        var nothing = new TaskCompletionSource<StubAnswer>();
        await using var stub = StubServer.Start(_ => nothing.Task);
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock, timeout: TimeSpan.FromSeconds(0.5), retry: new RetryPolicy(0));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Assert.ThrowsAsync<AclException>(() => SendAsync(connection))));

        Assert.Single(_observer.Outages);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task Any_other_answer_shows_that_the_service_is_there(int status)
    {
        var answers = 0;
        await using var stub = StubServer.Start(_ => StubAnswer.Json(++answers % 8 == 0 ? status : 503, "{}"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock, retry: new RetryPolicy(0));

        for (var row = 0; row < 100; row++)
        {
            await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));
        }

        Assert.Equal(100, stub.Requests.Count);
        Assert.Empty(_observer.Outages);
    }

    [Fact]
    public async Task Retries_stop_when_they_have_helped_nothing_and_come_back_with_success()
    {
        var fails = true;
        await using var stub = StubServer.Start(_ => fails ? StubAnswer.Json(500, "{}") : StubAnswer.Json(200, """{"success":true}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        for (var row = 0; row < 200; row++)
        {
            await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));
        }

        Assert.Equal(200 + 100, stub.Requests.Count);

        fails = false;
        for (var row = 0; row < 10; row++)
        {
            await SendAsync(connection);
        }

        fails = true;
        Assert.Equal(3, (await Assert.ThrowsAsync<AclException>(() => SendAsync(connection))).Attempts);
    }

    /// <summary>Fails rows until one is not sent any more.</summary>
    private async Task BreakAsync(ApiConnection connection)
    {
        for (var row = 0; row < 30; row++)
        {
            var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));
            if (error.Attempts == 0)
            {
                return;
            }
        }

        Assert.Fail("Every row is sent.");
    }

    private Task<ApiResponse> SendAsync(ApiConnection connection, ApiRequest? request = null) =>
        connection.SendAsync(request ?? Thing, _observer, Stage.Cancel);
}
