using System.Net.Http;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>What an answer says of the limit is read; what cannot be read is as if it had not been said.</summary>
public sealed class RateLimitHeadersTests
{
    [Theory]
    [InlineData("\"default\";r=50;t=30", "\"default\";q=100;w=60", 50, 30, 100)]
    [InlineData("\"default\"; r=50; t=30", "\"default\"; q=100; w=60", 50, 30, 100)]
    [InlineData("\"default\";t=30;r=50", "\"default\";w=60;q=100", 50, 30, 100)]
    [InlineData("default;r=50;t=30", "default;q=100;w=60", 50, 30, 100)]
    [InlineData("\"default\";r=0;t=0", "\"default\";q=0;w=60", 0, 0, 0)]
    [InlineData("\"default\";r=50;t=30;pk=:abc:", "\"default\";q=100;w=60;qu=\"requests\"", 50, 30, 100)]
    public void One_limit_is_read_with_its_policy(string limit, string policy, int remaining, int seconds, int quota) =>
        Assert.Equal((remaining, seconds, quota), Read(limit, policy));

    [Theory]
    [InlineData("\"burst\";r=50;t=1, \"day\";r=7;t=3600", "\"burst\";q=100;w=60, \"day\";q=1000;w=86400", 7, 3600, 1000)]
    [InlineData("\"day\";r=7;t=3600,\"burst\";r=50;t=1", "\"burst\";q=100;w=60,\"day\";q=1000;w=86400", 7, 3600, 1000)]
    [InlineData("\"burst\";r=3;t=1, \"day\";r=7;t=3600", "\"day\";q=1000;w=86400, \"burst\";q=100;w=60", 3, 1, 100)]
    [InlineData("\"burst\";r=3;t=1, \"day\";r=7;t=3600", "\"other\";q=1;w=1, \"day\";q=1000;w=86400", 3, 1, null)]
    [InlineData("\"burst\";r=x;t=1, \"day\";r=7;t=3600", "\"day\";q=1000;w=86400", 7, 3600, 1000)]
    public void Of_several_limits_the_one_that_leaves_least_counts_with_its_own_policy(string limit, string policy, int remaining, int seconds, int? quota) =>
        Assert.Equal((remaining, seconds, quota), Read(limit, policy));

    [Fact]
    public void Several_headers_are_one_list()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("ratelimit", ["\"a\";r=9;t=5", "\"b\";r=8;t=6"]);
        response.Headers.TryAddWithoutValidation("RATELIMIT-POLICY", ["\"a\";q=10;w=5", "\"b\";q=20;w=6"]);

        var read = RateLimitHeaders.Read(response.Headers)!;

        Assert.Equal((8, 6, 20), (read.Remaining, read.UntilReset.TotalSeconds, read.Quota));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("\"burst\";q=x;w=60", null)]
    [InlineData("garbage", null)]
    [InlineData("", null)]
    [InlineData("\"another\";q=100;w=60", 100)]
    public void Without_a_policy_that_can_be_read_the_quota_is_unknown(string? policy, int? quota) =>
        Assert.Equal((50, 30, quota), Read("\"default\";r=50;t=30", policy));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData(";;;")]
    [InlineData("garbage")]
    [InlineData("\"default\"")]
    [InlineData("\"default\";r=50")]
    [InlineData("\"default\";t=30")]
    [InlineData("\"default\";r=;t=30")]
    [InlineData("\"default\";r=-1;t=30")]
    [InlineData("\"default\";r=1.5;t=30")]
    [InlineData("\"default\";r=50;t=soon")]
    [InlineData("limit=100, remaining=50, reset=30")]
    [InlineData("50")]
    public void What_cannot_be_read_is_as_if_it_were_not_there(string? limit) => Assert.Null(Read(limit, "\"default\";q=100;w=60"));

    [Theory]
    [InlineData("\"default\";r=99999999999999999999;t=30", int.MaxValue, 30)]
    [InlineData("\"default\";r=0;t=2147483648", 0, int.MaxValue)]
    public void A_number_that_is_too_large_counts_as_the_largest(string limit, int remaining, int seconds) =>
        Assert.Equal((remaining, seconds, 100), Read(limit, "\"default\";q=100;w=60"));

    private static (int Remaining, int Seconds, int? Quota)? Read(string? limit, string? policy)
    {
        using var response = new HttpResponseMessage();
        if (limit is not null)
        {
            response.Headers.TryAddWithoutValidation("Ratelimit", limit);
        }

        if (policy is not null)
        {
            response.Headers.TryAddWithoutValidation("Ratelimit-Policy", policy);
        }

        return RateLimitHeaders.Read(response.Headers) is { } read ? (read.Remaining, (int)read.UntilReset.TotalSeconds, read.Quota) : null;
    }
}
