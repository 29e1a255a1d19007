using System;
using System.Collections.Generic;
using System.Threading;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>The tokens that are accepted: the one given at the start, and those issued since.</summary>
public sealed class TokenStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IssuedToken> _byAccess = new(StringComparer.Ordinal);
    private readonly SandboxOptions _options;
    private readonly SandboxSettings _settings;
    private readonly TimeProvider _clock;

    internal TokenStore(SandboxOptions options, SandboxSettings settings)
    {
        _options = options;
        _settings = settings;
        _clock = options.Clock;
        Reset();
    }

    /// <summary>Every token that has not been revoked, expired ones included.</summary>
    public IReadOnlyList<IssuedToken> All()
    {
        lock (_gate)
            return [.. _byAccess.Values];
    }

    /// <summary>Whether a token is known and has not expired.</summary>
    public bool Accepts(string accessToken)
    {
        lock (_gate)
            return _byAccess.TryGetValue(accessToken, out var token) && _clock.GetUtcNow() < token.Expires;
    }

    /// <summary>The partner that an accepted token acts for.</summary>
    public string PartnerOf(string accessToken)
    {
        lock (_gate)
            return _byAccess[accessToken].PartnerSid;
    }

    /// <summary>Issues a token.</summary>
    /// <param name="lifetimeSeconds">How long it is good for; null for the lifetime in the settings.</param>
    /// <param name="partnerSid">The partner it acts for.</param>
    public IssuedToken Issue(double? lifetimeSeconds = null, string partnerSid = SandboxDefaults.PartnerSid)
    {
        var now = _clock.GetUtcNow();
        var token = new IssuedToken
        {
            TokenSid = Guid.NewGuid().ToString("D"),
            AccessToken = Guid.NewGuid().ToString("D"),
            RefreshToken = Guid.NewGuid().ToString("D"),
            PartnerSid = partnerSid,
            Created = now,
            Expires = now.AddSeconds(lifetimeSeconds ?? _settings.TokenLifetimeSeconds),
        };
        lock (_gate)
            _byAccess.Add(token.AccessToken, token);
        return token;
    }

    /// <summary>The token with this sid, or null.</summary>
    public IssuedToken? Find(string tokenSid)
    {
        lock (_gate)
        {
            foreach (var token in _byAccess.Values)
            {
                if (token.TokenSid.Equals(tokenSid, StringComparison.OrdinalIgnoreCase))
                    return token;
            }
            return null;
        }
    }

    /// <summary>Revokes the token with this sid; false when there is none.</summary>
    public bool Revoke(string tokenSid)
    {
        lock (_gate)
            return Find(tokenSid) is { } token && _byAccess.Remove(token.AccessToken);
    }

    /// <summary>Back to the token given at the start.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _byAccess.Clear();
            var now = _clock.GetUtcNow();
            _byAccess.Add(_options.CarrierXToken, new IssuedToken
            {
                TokenSid = SandboxDefaults.CarrierXTokenSid,
                AccessToken = _options.CarrierXToken,
                RefreshToken = Guid.NewGuid().ToString("D"),
                PartnerSid = SandboxDefaults.PartnerSid,
                Created = now,
                // The vendor's sample token lasts about as long.
                Expires = now.AddYears(100),
            });
        }
    }
}
