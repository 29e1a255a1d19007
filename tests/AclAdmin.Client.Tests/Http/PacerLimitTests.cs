using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>Many requests at once keep a limit that the service enforces: none of them is ever refused.</summary>
public sealed class PacerLimitTests
{
    private const int Tasks = 64;

    [Theory]
    [InlineData(100, 60)]
    [InlineData(130, 7)]
    [InlineData(1200, 300)]
    public async Task Many_at_once_meet_no_refusal_over_many_windows(int quota, int seconds)
    {
        await using var stage = await StartAsync(quota, seconds);
        var each = (5 * quota / Tasks) + 1;

        await SpendAsync(stage, each);

        Assert.Equal((0, Tasks * each), (stage.State.Log.Counters.Refused429, stage.State.Log.Counters.Total));
        Assert.Contains(stage.Observer.Waits, wait => wait.Duration <= TimeSpan.FromSeconds(seconds + 1));
        Assert.All(stage.Observer.Waits, wait => Assert.False(wait.Refused));
    }

    [Fact]
    public async Task Many_at_once_meet_no_refusal_in_real_windows_either()
    {
        await using var stage = await Stage.StartAsync(options => options with { Quota = 100, WindowSeconds = 1, BlockSeconds = 1, Clock = TimeProvider.System });
        using var connection = Connections.ToCloudflare(stage.Sandbox.CloudflareUri, SystemClock.Instance);

        await SpendAsync(connection, 6, stage.Observer);

        Assert.Equal((0, Tasks * 6), (stage.State.Log.Counters.Refused429, stage.State.Log.Counters.Total));
    }

    [Fact]
    public async Task What_another_program_spends_is_left_to_it()
    {
        await using var stage = await StartAsync(quota: 300, seconds: 60);
        for (var window = 0; window < 3; window++)
        {
            await stage.CommentAsync(1, "x");
            var left = stage.State.Limits.Peek(SandboxDefaults.CloudflareToken).Remaining;
            Assert.True(stage.State.Limits.Take(SandboxDefaults.CloudflareToken, left / 2).Allowed);
            await stage.CommentAsync(1, "x");
            await SpendAsync(stage, 3);
        }

        Assert.Equal(0, stage.State.Log.Counters.Refused429);
        Assert.NotEmpty(stage.Clock.Waits);
    }

    [Fact]
    public async Task One_after_another_leaves_the_reserve_of_each_window_to_others()
    {
        await using var stage = await StartAsync(quota: 200, seconds: 60);
        while (stage.Clock.Waits.Count == 0)
        {
            Assert.True(stage.State.Limits.Peek(SandboxDefaults.CloudflareToken).Remaining >= 2);
            await stage.CommentAsync(1, "x");
        }

        Assert.InRange(stage.State.Log.Counters.Total, 190, 200);
        Assert.Equal(0, stage.State.Log.Counters.Refused429);
    }

    [Fact]
    public async Task A_refusal_after_all_holds_everybody_back_until_the_block_is_over()
    {
        await using var stage = await StartAsync(quota: 100, seconds: 60);
        await stage.CommentAsync(1, "x");
        stage.State.Limits.Take(SandboxDefaults.CloudflareToken, 100);

        await SpendAsync(stage, 2);

        Assert.InRange(stage.State.Log.Counters.Refused429, 1, Tasks);
        Assert.Equal((Tasks * 2) + 1, stage.State.Log.Counters.ByStatus[200]);
    }

    [Fact]
    public async Task An_answer_that_was_long_on_its_way_does_not_open_a_new_window()
    {
        var clock = new ManualClock();
        var pacer = new Pacer(clock, new PacingRule(1200, TimeSpan.FromMinutes(5)));

        // Counted first, when the window had 60 s to go; its answer comes 5 s later than all others.
        await pacer.AcquireAsync(SilentObserver.Instance, Stage.Cancel);
        for (var left = 98; left >= 2; left--)
        {
            await pacer.AcquireAsync(SilentObserver.Instance, Stage.Cancel);
            pacer.Observe(new RateLimitHeaders(left, TimeSpan.FromSeconds(60), 100));
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        pacer.Observe(new RateLimitHeaders(99, TimeSpan.FromSeconds(60), 100));

        Assert.InRange(pacer.GetStatus().RequestsLeft!.Value, 0, 2);
    }

    private static Task<Stage> StartAsync(int quota, int seconds) =>
        Stage.StartAsync(options => options with { Quota = quota, WindowSeconds = seconds, BlockSeconds = seconds });

    private static Task SpendAsync(Stage stage, int each) => SpendAsync(stage.Cloudflare, each, stage.Observer);

    private static Task SpendAsync(ApiConnection connection, int each, IRequestObserver observer)
    {
        var request = new ApiRequest(System.Net.Http.HttpMethod.Get, RequestPath.Of("user", "tokens", "verify"));
        return Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => Task.Run(async () =>
        {
            for (var sent = 0; sent < each; sent++)
            {
                await connection.SendAsync(request, observer, Stage.Cancel);
            }
        })));
    }
}
