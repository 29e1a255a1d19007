using System;
using System.Collections.Generic;
using System.Threading;

namespace AclAdmin.Sandbox;

/// <summary>What a credential has left after a request.</summary>
/// <param name="Allowed">Whether the request may pass.</param>
/// <param name="Remaining">Requests left in the window.</param>
/// <param name="ResetSeconds">Whole seconds, rounded up, until there is a full quota again.</param>
/// <param name="Quota">Requests in a window.</param>
/// <param name="WindowSeconds">Length of a window, whole seconds, rounded up.</param>
public readonly record struct RateReading(bool Allowed, int Remaining, int ResetSeconds, int Quota, int WindowSeconds);

/// <summary>
/// Cloudflare's client limit as documented: a quota in a fixed window for each credential, and once it is exceeded every call refused
/// for a while. The window opens with the credential's first request; the end of a block opens a new one.
/// </summary>
public sealed class RateWindow
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly SandboxSettings _settings;
    private readonly TimeProvider _clock;

    internal RateWindow(SandboxSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
    }

    /// <summary>Counts requests of a credential and says whether the last of them may pass.</summary>
    /// <param name="credential">The token, or the global key; requests without a known one share the empty string.</param>
    /// <param name="count">How many requests; more than one to play another program that shares the credential.</param>
    public RateReading Take(string credential, int count = 1)
    {
        lock (_gate)
        {
            var account = Find(credential);
            var now = _clock.GetTimestamp();
            Refresh(account, now);
            var quota = _settings.Quota;
            // Without a limit nothing is counted either: a client that paces itself by "r" must not come to a halt at 0.
            if (!account.Blocked && _settings.Limit)
            {
                if (account.Used + (long)count > quota)
                {
                    account.Blocked = true;
                    account.Start = now;
                }
                account.Used = (int)Math.Min(quota, account.Used + (long)count);
            }
            return Read(account, now);
        }
    }

    /// <summary>What a credential has left, without counting anything.</summary>
    public RateReading Peek(string credential)
    {
        lock (_gate)
        {
            var account = Find(credential);
            var now = _clock.GetTimestamp();
            Refresh(account, now);
            return Read(account, now);
        }
    }

    /// <summary>Forgets all windows and blocks.</summary>
    public void Clear()
    {
        lock (_gate)
            _accounts.Clear();
    }

    private Account Find(string credential)
    {
        if (!_accounts.TryGetValue(credential, out var account))
            _accounts[credential] = account = new Account { Start = _clock.GetTimestamp() };
        return account;
    }

    // Lengths are looked up on each request rather than stored, so that a change of settings reaches windows that are already open.
    private void Refresh(Account account, long now)
    {
        if (!_settings.Limit)
        {
            account.Start = now;
            account.Used = 0;
            account.Blocked = false;
        }
        var length = account.Blocked ? _settings.BlockSeconds : _settings.WindowSeconds;
        if (_clock.GetElapsedTime(account.Start, now).TotalSeconds < length)
            return;
        account.Start = now;
        account.Used = 0;
        account.Blocked = false;
    }

    private RateReading Read(Account account, long now)
    {
        var length = account.Blocked ? _settings.BlockSeconds : _settings.WindowSeconds;
        var left = length - _clock.GetElapsedTime(account.Start, now).TotalSeconds;
        var quota = _settings.Quota;
        return new RateReading(
            !account.Blocked,
            account.Blocked ? 0 : Math.Max(0, quota - account.Used),
            Math.Max(1, (int)Math.Ceiling(left)),
            quota,
            (int)Math.Ceiling(_settings.WindowSeconds));
    }

    private sealed class Account
    {
        public long Start { get; set; }

        public int Used { get; set; }

        public bool Blocked { get; set; }
    }
}
