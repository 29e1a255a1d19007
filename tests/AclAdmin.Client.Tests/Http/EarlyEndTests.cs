using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.Client.Tests.Http;

/// <summary>After its caller has stopped, a request is not tried again, whatever it waited for; a try that is under way is answered.</summary>
public sealed class EarlyEndTests : IDisposable
{
    private static readonly RequestPath Path = RequestPath.Of("thing");

    private static readonly ApiRequest Write = new(ApiRequest.Patch, Path) { Body = "{}"u8.ToArray() };

    private readonly CancellationTokenSource _stopping = new();
    private readonly RecordingObserver _observer = new();

    public EarlyEndTests() => _observer.Waiting = _stopping.Cancel;

    public void Dispose() => _stopping.Dispose();

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(520)]
    public async Task A_write_that_waits_for_its_retry_ends_at_once_with_an_unknown_outcome(int status)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, "{}"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, new EndlessClock());

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, Write));

        Assert.Equal((ErrorKind.OutcomeUnknown, true), (error.Kind, error.OutcomeIsUnknown));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_write_that_was_refused_for_certain_and_waits_counts_as_not_sent()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(429, "{}", "Retry-After: 20"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, new EndlessClock());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(connection, Write));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_read_that_waits_for_its_retry_has_no_outcome_to_be_unknown()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(503, "{}"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, new EndlessClock());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(connection, new ApiRequest(HttpMethod.Get, Path)));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_write_that_waits_for_the_limit_is_not_sent()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true}""", "Ratelimit: \"default\";r=0;t=60"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, new EndlessClock());
        await SendAsync(connection, Write);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(connection, Write));

        Assert.Single(stub.Requests);
        Assert.Single(_observer.Waits);
    }

    [Fact]
    public async Task A_write_that_waits_for_the_end_of_an_outage_is_not_sent()
    {
        var failures = 0;
        await using var stub = StubServer.Start(_ => StubAnswer.Json(502, "{}"));
        using var connection = Connections.ToCloudflare(stub.BaseUri, new EndlessClock(), retry: new RetryPolicy(0));
        while (_observer.Outages.Count == 0)
        {
            failures++;
            await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, Write));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(connection, Write));

        Assert.Equal(failures, stub.Requests.Count);
    }

    [Fact]
    public async Task A_try_that_is_under_way_is_answered()
    {
        await using var stub = StubServer.Start(_ =>
        {
            _stopping.Cancel();
            return StubAnswer.Json(200, """{"success":true}""");
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        Assert.Equal(200, (await SendAsync(connection, Write)).StatusCode);
    }

    [Fact]
    public async Task What_is_stopped_while_it_obtains_its_credential_is_not_sent_and_gives_its_turn_back()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"success":true}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri, credential: new SlowCredential(_stopping.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(connection, Write));

        Assert.Empty(stub.Requests);
        Assert.Equal(0, connection.RequestsSent);
        await connection.SendAsync(Write, _observer, Stage.Cancel);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_refused_credential_is_an_answer_and_is_not_renewed_after_the_end()
    {
        var renewals = 0;
        await using var stub = StubServer.Start(_ =>
        {
            _stopping.Cancel();
            return StubAnswer.Json(401, "{}");
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri, credential: new SlowCredential(() => { }, () => renewals++));

        var error = await Assert.ThrowsAsync<AclException>(() => SendAsync(connection, Write));

        Assert.Equal((ErrorKind.AuthenticationFailed, 0), (error.Kind, renewals));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task An_operation_of_several_requests_is_not_repeated()
    {
        using var connection = Connections.ToCloudflare(new Uri("http://127.0.0.1:1"), new EndlessClock());

        Assert.False(await connection.WaitBeforeRepeatAsync(1, _observer, new RequestCancellation(_stopping.Token, Stage.Cancel)));
        Assert.False(await connection.WaitBeforeRepeatAsync(1, _observer, new RequestCancellation(_stopping.Token, Stage.Cancel)));

        Assert.Single(_observer.Waits);
    }

    private Task<ApiResponse> SendAsync(ApiConnection connection, ApiRequest request) =>
        connection.SendAsync(request, _observer, new RequestCancellation(_stopping.Token, Stage.Cancel));

    /// <summary>A credential during whose renewal something else happens.</summary>
    private sealed class SlowCredential(Action applying, Action? renewing = null) : Credential("token", "test")
    {
        internal override IEnumerable<string> SecretTexts => [];

        internal override Task<int> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            applying();
            return Task.FromResult(0);
        }

        internal override Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken)
        {
            renewing?.Invoke();
            return Task.FromResult(true);
        }
    }
}
