using System;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>A path that a person wrote stays behind the base address; a caller's own limits leave the connection's alone.</summary>
public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/user/tokens/verify", "user/tokens/verify")]
    [InlineData("a/b c", null)]
    [InlineData("a/b%20c", null)]
    [InlineData("a/b@c", "a/b%40c")]
    [InlineData("a/b%40c", "a/b%40c")]
    [InlineData("a/b;c=1", "a/b%3Bc%3D1")]
    [InlineData("zo\u00eb", "zo%C3%AB")]
    [InlineData("a/...", null)]
    [InlineData("a/.b", "a/.b")]
    [InlineData("a/%2e%2e/b", null)]
    [InlineData("a/%252e%252e", null)]
    [InlineData("a/%c0%ae%c0%ae", null)]
    [InlineData("a/\u202eb", null)]
    [InlineData("", null)]
    [InlineData("//host/a", null)]
    [InlineData("https:a", null)]
    [InlineData("a/https:b", "a/https%3Ab")]
    public void A_written_path_is_escaped_or_refused(string written, string? sent)
    {
        if (sent is null)
        {
            Assert.Equal(ErrorKind.ValidationFailed, Assert.Throws<AclException>(() => RequestPath.Parse(written)).Kind);
            return;
        }

        Assert.Equal(sent, RequestPath.Parse(written).ToString());
        var whole = new Uri("https://host.example/base/" + RequestPath.Parse(written));
        Assert.Equal("host.example", whole.Host);
        Assert.StartsWith("/base/", whole.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_of_one_caller_leave_those_of_the_connection_alone()
    {
        await using var stage = await Stage.StartAsync();
        var connection = stage.Cloudflare;
        var request = new ApiRequest(HttpMethod.Get, RequestPath.Of("user", "tokens", "verify"));
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 503, Times = 2, RetryAfter = "0" });

        await Assert.ThrowsAsync<AclException>(() => connection.With(null, 0).SendAsync(request, SilentObserver.Instance, Stage.Cancel));
        Assert.Equal(1, connection.RequestsSent);
        await connection.SendAsync(request, SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(3, connection.RequestsSent);
        Assert.Same(connection, connection.With(null, null));
        Assert.Same(connection.Pacer, connection.With(TimeSpan.FromSeconds(1), 0).Pacer);
    }
}
