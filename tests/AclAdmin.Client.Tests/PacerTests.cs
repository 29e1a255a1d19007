using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests;

/// <summary>The pacer keeps a limit that it is told, and one that it is not told.</summary>
public sealed class PacerTests
{
    private static readonly PacingRule TwelveHundred = CloudflareService.Instance.DocumentedLimit!;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Without_headers_no_window_of_five_minutes_sees_more_than_the_documented_limit()
    {
        var pacer = new Pacer(_clock, TwelveHundred);
        var sent = new TimeSpan[4000];
        for (var index = 0; index < sent.Length; index++)
        {
            await SendAsync(pacer, null);
            sent[index] = _clock.Elapsed;
        }

        var busiest = sent.Select((start, index) => sent.Skip(index).TakeWhile(time => time - start < TimeSpan.FromMinutes(5)).Count()).Max();
        Assert.InRange(busiest, 1100, 1200);
    }

    [Fact]
    public async Task What_the_headers_leave_is_spent_at_once_and_the_window_is_waited_out()
    {
        var pacer = new Pacer(_clock, TwelveHundred);
        await SendAsync(pacer, new RateLimitHeaders(51, TimeSpan.FromSeconds(30), 100));
        for (var left = 50; left >= 2; left--)
        {
            await SendAsync(pacer, new RateLimitHeaders(left, TimeSpan.FromSeconds(30), 100));
        }

        Assert.Empty(_clock.Waits);

        await SendAsync(pacer, new RateLimitHeaders(99, TimeSpan.FromSeconds(60), 100));
        Assert.Equal([TimeSpan.FromSeconds(30)], _clock.Waits);
    }

    [Fact]
    public async Task Another_program_that_spends_the_budget_is_seen_in_the_headers()
    {
        var pacer = new Pacer(_clock, TwelveHundred);
        await SendAsync(pacer, new RateLimitHeaders(1000, TimeSpan.FromSeconds(30), 1200));
        await SendAsync(pacer, new RateLimitHeaders(12, TimeSpan.FromSeconds(30), 1200));

        await SendAsync(pacer, null);

        Assert.Equal([TimeSpan.FromSeconds(30)], _clock.Waits);
    }

    [Fact]
    public async Task A_new_window_starts_with_one_request_alone()
    {
        var pacer = new Pacer(_clock, TwelveHundred);
        await SendAsync(pacer, new RateLimitHeaders(1, TimeSpan.FromSeconds(30), 100));
        await pacer.AcquireAsync(SilentObserver.Instance, TestContext.Current.CancellationToken);

        var second = pacer.AcquireAsync(SilentObserver.Instance, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        pacer.Observe(new RateLimitHeaders(99, TimeSpan.FromSeconds(60), 100));
        await second;
    }

    [Fact]
    public async Task A_refusal_pauses_everybody()
    {
        var pacer = new Pacer(_clock, documented: null);
        pacer.Refuse(_ => TimeSpan.FromSeconds(12));

        await SendAsync(pacer, null);

        Assert.Equal([TimeSpan.FromSeconds(12)], _clock.Waits);
    }

    [Fact]
    public async Task A_chosen_number_a_minute_is_kept_besides_the_services_limit()
    {
        var pacer = new Pacer(_clock, documented: null, maxRequestsPerMinute: 60);
        var start = _clock.Elapsed;
        for (var count = 0; count < 60; count++)
        {
            await SendAsync(pacer, null);
        }

        Assert.InRange((_clock.Elapsed - start).TotalSeconds, 50, 60);
    }

    [Fact]
    public async Task Without_any_limit_nothing_waits()
    {
        var pacer = new Pacer(_clock, documented: null);
        for (var count = 0; count < 10_000; count++)
        {
            await SendAsync(pacer, null);
        }

        Assert.Empty(_clock.Waits);
    }

    private static async Task SendAsync(Pacer pacer, RateLimitHeaders? headers)
    {
        await pacer.AcquireAsync(SilentObserver.Instance, TestContext.Current.CancellationToken);
        pacer.Observe(headers);
    }
}
