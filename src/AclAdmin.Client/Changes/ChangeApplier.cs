using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>Carries out one change, whatever it is, and says how it ended. Never throws.</summary>
internal static class ChangeApplier
{
    public static async Task<ChangeOutcome<T>> ApplyAsync<T>(Change<T> change, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        try
        {
            return change is { Action: ChangeAction.Update, Prepare: null }
                ? ChangeOutcome<T>.Changed(change, await change.Client!.PatchAsync(change.Id, change.Patch, observer, cancellationToken).ConfigureAwait(false))
                : await CarryOutAsync(change, change.Client!, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException error)
        {
            return ChangeOutcome<T>.Failed(change, error);
        }
        catch (OperationCanceledException)
        {
            return ChangeOutcome<T>.NotSent(change);
        }
        catch (Exception unforeseen)
        {
            // A worker must not die with its row: whatever it is becomes that row's outcome.
            return ChangeOutcome<T>.Failed(change, new AclException(ErrorKind.UnexpectedResponse, unforeseen.Message, inner: unforeseen));
        }
    }

    private static async Task<ChangeOutcome<T>> CarryOutAsync<T>(
        Change<T> change, IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var patch = change.Patch;
        if (change.Prepare is { } prepare)
        {
            var state = await client.GetAsync(change.Id, observer, cancellationToken).ConfigureAwait(false);
            patch = prepare(state);
            if (patch.IsEmpty)
            {
                return ChangeOutcome<T>.Unchanged(change);
            }
        }

        switch (change.Action)
        {
            case ChangeAction.Create:
                return ChangeOutcome<T>.Changed(change, await CreateOnce.SendAsync(client, patch, observer, cancellationToken).ConfigureAwait(false));
            case ChangeAction.Replace:
                return ChangeOutcome<T>.Changed(change, await client.ReplaceAsync(change.Id, patch, observer, cancellationToken).ConfigureAwait(false));
            case ChangeAction.Delete:
                var wasThere = await client.DeleteAsync(change.Id, observer, cancellationToken).ConfigureAwait(false);
                return wasThere ? ChangeOutcome<T>.Changed(change, null) : ChangeOutcome<T>.Unchanged(change);
            default:
                return ChangeOutcome<T>.Changed(change, await client.PatchAsync(change.Id, patch, observer, cancellationToken).ConfigureAwait(false));
        }
    }
}
