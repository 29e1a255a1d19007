using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>Carries out one change, whatever it is, and reports how it ended. Never throws.</summary>
internal static class ChangeApplier
{
    /// <summary>How often a change that depends on the present state is prepared, when somebody else keeps changing the same item.</summary>
    private const int MaxPreparations = 4;

    public static async Task<ChangeOutcome<T>> ApplyAsync<T>(
        Change<T> change, RefusalExplainer<T> explainer, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        try
        {
            return change is { Action: ChangeAction.Update, Prepare: null }
                ? ChangeOutcome<T>.Changed(change, await change.Client!.PatchAsync(change.Id, change.Patch, observer, cancellationToken).ConfigureAwait(false))
                : await ApplyAsync(change, change.Client!, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException error)
        {
            return ChangeOutcome<T>.Failed(change, await explainer.ExplainAsync(change, error, observer, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return ChangeOutcome<T>.NotSent(change);
        }
        catch (Exception defect)
        {
            // A worker must not die with its row: whatever it is becomes that row's outcome.
            return ChangeOutcome<T>.Failed(change, AclException.FromDefect(defect));
        }
    }

    private static async Task<ChangeOutcome<T>> ApplyAsync<T>(
        Change<T> change, IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        switch (change.Action)
        {
            case ChangeAction.Create:
                return await CreateAsync(change, client, observer, cancellationToken).ConfigureAwait(false);
            case ChangeAction.Replace:
                return ChangeOutcome<T>.Changed(change, await client.ReplaceAsync(change.Id, change.Patch, observer, cancellationToken).ConfigureAwait(false));
            case ChangeAction.Delete:
                var wasThere = await client.DeleteAsync(change.Id, observer, cancellationToken).ConfigureAwait(false);
                return wasThere ? ChangeOutcome<T>.Changed(change, null) : ChangeOutcome<T>.Unchanged(change);
            default:
                return await EditAsync(change, client, observer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the item, unless it is there by now: an earlier row of the run may have made it.</summary>
    private static async Task<ChangeOutcome<T>> CreateAsync<T>(
        Change<T> change, IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var decision = CreateDecision<T>.Decide(client.Resource, change.Existing, change.Patch, change.IfExists);
        switch (decision.Action)
        {
            case null:
                return ChangeOutcome<T>.Unchanged(change, decision.Present);
            case ChangeAction.Update:
                var id = decision.Present!.GetIdentity();
                var updated = await client.PatchAsync(id, decision.Patch, observer, cancellationToken).ConfigureAwait(false);
                if (updated is not null)
                {
                    change.Existing!.Add(updated);
                }

                return ChangeOutcome<T>.Changed(change, ChangeAction.Update, updated);
            default:
                var created = await CreateOnce.SendAsync(client, decision.Patch, change.Existing, observer, cancellationToken).ConfigureAwait(false);
                return ChangeOutcome<T>.Changed(change, created);
        }
    }

    /// <summary>
    /// Reads the item, changes what was read and writes it. One at a time for an item on a connection, whoever edits it; and as another program may write
    /// between the two, what the answer shows is compared with what was meant, and a difference is read again.
    /// </summary>
    private static async Task<ChangeOutcome<T>> EditAsync<T>(
        Change<T> change, IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        using var turn = await client.Connection.ItemLocks.EnterAsync(change.Id, cancellationToken).ConfigureAwait(false);
        T? written = null;
        for (var preparation = 1; preparation <= MaxPreparations; preparation++)
        {
            var state = await client.GetAsync(change.Id, observer, cancellationToken).ConfigureAwait(false);
            var patch = change.Prepare!(state);
            if (patch.IsEmpty)
            {
                return written is null && preparation == 1 ? ChangeOutcome<T>.Unchanged(change, state) : ChangeOutcome<T>.Changed(change, state);
            }

            written = await client.PatchAsync(change.Id, patch, observer, cancellationToken).ConfigureAwait(false);
            if (written is null || patch.DifferencesFrom(written).Count == 0)
            {
                return ChangeOutcome<T>.Changed(change, written);
            }

            observer.OnNote($"The answer shows other values for {client.Resource.Noun} {change.Id} than were sent. Reading it again.");
        }

        throw new AclException(
            ErrorKind.Conflict,
            $"The {client.Resource.Noun} {change.Id} shows other values than were sent, {MaxPreparations} times in a row: something else keeps changing it.",
            "Find out what else edits it, and run the row again.");
    }
}
