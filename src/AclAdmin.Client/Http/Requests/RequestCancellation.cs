using System.Threading;

namespace AclAdmin.Client.Http.Requests;

/// <summary>
/// The two ways to end a request early. A <see cref="CancellationToken"/> alone converts to one that can only be aborted.
/// </summary>
/// <param name="stopping">
/// Sends no further try: asked right before each, after every wait for a limit, a retry or a credential, and ends these waits at once. A try that is under
/// way is answered.
/// </param>
/// <param name="aborting">Abandons the try that is under way as well.</param>
public readonly struct RequestCancellation(CancellationToken stopping, CancellationToken aborting)
{
    /// <summary>Sends no further try. A try that is under way is answered.</summary>
    public CancellationToken Stopping { get; } = stopping;

    /// <summary>Abandons the try that is under way as well.</summary>
    public CancellationToken Aborting { get; } = aborting;

    /// <summary>Whether no further try may be sent.</summary>
    public bool IsRequested => Stopping.IsCancellationRequested || Aborting.IsCancellationRequested;

    /// <summary>A request that can only be aborted.</summary>
    public static implicit operator RequestCancellation(CancellationToken aborting) => new(default, aborting);

    /// <summary>Ends what comes before a try in either way.</summary>
    /// <returns>To be disposed of after the wait.</returns>
    internal CancellationTokenSource LinkWaits() => CancellationTokenSource.CreateLinkedTokenSource(Stopping, Aborting);

    /// <summary>Throws where no further try may be sent.</summary>
    /// <exception cref="System.OperationCanceledException">No further try may be sent.</exception>
    internal void ThrowIfRequested()
    {
        Aborting.ThrowIfCancellationRequested();
        Stopping.ThrowIfCancellationRequested();
    }
}
