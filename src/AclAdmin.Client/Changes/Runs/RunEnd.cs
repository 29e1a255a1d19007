using System;
using System.Threading;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Changes.Runs;

/// <summary>The two signals that end a run: nothing more is sent, and what was sent is given up. Safe for many threads.</summary>
internal sealed class RunEnd : IDisposable
{
    private readonly CancellationTokenSource _abort;
    private readonly CancellationTokenSource _stopping;
    private bool _disposed;

    public RunEnd(CancellationToken cancellationToken)
    {
        _abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token);
        Token = new RequestCancellation(_stopping.Token, _abort.Token);
    }

    /// <summary>Both signals, as requests take them.</summary>
    public RequestCancellation Token { get; }

    /// <summary>Signals that nothing more is sent.</summary>
    public void StopSending()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Disposing has cancelled it.
        }
    }

    /// <summary>Signals that what was sent is given up.</summary>
    /// <returns>False where the run was disposed of, which has signalled it.</returns>
    public bool Abandon()
    {
        if (!_disposed)
        {
            _abort.Cancel();
        }

        return !_disposed;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _abort.Cancel();
            _disposed = true;
            _abort.Dispose();
            _stopping.Dispose();
        }
    }
}
