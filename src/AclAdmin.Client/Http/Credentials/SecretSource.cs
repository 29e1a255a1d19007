using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>
/// Where a secret comes from: it is known, or it is obtained when a request first needs it, and again after the service refused it. Safe for many threads.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody waits for by its handle holds nothing.")]
public sealed class SecretSource
{
    /// <summary>A failure counts for this long, as the next request would only fail in the same way.</summary>
    private static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(5);

    private readonly Func<CancellationToken, Task<Secret>>? _obtain;
    private readonly Func<TimeSpan> _elapsed;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Obtained? _present;
    private volatile string[] _texts = [];
    private AclException? _failure;
    private TimeSpan _standsUntil;

    private SecretSource(Secret known)
    {
        _elapsed = () => TimeSpan.Zero;
        _present = new Obtained(known, 0);
        _texts = [known.Reveal()];
    }

    /// <summary>A secret that is obtained.</summary>
    /// <param name="obtain">Obtains it, on any thread; never called again before it has ended. It throws an <see cref="AclException"/> where it fails.</param>
    /// <param name="elapsed">Reads a clock that only runs forward.</param>
    public SecretSource(Func<CancellationToken, Task<Secret>> obtain, Func<TimeSpan> elapsed)
    {
        _obtain = obtain;
        _elapsed = elapsed;
    }

    /// <summary>A secret that is known.</summary>
    public static implicit operator SecretSource(Secret known) => new(known);

    /// <summary>The present secret and those before it: a late answer may repeat one, and the service may still accept it.</summary>
    internal string[] Texts => _texts;

    /// <summary>The secret, and which one it is. Requests that need it at the same time share it.</summary>
    /// <exception cref="AclException">It cannot be obtained.</exception>
    internal async Task<Obtained> GetAsync(CancellationToken cancellationToken)
    {
        if (_present is null)
        {
            await TryRenewAsync(0, cancellationToken).ConfigureAwait(false);
        }

        return _present!;
    }

    /// <summary>Obtains the secret anew, unless another request has done so meanwhile.</summary>
    /// <param name="refusedGeneration">The <see cref="Obtained.Generation"/> of the one that was refused.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>False when there is no other secret.</returns>
    /// <exception cref="AclException">It cannot be obtained.</exception>
    internal async Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken)
    {
        if (_obtain is null)
        {
            return false;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_present is { } present && present.Generation != refusedGeneration)
            {
                return true;
            }

            if (_elapsed() < _standsUntil)
            {
                return _failure is null ? false : throw _failure.ForAnother();
            }

            return Keep(await ObtainAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Secret> ObtainAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _obtain!(cancellationToken).ConfigureAwait(false);
        }
        catch (AclException failed)
        {
            _failure = failed;
            _standsUntil = _elapsed() + FailureStands;
            throw;
        }
    }

    /// <returns>False when it is the secret that was refused.</returns>
    private bool Keep(Secret obtained)
    {
        _failure = null;
        if (_present?.Secret.Reveal() == obtained.Reveal())
        {
            _standsUntil = _elapsed() + FailureStands;
            return false;
        }

        _texts = [.. _texts, obtained.Reveal()];
        _present = new Obtained(obtained, (_present?.Generation ?? 0) + 1);
        return true;
    }

    /// <summary>A secret that was obtained.</summary>
    /// <param name="Secret">The secret.</param>
    /// <param name="Generation">Counts how often it was obtained.</param>
    internal sealed record Obtained(Secret Secret, int Generation);
}
