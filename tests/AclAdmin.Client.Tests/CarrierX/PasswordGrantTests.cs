using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>A token is got with name and password, renewed before it ends and once after it was refused, and taken back.</summary>
public sealed class PasswordGrantTests
{
    [Fact]
    public async Task A_token_is_asked_for_with_a_form_and_no_other_proof()
    {
        await using var stub = StubServer.Start(_ => Grants.Token("t1"));
        using var credential = Grants.Open(stub.BaseUri, new ManualClock(), "p&w=d +%", "s/e;c", "zoë@example.com");

        await credential.GetFirstTokenAsync(Stage.Cancel);

        var request = Assert.Single(stub.Requests);
        Assert.Equal(("POST", "/base/oauth/token"), (request.Method, request.Target));
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.Equal(
            "grant_type=password&client_id=sandbox-client&client_secret=s%2Fe%3Bc&username=zo%C3%AB%40example.com&password=p%26w%3Dd%20%2B%25",
            request.Body);
    }

    [Fact]
    public async Task Requests_carry_the_token_and_its_scopes_are_known()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Open(stage);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);
        Assert.Empty(credential.Scopes);

        await credential.GetFirstTokenAsync(Stage.Cancel);
        await connection.ReadAsync();

        Assert.Equal("Bearer " + stage.State.Tokens.All()[1].AccessToken, stage.Requests[1].Headers["authorization"]);
        Assert.Equal(["accesscontrol.manage", "oauth.manage"], credential.Scopes);
        Assert.Equal("user name and password from parameter -Credential", credential.ToString());
    }

    [Fact]
    public async Task Without_a_first_token_the_first_request_gets_it_for_all()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Open(stage);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => connection.ReadAsync()));

        Assert.Equal(1, stage.TokenRequests());
        Assert.Equal(Grants.TokenPath, stage.Requests[0].Path);
    }

    [Fact]
    public async Task A_token_is_renewed_a_minute_before_it_ends_and_not_sooner()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Open(stage);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);
        await credential.GetFirstTokenAsync(Stage.Cancel);

        stage.Clock.Advance(TimeSpan.FromMinutes(59) - TimeSpan.FromSeconds(1));
        await connection.ReadAsync();
        Assert.Equal(1, stage.TokenRequests());

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await connection.ReadAsync();
        await connection.ReadAsync();
        Assert.Equal(2, stage.TokenRequests());
        Assert.All(stage.Requests, request => Assert.Equal(200, request.Status));
    }

    [Fact]
    public async Task A_token_without_a_date_is_used_until_it_is_refused()
    {
        foreach (var date in (string[])["", ",\"date_expiration_access_token\":null", ",\"date_expiration_access_token\":\"soon\""])
        {
            var clock = new ManualClock();
            await using var stub = StubServer.Start(request => Grants.IsTokenRequest(request) ? Grants.Token("t1", date) : StubAnswer.Json(200, "{}"));
            using var credential = Grants.Open(stub.BaseUri, clock);
            using var connection = Connections.ToCarrierX(stub.BaseUri, clock, credential);

            await connection.ReadAsync();
            clock.Advance(TimeSpan.FromDays(1000));
            await connection.ReadAsync();

            Assert.Single(stub.Requests, Grants.IsTokenRequest);
        }
    }

    [Fact]
    public async Task Many_requests_that_are_refused_together_renew_once()
    {
        const int Many = 16;
        var refused = 0;
        var issued = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = StubServer.Start(async request =>
        {
            if (Grants.IsTokenRequest(request))
            {
                return Grants.Token($"token-{++issued}");
            }

            if (request.Headers["Authorization"] != "Bearer token-1")
            {
                return StubAnswer.Json(200, "{}");
            }

            if (System.Threading.Interlocked.Increment(ref refused) == Many)
            {
                all.SetResult();
            }

            await all.Task;
            return StubAnswer.Json(401, "{}");
        });
        using var credential = Grants.Open(stub.BaseUri, new ManualClock());
        using var connection = Connections.ToCarrierX(stub.BaseUri, credential: credential);
        await credential.GetFirstTokenAsync(Stage.Cancel);

        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => connection.ReadAsync()));

        Assert.Equal(2, issued);
        Assert.Equal((2 * Many) + 2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_revoked_token_is_renewed_and_the_request_sent_again()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Open(stage);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);
        await credential.GetFirstTokenAsync(Stage.Cancel);
        stage.State.Tokens.Revoke(stage.State.Tokens.All()[1].TokenSid);

        await connection.ReadAsync();

        Assert.Equal([200, 401, 200, 200], stage.Requests.Select(request => request.Status));
        Assert.Equal([Grants.TokenPath, Stage.RulesPath, Grants.TokenPath, Stage.RulesPath], stage.Requests.Select(request => request.Path));
        Assert.Empty(stage.Clock.Waits);
    }

    [Fact]
    public async Task A_request_whose_new_token_is_refused_too_fails()
    {
        await using var stub = StubServer.Start(request => Grants.IsTokenRequest(request) ? Grants.Token("t") : StubAnswer.Json(401, "{}"));
        using var credential = Grants.Open(stub.BaseUri, new ManualClock());
        using var connection = Connections.ToCarrierX(stub.BaseUri, credential: credential);
        await credential.GetFirstTokenAsync(Stage.Cancel);

        var error = await Assert.ThrowsAsync<AclException>(() => connection.ReadAsync());

        Assert.Equal((ErrorKind.AuthenticationFailed, 401), (error.Kind, error.StatusCode));
        Assert.Equal([true, false, true, false], stub.Requests.Select(Grants.IsTokenRequest));
    }

    [Fact]
    public async Task A_refused_password_ends_the_run_and_is_not_tried_again()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Grants.Open(stage.Sandbox.CarrierXUri, stage.Clock, "wrong-password");
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);

        var first = await Assert.ThrowsAsync<AclException>(() => credential.GetFirstTokenAsync(Stage.Cancel));
        var later = await Assert.ThrowsAsync<AclException>(() => connection.ReadAsync());

        Assert.All([first, later], error => Assert.Equal((ErrorKind.AuthenticationFailed, true), (error.Kind, error.EndsRun)));
        Assert.Contains("parameters -Credential and -ClientSecret", first.RecommendedAction);
        Assert.Equal(Grants.TokenPath, stage.OnlyRequest.Path);
    }

    [Fact]
    public async Task All_who_wait_for_a_renewal_that_fails_share_its_failure()
    {
        const int Many = 20;
        var clock = new ManualClock();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = StubServer.Start(async _ =>
        {
            await held.Task;
            return StubAnswer.Json(500, "{}");
        });
        using var credential = Grants.Open(stub.BaseUri, clock);
        using var connection = Connections.ToCarrierX(stub.BaseUri, clock, credential);

        var rows = Enumerable.Range(0, Many).Select(_ => Assert.ThrowsAsync<AclException>(() => connection.ReadAsync())).ToArray();
        held.SetResult();
        var errors = await Task.WhenAll(rows);

        Assert.All(errors, error => Assert.Equal((ErrorKind.ApiError, 500, false), (error.Kind, error.StatusCode, error.OutcomeIsUnknown)));
        Assert.Equal(4, stub.Requests.Count);

        // Whoever comes a moment later shares it too; somebody else tries again.
        await Assert.ThrowsAsync<AclException>(() => connection.ReadAsync());
        Assert.Equal(4, stub.Requests.Count);
        clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<AclException>(() => connection.ReadAsync());
        Assert.Equal(8, stub.Requests.Count);
    }

    [Fact]
    public async Task A_row_that_is_given_up_does_not_end_the_renewal_for_the_others()
    {
        using var cancellation = new System.Threading.CancellationTokenSource();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = StubServer.Start(async request =>
        {
            if (!Grants.IsTokenRequest(request))
            {
                return StubAnswer.Json(200, "{}");
            }

            asked.TrySetResult();
            await held.Task;
            return Grants.Token("t1");
        });
        using var credential = Grants.Open(stub.BaseUri, new ManualClock());
        using var connection = Connections.ToCarrierX(stub.BaseUri, credential: credential);

        var first = connection.SendAsync(Grants.Thing, SilentObserver.Instance, cancellation.Token);
        var second = connection.ReadAsync();
        await asked.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        held.SetResult();

        Assert.Equal(200, (await second).StatusCode);
        Assert.Single(stub.Requests, Grants.IsTokenRequest);
    }

    [Fact]
    public async Task A_token_that_has_ended_by_this_machines_clock_is_used_until_it_is_refused()
    {
        var clock = new ManualClock();
        await using var stub = StubServer.Start(request => Grants.IsTokenRequest(request)
            ? Grants.Token("t1", ",\"date_expiration_access_token\":\"2001-01-01T00:00:00Z\"")
            : StubAnswer.Json(200, "{}"));
        using var credential = Grants.Open(stub.BaseUri, clock);
        using var connection = Connections.ToCarrierX(stub.BaseUri, clock, credential);

        await connection.ReadAsync();
        await connection.ReadAsync();

        Assert.Single(stub.Requests, Grants.IsTokenRequest);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":null}""")]
    [InlineData("""{"access_token":{"a":1}}""")]
    [InlineData("""{"access_token":"a\r\nb"}""")]
    [InlineData("""{"access_token":"a b"}""")]
    public async Task An_answer_without_a_token_is_unexpected(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        using var credential = Grants.Open(stub.BaseUri, new ManualClock());

        var error = await Assert.ThrowsAsync<AclException>(() => credential.GetFirstTokenAsync(Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public async Task A_token_that_is_taken_back_is_good_for_nothing_any_more()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Open(stage);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);
        await credential.RevokeAsync(connection, stage.Observer, Stage.Cancel);
        Assert.Empty(stage.Requests);
        await credential.GetFirstTokenAsync(Stage.Cancel);
        var token = stage.State.Tokens.All()[1];

        await credential.RevokeAsync(connection, stage.Observer, Stage.Cancel);

        Assert.Equal(("DELETE", "/core/v2/oauth/tokens/" + token.TokenSid, ""), (stage.Requests[1].Method, stage.Requests[1].Path, stage.Requests[1].Body));
        Assert.False(stage.State.Tokens.Accepts(token.AccessToken));
    }

    [Fact]
    public async Task Taking_back_a_token_that_has_ended_leaves_no_new_one_behind()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Open(stage);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);
        await credential.GetFirstTokenAsync(Stage.Cancel);
        stage.Clock.Advance(TimeSpan.FromHours(2));

        await credential.RevokeAsync(connection, stage.Observer, Stage.Cancel);

        Assert.Equal([SandboxDefaults.CarrierXToken], stage.State.Tokens.All().Select(token => token.AccessToken).Where(stage.State.Tokens.Accepts));
    }

    private static PasswordGrantCredential Open(Stage stage) => Grants.Open(stage.Sandbox.CarrierXUri, stage.Clock);
}
