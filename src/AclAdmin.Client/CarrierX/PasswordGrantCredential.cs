using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.CarrierX;

/// <summary>
/// A CarrierX user's name and password, with which access tokens are obtained: one at first, another before it expires, and another once after the service
/// refused one.
/// </summary>
public sealed class PasswordGrantCredential : Credential, IDisposable
{
    /// <summary>A failed renewal counts for this long, as the next request would only fail in the same way.</summary>
    private static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly ApiConnection _issuer;
    private readonly IClock _clock;
    private readonly SecretSource _clientSecret;
    private readonly Secret _password;
    private readonly string _userName;
    private readonly string _clientId;
    private readonly ConcurrentQueue<string> _issued = new();
    private AccessToken? _token;
    private bool _isRevoked;
    private int _generation;
    private SharedRenewal? _renewal;
    private AclException? _failure;
    private TimeSpan _failureStandsUntil;

    /// <summary>Stores what is needed to obtain tokens. Nothing is sent yet.</summary>
    /// <param name="userName">The user's name.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="clientId">The OAuth client's id.</param>
    /// <param name="clientSecret">The OAuth client's secret.</param>
    /// <param name="options">The options of the connection that the tokens are for.</param>
    public PasswordGrantCredential(string userName, Secret password, string clientId, SecretSource clientSecret, ConnectionOptions options)
        : base("user name and password", "parameter -Credential")
    {
        _userName = userName;
        _password = password;
        _clientId = clientId;
        _clientSecret = clientSecret;
        _clock = options.Clock;
        _issuer = new ApiConnection("token issuer", CarrierXService.Instance, new FormCredential(this), options);
    }

    /// <summary>The scopes of the present token; none before the first.</summary>
    public IReadOnlyList<string> Scopes => _token?.Scopes ?? [];

    /// <summary>The tokens before the present one stay secret: a late answer may repeat one, and the service may still accept it.</summary>
    internal override IEnumerable<string> SecretTexts => _clientSecret.Texts.Concat(_issued).Prepend(_password.Reveal());

    /// <summary>Obtains a token unless there is one already.</summary>
    /// <exception cref="AclException">The service issues none.</exception>
    public Task<bool> GetFirstTokenAsync(CancellationToken cancellationToken) => TryRenewAsync(0, cancellationToken);

    /// <summary>Revokes the present token, so that it can no longer be used.</summary>
    public async Task RevokeAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_token is not { Sid: { } sid })
        {
            return;
        }

        // From here on no new token is obtained: an expired one needs no revocation.
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
    public void Dispose() => _issuer.Dispose();

    internal override async Task<int> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Read before the token, so that a renewal in between only seems to have been made since.
        var generation = Volatile.Read(ref _generation);
        var token = _token;
        if (token is null || (token.RenewAt <= _clock.UtcNow && !_isRevoked))
        {
            await TryRenewAsync(generation, cancellationToken).ConfigureAwait(false);
            generation = Volatile.Read(ref _generation);
            token = _token!;
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return generation;
    }

    /// <summary>Obtains a new token, unless another request has obtained one meanwhile. Requests that ask during a renewal share its result.</summary>
    /// <exception cref="AclException">The service issues none.</exception>
    internal override async Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken)
    {
        if (_isRevoked)
        {
            return false;
        }

        SharedRenewal renewal;
        lock (_gate)
        {
            if (_generation != refusedGeneration)
            {
                return true;
            }

            if (_renewal is null && _failure is { } failure && _clock.Elapsed < _failureStandsUntil)
            {
                throw failure.ForAnother();
            }

            renewal = _renewal ??= new SharedRenewal();
            renewal.Waiting++;
            if (renewal.Waiting == 1)
            {
                renewal.Start(stopping => RenewAsync(renewal, stopping));
            }
        }

        try
        {
            return await renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                renewal.Waiting--;
                if (renewal.Waiting == 0)
                {
                    // The token is no longer needed.
                    renewal.Dispose();
                    _renewal = _renewal == renewal ? null : _renewal;
                }
            }
        }
    }

    private async Task RenewAsync(SharedRenewal renewal, CancellationToken stopping)
    {
        AclException? failure = null;
        try
        {
            var token = await RequestTokenAsync(stopping).ConfigureAwait(false);
            lock (_gate)
            {
                _token = token;
                Owner = token.Partner ?? Owner;
                Interlocked.Increment(ref _generation);
                _renewal = _renewal == renewal ? null : _renewal;
            }
        }
        catch (AclException failed)
        {
            failure = failed;
        }

        lock (_gate)
        {
            _failure = failure;
            _failureStandsUntil = _clock.Elapsed + FailureStands;
            _renewal = _renewal == renewal ? null : _renewal;
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private static byte[] EncodeForm(params (string Name, string Value)[] fields) =>
        Encoding.ASCII.GetBytes(string.Join("&", fields.Select(field => field.Name + "=" + Uri.EscapeDataString(field.Value))));

    private async Task<AccessToken> RequestTokenAsync(CancellationToken cancellationToken)
    {
        var present = await _clientSecret.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RequestTokenAsync(present.Secret, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException refused) when (refused.Kind == ErrorKind.AuthenticationFailed)
        {
            if (!await _clientSecret.TryRenewAsync(present.Generation, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        present = await _clientSecret.GetAsync(cancellationToken).ConfigureAwait(false);
        return await RequestTokenAsync(present.Secret, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AccessToken> RequestTokenAsync(Secret clientSecret, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, RequestPath.Of("oauth", "token"))
        {
            Body = EncodeForm(
                ("grant_type", "password"),
                ("client_id", _clientId),
                ("client_secret", clientSecret.Reveal()),
                ("username", _userName),
                ("password", _password.Reveal())),
            ContentType = "application/x-www-form-urlencoded",
            IsSecret = true,

            // One more token does no harm.
            IsRepeatable = true,
        };
        var answer = await _issuer.SendAsync(request, SilentObserver.Instance, cancellationToken).ConfigureAwait(false);
        var token = AccessToken.Read(answer.Body.Tree, _clock.UtcNow) ?? throw new AclException(
            ErrorKind.UnexpectedResponse, "CarrierX answered a request for an access token without one.", "Check the client id and the base address.");
        foreach (var secret in token.Secrets)
        {
            _issued.Enqueue(secret);
        }

        return token;
    }

    /// <summary>For the request that obtains a token: its body contains the credential, so there are secrets but no header.</summary>
    private sealed class FormCredential(PasswordGrantCredential owner)
        : Credential("user name, password and client secret", "parameters -Credential and -ClientSecret")
    {
        internal override IEnumerable<string> SecretTexts => owner.SecretTexts;

        internal override Task<int> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
