using System;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>
/// The pause of a connection after a refusal. Refusals that follow each other make it longer; where the service asks for more than the ceiling, or pauses of
/// twice that time were in vain, it is not waited for. Not safe for many threads: its owner locks.
/// </summary>
/// <param name="ceiling">The longest wait that a service may cause.</param>
internal sealed class RefusalPause(TimeSpan ceiling)
{
    private TimeSpan _until;
    private TimeSpan? _askedInExcess;
    private TimeSpan _pausedInARow;
    private int _refusalsInARow;

    /// <summary>How long the pause still lasts; null where there is none.</summary>
    public TimeSpan? GetRest(TimeSpan now) => _until > now ? _until - now : null;

    /// <summary>What a request has to wait for; null where there is no pause.</summary>
    public PacerWait? GetWait(TimeSpan now)
    {
        if (GetRest(now) is not { } rest)
        {
            return null;
        }

        return _askedInExcess is { } asked ? new PacerWait(asked) : new PacerWait(rest, "The service asked to slow down.", refused: true);
    }

    /// <summary>Ends the row of refusals after a request that was accepted, unless that one was on its way before a pause that still lasts.</summary>
    /// <returns>Whether there is no pause.</returns>
    public bool TryEnd(TimeSpan now)
    {
        if (_until > now)
        {
            return false;
        }

        _refusalsInARow = 0;
        _askedInExcess = null;
        return true;
    }

    /// <summary>Begins or prolongs the pause.</summary>
    /// <param name="now">The time.</param>
    /// <param name="getPause">For how long, by the number of refusals in a row, from 1.</param>
    /// <param name="asked">The wait that the service requested; null where it requested none.</param>
    /// <param name="sentAt">When the request that was refused was sent; null for after the last pause.</param>
    public void Extend(TimeSpan now, Func<int, TimeSpan> getPause, TimeSpan? asked, TimeSpan? sentAt)
    {
        if (_refusalsInARow == 0 || _until <= now)
        {
            // Requests that were under way together are refused together, which counts once.
            _pausedInARow = _refusalsInARow == 0 ? TimeSpan.Zero : _pausedInARow;
            _refusalsInARow++;
        }

        if (_until <= now)
        {
            _askedInExcess = null;
        }

        var pause = getPause(_refusalsInARow);
        if (asked > ceiling)
        {
            (_askedInExcess, pause) = (asked, ceiling);
        }
        else if (_pausedInARow > ceiling + ceiling)
        {
            _askedInExcess = asked ?? pause;
        }

        if (sentAt is not { } sent || sent >= _until)
        {
            // What was under way before the last pause does not show that the pause was in vain.
            _pausedInARow += pause;
        }

        var until = now + pause;
        _until = until > _until ? until : _until;
    }
}
