using System;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>Where answers show no count of the limit, the documented limit or the last one stated is kept: never none, and never one request at a time.</summary>
public sealed class MissingHeadersTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private static readonly ApiRequest Thing = new(HttpMethod.Get, RequestPath.Of("thing"));

    private readonly ManualClock _clock = new();
    private readonly Pacer _pacer;

    public MissingHeadersTests() => _pacer = new Pacer(_clock, CloudflareService.Instance.DocumentedLimit);

    [Theory]
    [InlineData(1100, 300, 1200, 300)]
    [InlineData(5, 30, 1200, 300)]
    [InlineData(1100, 300, null, null)]
    [InlineData(1, 0, null, null)]
    [InlineData(0, 60, 5000, 300)]
    [InlineData(50, 30, 0, 60)]
    public async Task After_one_header_the_documented_limit_is_kept(int remaining, int seconds, int? quota, int? window)
    {
        await SendAsync(_pacer, Headers(remaining, seconds, quota, window));

        var sent = await SendAsync(_pacer, 3000);

        Assert.InRange(Busiest(sent, FiveMinutes), 1000, 1200);
        Assert.InRange((sent[2999] - sent[0]).TotalMinutes, 7, 14);
    }

    [Theory]
    [InlineData(100, 60)]
    [InlineData(30, 10)]
    [InlineData(7, 60)]
    [InlineData(1, 60)]
    public async Task A_tighter_limit_that_headers_stated_stays_in_force_without_them(int quota, int seconds)
    {
        await SendAsync(_pacer, Headers(quota - 1, seconds, quota, seconds));

        var sent = await SendAsync(_pacer, 400);

        Assert.InRange(Busiest(sent, TimeSpan.FromSeconds(seconds)), Math.Max(1, quota / 2), quota);
    }

    [Theory]
    [InlineData(100, 60, 100, 60)]
    [InlineData(100, 60, null, null)]
    public async Task A_service_without_a_documented_limit_is_not_unlimited_after_a_header(int remaining, int seconds, int? quota, int? window)
    {
        var pacer = new Pacer(_clock, documented: null);
        await SendAsync(pacer, Headers(remaining, seconds, quota, window));

        var sent = await SendAsync(pacer, 1000);

        Assert.InRange(Busiest(sent, TimeSpan.FromSeconds(60)), 50, 100);
    }

    [Fact]
    public async Task Limits_that_take_turns_open_nothing()
    {
        var sent = new TimeSpan[500];
        for (var index = 0; index < sent.Length; index++)
        {
            await SendAsync(_pacer, index % 20 > 0 ? null : index % 40 == 0 ? Headers(1, 1, 100, 60) : Headers(1, 1, 1200, 300));
            sent[index] = _clock.Elapsed;
        }

        Assert.InRange(Busiest(sent, FiveMinutes), 100, 1200);
    }

    [Fact]
    public async Task An_answer_without_a_header_lets_many_go_at_once_again()
    {
        await SendAsync(_pacer, Headers(1, 30, 1200, 300));
        await SendAsync(_pacer, null);

        for (var index = 0; index < 50; index++)
        {
            Assert.Null(await AcquireAsync(_pacer));
        }

        Assert.Equal([TimeSpan.FromSeconds(30)], _clock.Waits);
    }

    [Fact]
    public async Task After_a_refusal_an_answer_without_a_header_brings_the_documented_limit_back()
    {
        await SendAsync(_pacer, Headers(1000, 300, 1200, 300));
        Assert.Null(await AcquireAsync(_pacer));
        _pacer.Observe(null, TurnOutcome.Refused);
        _pacer.Refuse(_ => TimeSpan.FromSeconds(20));
        await SendAsync(_pacer, null);
        Assert.Equal([TimeSpan.FromSeconds(20)], _clock.Waits);

        var sent = await SendAsync(_pacer, 2000);

        Assert.InRange(Busiest(sent, FiveMinutes), 1000, 1200);
    }

    [Fact]
    public async Task An_unanswered_request_shows_nothing_of_a_window()
    {
        await SendAsync(_pacer, Headers(1, 30, 1200, 300));
        Assert.Null(await AcquireAsync(_pacer));
        _pacer.Observe(null, TurnOutcome.Unanswered);
        Assert.Null(await AcquireAsync(_pacer));

        Assert.False(AcquireAsync(_pacer).IsCompleted);
    }

    [Fact]
    public async Task A_limit_that_nobody_would_wait_for_is_not_kept()
    {
        await SendAsync(_pacer, Headers(1000, 1, 1, int.MaxValue));
        _clock.Advance(TimeSpan.FromSeconds(2));

        var sent = await SendAsync(_pacer, 2000);

        Assert.InRange(Busiest(sent, FiveMinutes), 1000, 1200);
    }

    [Theory]
    [InlineData("Ratelimit: garbage")]
    [InlineData("Ratelimit: \"default\";r=-5;t=30")]
    [InlineData("Ratelimit: \"default\";r=5")]
    [InlineData("Ratelimit: \"default\";r=50;t=-30")]
    [InlineData("Ratelimit-Policy: \"default\";q=1;w=1")]
    public async Task Over_http_a_header_that_cannot_be_read_is_as_none(string header)
    {
        var count = 0;
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true}""", count++ == 0 ? "Ratelimit: \"default\";r=2;t=10" : header));
        using var connection = Connections.ToCloudflare(stub.BaseUri, _clock);
        var sent = new TimeSpan[1500];
        for (var index = 0; index < sent.Length; index++)
        {
            await connection.SendAsync(Thing, SilentObserver.Instance, Stage.Cancel);
            sent[index] = _clock.Elapsed;
        }

        Assert.InRange(Busiest(sent, FiveMinutes), 1000, 1200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(100_000)]
    public async Task Any_chosen_number_a_minute_is_reached_and_not_exceeded(int perMinute)
    {
        var pacer = new Pacer(_clock, documented: null, perMinute);

        var sent = await SendAsync(pacer, Math.Min(3 * perMinute, 3000));

        Assert.InRange(Busiest(sent, TimeSpan.FromMinutes(1)), Math.Min(perMinute * 9 / 10, 3000), perMinute);
        Assert.True((sent[sent.Length - 1] - sent[0]).TotalMinutes <= 3.4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_that_admits_nothing_is_none(int requests) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pacer(_clock, documented: null, requests));

    private static RateLimitHeaders Headers(int remaining, int seconds, int? quota, int? window) =>
        new(remaining, TimeSpan.FromSeconds(seconds), quota, window is { } length ? TimeSpan.FromSeconds(length) : null);

    private static int Busiest(TimeSpan[] sent, TimeSpan window)
    {
        var most = 0;
        for (int first = 0, last = 0; last < sent.Length; last++)
        {
            while (sent[last] - sent[first] >= window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private static Task<TimeSpan?> AcquireAsync(Pacer pacer) => pacer.AcquireAsync(SilentObserver.Instance, Stage.Cancel);

    private static async Task SendAsync(Pacer pacer, RateLimitHeaders? headers)
    {
        Assert.Null(await AcquireAsync(pacer));
        pacer.Observe(headers);
    }

    private async Task<TimeSpan[]> SendAsync(Pacer pacer, int count)
    {
        var sent = new TimeSpan[count];
        for (var index = 0; index < count; index++)
        {
            await SendAsync(pacer, null);
            sent[index] = _clock.Elapsed;
        }

        return sent;
    }
}
