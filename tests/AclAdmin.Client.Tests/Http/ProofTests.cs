using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>What proves that a request was not carried out, and what only looks like it.</summary>
public sealed class ProofTests
{
    private static readonly RequestPath Registry =
        RequestPath.Of("accounts", SandboxDefaults.AccountId, "email-security", "settings", "impersonation_registry");

    private static ApiRequest Create => new(HttpMethod.Post, Registry)
    {
        Body = Patch.Entry(("email", "ceo@example.com"), ("is_email_regex", false), ("name", "The CEO")).ToUtf8(),
    };

    [Theory]
    [InlineData(520)]
    [InlineData(522)]
    [InlineData(525)]
    [InlineData(530)]
    public async Task An_edge_error_is_tried_again_but_not_after_a_create(int status)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status, Body = "html", Times = 2 });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.SendAsync(Create));
        await stage.CommentAsync(2, "Arrived");

        Assert.Equal((ErrorKind.UnexpectedResponse, status, 1, true), (error.Kind, error.StatusCode, error.Attempts, error.OutcomeIsUnknown));
        Assert.Equal([status, status, 200], stage.Requests.Select(request => request.Status));
    }

    [Theory]
    [InlineData(519)]
    [InlineData(531)]
    [InlineData(501)]
    public async Task Other_server_errors_are_not_tried_again(int status)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status });

        Assert.Equal(1, (await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"))).Attempts);
    }

    [Fact]
    public async Task A_server_that_is_busy_proves_nothing_although_it_states_when_to_come_back()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 503, RetryAfter = "7", Times = 1 });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.SendAsync(Create));
        await stage.CommentAsync(2, "x");

        Assert.Equal((1, true), (error.Attempts, error.OutcomeIsUnknown));
        Assert.Equal([TimeSpan.FromSeconds(7)], stage.Clock.Waits);
    }

    [Fact]
    public async Task A_create_that_was_refused_to_the_end_was_not_carried_out()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.NoHeader });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.SendAsync(Create));

        Assert.Equal((ErrorKind.RateLimited, 4, false), (error.Kind, error.Attempts, error.OutcomeIsUnknown));
    }

    [Fact]
    public async Task A_refusal_at_the_end_does_not_hide_that_an_earlier_try_may_have_arrived()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.ResetAfterApply, Times = 1 });
        stage.Fault(new FaultRule { Kind = FaultKinds.NoHeader });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.CommentAsync(2, "x"));

        Assert.Equal((ErrorKind.RateLimited, true), (error.Kind, error.OutcomeIsUnknown));
    }

    [Fact]
    public async Task Reading_has_no_outcome()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Reset });

        var error = await Assert.ThrowsAsync<AclException>(() => stage.Registry.GetAsync(SandboxIds.Entry(1), stage.Observer, Stage.Cancel));

        Assert.Equal((ErrorKind.Unreachable, false), (error.Kind, error.OutcomeIsUnknown));
    }

    [Fact]
    public async Task A_create_at_a_refused_port_is_tried_again_and_was_not_carried_out()
    {
        using var connection = Connections.ToCloudflare(Ports.Refused());

        var error = await Assert.ThrowsAsync<AclException>(() => connection.SendAsync(Create, SilentObserver.Instance, Stage.Cancel));

        Assert.Equal((ErrorKind.Unreachable, 4, false), (error.Kind, error.Attempts, error.OutcomeIsUnknown));
        Assert.Contains("Nothing was sent", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_met_once_with_advice_of_its_own()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = GreetAsync(listener, certificate);
        using var connection = Connections.ToCloudflare(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));

        var error = await Assert.ThrowsAsync<AclException>(() => connection.SendAsync(Create, SilentObserver.Instance, Stage.Cancel));
        listener.Stop();

        Assert.Equal((ErrorKind.Unreachable, 1, false), (error.Kind, error.Attempts, error.OutcomeIsUnknown));
        Assert.Contains("SSL_CERT_FILE", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Check the network", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, await greeting);
    }

    public static TheoryData<Exception, BrokenAt> Broken => new()
    {
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), BrokenAt.Connect },
        { new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound)), BrokenAt.NameLookup },
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionReset)), BrokenAt.Exchange },
        { new HttpRequestException("x", new IOException("y", new SocketException((int)SocketError.TimedOut))), BrokenAt.Exchange },
        { new HttpRequestException("x", new AuthenticationException("y")), BrokenAt.Certificate },
        { new HttpRequestException("x", new AuthenticationException("y", new IOException("z"))), BrokenAt.Handshake },
        { new HttpRequestException("x", new WebException("y", WebExceptionStatus.TrustFailure)), BrokenAt.Certificate },
        { new HttpRequestException("x", new WebException("y", WebExceptionStatus.NameResolutionFailure)), BrokenAt.NameLookup },
        { new HttpRequestException("x", new WebException("y", WebExceptionStatus.ConnectFailure)), BrokenAt.Connect },
        { new HttpRequestException("x", new WebException("y", WebExceptionStatus.ReceiveFailure)), BrokenAt.Exchange },
        { new HttpRequestException(HttpRequestError.NameResolutionError), BrokenAt.NameLookup },
        { new HttpRequestException(HttpRequestError.ConnectionError), BrokenAt.Connect },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), BrokenAt.Handshake },
        { new HttpRequestException(HttpRequestError.ProxyTunnelError), BrokenAt.Proxy },
        { new HttpRequestException(HttpRequestError.ResponseEnded), BrokenAt.Exchange },
        { new IOException("x"), BrokenAt.Exchange },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Where_a_request_failed_is_read_from_its_exception(Exception exception, BrokenAt expected) =>
        Assert.Equal(expected, BrokenExchange.Find(exception));

    /// <summary>Begins encrypted connections until the listener stops, and counts them.</summary>
    private static async Task<int> GreetAsync(TcpListener listener, X509Certificate2 certificate)
    {
        for (var met = 0; ; met++)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(Stage.Cancel);
                using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(certificate);
                await secure.ReadExactlyAsync(new byte[1], Stage.Cancel);
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
                // The client hangs up when it sees the certificate.
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return met;
            }
        }
    }
}
