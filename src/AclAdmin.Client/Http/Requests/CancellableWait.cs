using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Http.Requests;

/// <summary>Waits for a task that others wait for too, and lets go of it when this caller's wait is cancelled.</summary>
internal static class CancellableWait
{
    /// <summary>Waits until the task has ended or the wait is cancelled, and throws for neither.</summary>
    public static async Task UntilCancelledAsync(this Task task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        }
    }
}
