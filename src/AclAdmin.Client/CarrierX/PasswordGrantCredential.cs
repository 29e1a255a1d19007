using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>
/// A CarrierX user's name and password, with which access tokens are got: one at first, another before it expires, and another once after the service
/// refused one.
/// </summary>
public sealed class PasswordGrantCredential : Credential, IDisposable
{
    /// <summary>A token is renewed this long before it expires, so that none expires on its way; a short-lived one in the last quarter of its life.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ApiConnection _issuer;
    private readonly IClock _clock;
    private readonly Secret _clientSecret;
    private readonly Secret _password;
    private readonly byte[] _form;
    private readonly ConcurrentQueue<string> _issued = new();
    private Token? _token;
    private bool _isRevoked;
    private int _generation;

    /// <summary>Keeps what tokens are got with. Nothing is sent yet.</summary>
    /// <param name="userName">The user's name.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="clientId">The OAuth client's id.</param>
    /// <param name="clientSecret">The OAuth client's secret.</param>
    /// <param name="options">The options of the connection that the tokens are for.</param>
    public PasswordGrantCredential(string userName, Secret password, string clientId, Secret clientSecret, ConnectionOptions options)
        : base("user name and password", "parameter -Credential")
    {
        _password = password;
        _clientSecret = clientSecret;
        _clock = options.Clock;
        _issuer = new ApiConnection("token issuer", CarrierXService.Instance, new FormCredential(this), options);
        _form = EncodeForm(
            ("grant_type", "password"),
            ("client_id", clientId),
            ("client_secret", clientSecret.Reveal()),
            ("username", userName),
            ("password", password.Reveal()));
    }

    /// <summary>The scopes of the present token; none before the first.</summary>
    public IReadOnlyList<string> Scopes => _token?.Scopes ?? [];

    internal override int Generation => Volatile.Read(ref _generation);

    /// <summary>The tokens before the present one stay secret: a late answer may repeat one, and the service may still take it.</summary>
    internal override IEnumerable<string> SecretTexts => new[] { _password.Reveal(), _clientSecret.Reveal() }.Concat(_issued);

    /// <summary>Gets a token, where there is none yet.</summary>
    /// <exception cref="AclException">The service gives none.</exception>
    public Task<bool> GetFirstTokenAsync(CancellationToken cancellationToken) => TryRenewAsync(0, cancellationToken);

    /// <summary>Takes the present token back, so that nobody can use it any more.</summary>
    public async Task RevokeAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_token is not { Sid: { } sid })
        {
            return;
        }

        // From here on no new token is got: one that has ended needs no taking back.
        _isRevoked = true;

        var request = new ApiRequest(HttpMethod.Delete, RequestPath.Of("oauth", "tokens").WithId(sid, "Token sid"))
        {
            Expected = ExpectedResponse.Nothing,
            Permission = "oauth.manage",
        };
        try
        {
            await connection.DeleteAsync(request, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException ended) when (ended.Kind == ErrorKind.AuthenticationFailed)
        {
            observer.OnNote("The access token had ended already.");
        }
    }

    /// <summary>Closes the connections to the service.</summary>
    public void Dispose()
    {
        _issuer.Dispose();
        _gate.Dispose();
    }

    internal override async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = _token;
        if (token is null || (token.RenewAt <= _clock.UtcNow && !_isRevoked))
        {
            await TryRenewAsync(Generation, cancellationToken).ConfigureAwait(false);
            token = _token!;
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
    }

    /// <summary>Gets a new token, unless another request has got one meanwhile.</summary>
    /// <exception cref="AclException">The service gives none.</exception>
    internal override async Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken)
    {
        if (_isRevoked)
        {
            return false;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_generation == refusedGeneration)
            {
                _token = await RequestTokenAsync(cancellationToken).ConfigureAwait(false);
                Interlocked.Increment(ref _generation);
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static byte[] EncodeForm(params (string Name, string Value)[] fields) =>
        Encoding.ASCII.GetBytes(string.Join("&", fields.Select(field => field.Name + "=" + Uri.EscapeDataString(field.Value))));

    private async Task<Token> RequestTokenAsync(CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, RequestPath.Of("oauth", "token"))
        {
            Body = _form,
            ContentType = "application/x-www-form-urlencoded",
            IsSecret = true,

            // A token more does no harm.
            IsRepeatable = true,
        };
        var answer = await _issuer.SendAsync(request, SilentObserver.Instance, cancellationToken).ConfigureAwait(false);
        var token = Token.Read(answer.Body.Tree, _clock.UtcNow) ?? throw new AclException(
            ErrorKind.UnexpectedResponse, "CarrierX answered a request for an access token without one.", "Check the client id and the base address.");
        foreach (var secret in token.Secrets)
        {
            _issued.Enqueue(secret);
        }

        return token;
    }

    private static TimeSpan MarginOf(TimeSpan lifetime)
    {
        var quarter = TimeSpan.FromTicks(lifetime.Ticks / 4);
        return quarter < Margin ? quarter : Margin;
    }

    private sealed class Token
    {
        public string Value { get; private init; } = "";

        public string? Sid { get; private init; }

        public DateTimeOffset RenewAt { get; private init; }

        public IReadOnlyList<string> Scopes { get; private init; } = [];

        public IReadOnlyList<string> Secrets { get; private init; } = [];

        public static Token? Read(JObject body, DateTimeOffset now)
        {
            if ((string?)body["access_token"] is not { Length: > 0 } value)
            {
                return null;
            }

            // Without a date that can be read the token is used until the service refuses it.
            var hasDate = DateTimeOffset.TryParse(
                (string?)body["date_expiration_access_token"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt);
            return new Token
            {
                Value = value,
                Sid = (string?)body["token_sid"],
                RenewAt = hasDate ? expiresAt - MarginOf(expiresAt - now) : DateTimeOffset.MaxValue,
                Scopes = (body["scopes"] as JArray)?.Select(scope => scope.ToString()).ToArray() ?? [],
                Secrets = (string?)body["refresh_token"] is { Length: > 0 } refresh ? [value, refresh] : [value],
            };
        }
    }

    /// <summary>For the request that gets a token: it proves itself by its body, so there are secrets but no header.</summary>
    private sealed class FormCredential(PasswordGrantCredential owner)
        : Credential("user name, password and client secret", "parameters -Credential and -ClientSecret")
    {
        internal override IEnumerable<string> SecretTexts => owner.SecretTexts;

        internal override Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
