using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>Password, client secret and tokens are in no report, no exchange and no error, whatever a server sends back.</summary>
public sealed class PasswordGrantSecretTests
{
    private const string Password = "pa$$w0rd-of-4nn";
    private const string ClientSecret = "cl1ent-s3cret-x9";

    [Fact]
    public async Task A_whole_life_of_a_token_is_shown_without_it()
    {
        await using var stage = await Stage.StartAsync();
        using var credential = Grants.Open(stage.Sandbox.CarrierXUri, stage.Clock);
        using var connection = Connections.ToCarrierX(stage.Sandbox.CarrierXUri, stage.Clock, credential);
        await connection.ReadAsync(stage.Observer);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await connection.ReadAsync(stage.Observer);
        stage.State.Tokens.Revoke(stage.State.Tokens.All()[2].TokenSid);
        await connection.ReadAsync(stage.Observer);
        var tokens = stage.State.Tokens.All().Skip(1).SelectMany(token => new[] { token.AccessToken, token.RefreshToken }).ToArray();
        await credential.RevokeAsync(connection, stage.Observer, Stage.Cancel);

        var shown = Shown(stage.Observer);

        Assert.Equal(5, stage.Observer.Attempts.Count);
        Assert.All(tokens.Append(SandboxDefaults.Password).Append(SandboxDefaults.ClientSecret), secret => Assert.DoesNotContain(secret, shown));
        Assert.DoesNotContain("oauth/token:", shown);
        Assert.DoesNotContain("grant_type", shown);
    }

    [Theory]
    [InlineData(400, "Wrong password '{0}'")]
    [InlineData(401, "User ann, password {0}")]
    [InlineData(401, "grant_type=password&password={1}")]
    [InlineData(422, "client_secret={2}")]
    [InlineData(503, "{0} {2}")]
    public async Task A_refusal_that_repeats_the_form_does_not_get_it_shown(int status, string words)
    {
        var message = words
            .Replace("{0}", Password, StringComparison.Ordinal)
            .Replace("{1}", Uri.EscapeDataString(Password), StringComparison.Ordinal)
            .Replace("{2}", ClientSecret, StringComparison.Ordinal);
        await using var stub = StubServer.Start(_ => StubAnswer.Json(status, $$"""{"errors":[{"message":"{{message}}","field":"{{Password}}"}]}"""));
        using var credential = Grants.Open(stub.BaseUri, new ManualClock(), Password, ClientSecret, retries: 0);
        using var connection = Connections.ToCarrierX(stub.BaseUri, credential: credential);
        var observer = new RecordingObserver();

        var first = await Assert.ThrowsAsync<AclException>(() => credential.GetFirstTokenAsync(Stage.Cancel));
        var later = await Assert.ThrowsAsync<AclException>(() => connection.ReadAsync(observer));

        AssertSilent(Shown(observer, first, later), Password, ClientSecret);
    }

    [Fact]
    public async Task A_service_that_repeats_password_and_tokens_later_does_not_get_them_shown()
    {
        await using var stub = StubServer.Start(request => Grants.IsTokenRequest(request)
            ? Grants.Token("acc3ss-t0ken-1", ",\"refresh_token\":\"r3fresh-t0ken-1\"")
            : StubAnswer.Json(400, $$"""{"errors":["{{Password}} {{ClientSecret}} acc3ss-t0ken-1 r3fresh-t0ken-1"]}"""));
        using var credential = Grants.Open(stub.BaseUri, new ManualClock(), Password, ClientSecret);
        using var connection = Connections.ToCarrierX(stub.BaseUri, credential: credential);
        var observer = new RecordingObserver();

        var error = await Assert.ThrowsAsync<AclException>(() => connection.ReadAsync(observer));

        AssertSilent(Shown(observer, error), Password, ClientSecret, "acc3ss-t0ken-1", "r3fresh-t0ken-1");
        Assert.Contains("******** ******** ******** ********", error.Message);
    }

    [Fact]
    public async Task A_late_answer_that_repeats_the_token_before_the_present_one_does_not_get_it_shown()
    {
        var issued = 0;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = StubServer.Start(async request =>
        {
            if (Grants.IsTokenRequest(request))
            {
                return Grants.Token($"acc3ss-t0ken-{++issued}", ",\"date_expiration_access_token\":\"2026-11-22T12:00:00Z\"");
            }

            if (request.Headers["Authorization"] == "Bearer acc3ss-t0ken-2")
            {
                return StubAnswer.Json(200, "{}");
            }

            arrived.SetResult();
            await late.Task;
            return StubAnswer.Json(400, """{"errors":["Bad token acc3ss-t0ken-1"]}""");
        });
        var clock = new ManualClock();
        using var credential = Grants.Open(stub.BaseUri, clock);
        using var connection = Connections.ToCarrierX(stub.BaseUri, clock, credential);
        var observer = new RecordingObserver();
        var slow = connection.ReadAsync(observer);
        await arrived.Task.WaitAsync(Stage.Cancel);

        // The first token is good for half a minute more.
        clock.Advance(TimeSpan.FromMinutes(59.5));
        await connection.ReadAsync(observer);
        late.SetResult();

        var error = await Assert.ThrowsAsync<AclException>(() => slow);
        AssertSilent(Shown(observer, error), "acc3ss-t0ken-1");
    }

    private static void AssertSilent(string shown, params string[] secrets) => Assert.All(secrets, secret =>
    {
        Assert.DoesNotContain(secret, shown);
        Assert.DoesNotContain(Uri.EscapeDataString(secret), shown);
    });

    private static string Shown(RecordingObserver observer, params AclException[] errors) => string.Join('\n', observer.Exchanges
        .Concat(observer.Attempts.Select(attempt => attempt.ToString()))
        .Concat(observer.Notes)
        .Concat(observer.Waits.Select(wait => wait.Reason))
        .Concat(errors.SelectMany(Texts)));

    private static IEnumerable<string> Texts(AclException error) =>
        error.ApiErrors.Select(inner => inner.ToString()).Append(error.ToString()).Append(error.RecommendedAction ?? "");
}
