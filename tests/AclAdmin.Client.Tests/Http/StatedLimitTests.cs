using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>The headers of a limit are obeyed within reason, as Retry-After is.</summary>
public sealed class StatedLimitTests
{
    private static readonly ApiRequest Thing = new(HttpMethod.Get, RequestPath.Of("thing"));

    private readonly ManualClock _clock = new();
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(0, 86_400)]
    [InlineData(0, int.MaxValue)]
    [InlineData(1, 302)]
    public async Task A_window_beyond_the_ceiling_fails_rows_and_is_looked_at_again_after_the_ceiling(int remaining, int seconds)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true}""", $"Ratelimit: \"default\";r={remaining};t={seconds}"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        await SendAsync(connection);

        for (var row = 0; row < 1000; row++)
        {
            var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));
            Assert.Equal((ErrorKind.RateLimited, 0, false), (error.Kind, error.Attempts, error.OutcomeIsUnknown));
            Assert.Equal(seconds, error.RetryAfter!.Value.TotalSeconds);
            Assert.Contains($"asked to wait {seconds} s, longer than the 300 s", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_clock.Waits);
        Assert.Single(stub.Requests);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await SendAsync(connection);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_window_up_to_the_ceiling_is_waited_out_and_announced_once()
    {
        var limit = "Ratelimit: \"default\";r=0;t=300";
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true}""", limit));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        await SendAsync(connection);

        await SendAsync(connection);

        Assert.Equal([TimeSpan.FromMinutes(5)], _clock.Waits);
        Assert.Equal([TimeSpan.FromMinutes(5)], _observer.Waits.Select(wait => wait.Duration));
    }

    [Fact]
    public async Task A_long_window_that_is_not_used_up_holds_nobody_back()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true}""", "Ratelimit: \"default\";r=5000;t=2147483647"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);

        for (var row = 0; row < 100; row++)
        {
            await SendAsync(connection);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(_clock.Waits);
    }

    private Task<ApiResponse> SendAsync(ApiConnection connection) => connection.SendAsync(Thing, _observer, Stage.Cancel);
}
