using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.CarrierX;

/// <summary>One renewal, shared by all requests that wait for it.</summary>
internal sealed class SharedRenewal : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task? _task;

    /// <summary>How many wait for it.</summary>
    public int Waiting { get; set; }

    /// <summary>Starts it on another thread, as the caller holds a lock.</summary>
    public void Start(Func<CancellationToken, Task> renew)
    {
        var stopping = _stopping.Token;
        _task = Task.Run(() => renew(stopping));
    }

    /// <summary>Stops it unless it has ended.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Always true.</returns>
    /// <exception cref="AclException">It has failed.</exception>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await _task!.UntilCancelledAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _task!.ConfigureAwait(false);
        }
        catch (AclException shared)
        {
            throw shared.ForAnother();
        }

        return true;
    }
}
