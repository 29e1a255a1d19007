using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>Which way requests take: never through a proxy to this machine, through the one that was specified to anywhere else.</summary>
public sealed class ProxyTests
{
    private const string Elsewhere = "https://example.invalid/";
    private const string Password = "pr0xy-Passw0rd-91x";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task An_address_of_this_machine_over_http_never_goes_through_a_proxy(string host)
    {
        await using var proxy = StubServer.Start(_ => StubAnswer.Json(500, "{}"));
        await using var service = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true,"result":{}}"""));
        using var connection = Open(new UriBuilder(service.BaseUri) { Host = host }.Uri, proxy.BaseUri);

        await SendAsync(connection);

        Assert.Empty(proxy.Requests);
        Assert.Single(service.Requests);
        Assert.Equal("none", connection.ProxyDescription);
    }

    [Fact]
    public async Task A_proxy_that_asks_for_a_credential_is_asked_once_and_named_in_the_advice()
    {
        await using var proxy = StubServer.Start(_ => Required());
        using var connection = Open(new Uri(Elsewhere), proxy.BaseUri);
        var observer = new RecordingObserver();

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, observer, ApiRequest.Patch));

        var request = Assert.Single(proxy.Requests);
        Assert.Equal(("CONNECT", "example.invalid:443"), (request.Method, request.Target));
        Assert.False(request.Headers.ContainsKey("Authorization"));
        Assert.Equal((ErrorKind.Unreachable, 1, false), (error.Kind, error.Attempts, error.OutcomeIsUnknown));
        Assert.Contains("407", error.Message);
        Assert.Contains("-ProxyCredential", error.RecommendedAction);
        Assert.Contains("-NoProxy", error.RecommendedAction);
        Assert.Contains("Nothing reached the service", error.RecommendedAction);
        Assert.Empty(observer.Waits);
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_credential_is_not_asked_again_and_again()
    {
        await using var proxy = StubServer.Start(_ => Required());
        using var connection = Open(new Uri(Elsewhere), WithUser(proxy.BaseUri, "ann", Password));
        var observer = new RecordingObserver();

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, observer));

        // .NET answers the first refusal with the credential.
        Assert.InRange(proxy.Requests.Count, 1, 2);
        Assert.Equal(1, error.Attempts);
        AssertSilent(error, observer, connection);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_credential_is_given_to_the_proxy_on_request_and_shown_nowhere(bool inTheAddress)
    {
        await using var proxy = StubServer.Start(request => request.Headers.ContainsKey("Proxy-Authorization")
            ? StubAnswer.Raw($"HTTP/1.1 502 Bad {Password}\r\nContent-Length: 0\r\n\r\n")
            : Required());
        using var connection = inTheAddress
            ? Open(new Uri(Elsewhere), WithUser(proxy.BaseUri, "ann", Password))
            : Open(new Uri(Elsewhere), proxy.BaseUri, new NetworkCredential("ann", Password));
        var observer = new RecordingObserver();

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, observer));

        var sent = proxy.Requests.Where(request => request.Headers.ContainsKey("Proxy-Authorization")).ToArray();
        Assert.NotEmpty(sent);
        Assert.All(sent, request => Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:" + Password)), request.Headers["Proxy-Authorization"]));
        AssertSilent(error, observer, connection);
        Assert.Equal(proxy.BaseUri.GetLeftPart(UriPartial.Authority), connection.ProxyDescription);
    }

    [Fact]
    public async Task No_proxy_is_used_where_that_is_specified()
    {
        var options = new ConnectionOptions { BaseUri = new Uri(Elsewhere), NoProxy = true, Clock = new ManualClock(), Retry = new RetryPolicy(0) };
        using var connection = new ApiConnection("test", CloudflareService.Instance, Connections.Bearer("s3cr3t-t0ken-1"), options);

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection));

        Assert.Equal(ErrorKind.Unreachable, error.Kind);
        Assert.Equal("none", connection.ProxyDescription);
    }

    [Fact]
    public void Elsewhere_the_systems_proxy_counts_unless_another_is_specified()
    {
        using var connection = Open(new Uri(Elsewhere), proxy: null);

        Assert.Equal("system", connection.ProxyDescription);
    }

    [Theory]
    [InlineData("ftp://ann:pr0xy-Passw0rd-91x@proxy.example.com/")]
    [InlineData("/ann:pr0xy-Passw0rd-91x@proxy")]
    [InlineData("proxy.example.com:pr0xy-Passw0rd-91x")]
    public void An_address_that_is_no_proxys_is_refused_without_being_repeated(string address)
    {
        var error = Assert.Throws<AclException>(() => Open(new Uri(Elsewhere), new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
        Assert.DoesNotContain(Password, error + error.RecommendedAction);
    }

    [Fact]
    public void A_proxy_and_no_proxy_contradict_each_other()
    {
        var error = Assert.Throws<AclException>(() => new ApiConnection(
            "test", CloudflareService.Instance, Connections.Bearer("t0ken-of-somebody"), new ConnectionOptions { Proxy = new Uri("http://proxy:1/"), NoProxy = true }));

        Assert.Equal(ErrorKind.ValidationFailed, error.Kind);
    }

    private static StubAnswer Required() => StubAnswer.Of("407 Proxy Authentication Required", "text/html", "<html>no</html>", "Proxy-Authenticate: Basic realm=\"corporate\"");

    private static Uri WithUser(Uri proxy, string user, string password) => new UriBuilder(proxy) { UserName = user, Password = Uri.EscapeDataString(password) }.Uri;

    private static ApiConnection Open(Uri baseUri, Uri? proxy, NetworkCredential? credential = null) =>
        new("test", CloudflareService.Instance, Connections.Bearer("s3cr3t-t0ken-1"), new ConnectionOptions
        {
            BaseUri = baseUri,
            Proxy = proxy,
            ProxyCredential = credential,
            Clock = new ManualClock(),
            Retry = new RetryPolicy(seed: 1),
        });

    private static Task<ApiResponse> SendAsync(ApiConnection connection, IRequestObserver? observer = null, HttpMethod? method = null) =>
        connection.SendAsync(new ApiRequest(method ?? HttpMethod.Get, RequestPath.Of("things")), observer ?? SilentObserver.Instance, Stage.Cancel);

    private static void AssertSilent(AclException error, RecordingObserver observer, ApiConnection connection)
    {
        var shown = string.Join('\n', observer.Exchanges.Concat(observer.Attempts.Select(attempt => attempt.ToString())).Concat(observer.Notes)
            .Concat(observer.Waits.Select(wait => wait.Reason)).Append(error.ToString()).Append(error.RecommendedAction).Append(connection.ProxyDescription));
        Assert.DoesNotContain(Password, shown);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:" + Password)), shown);
    }
}
