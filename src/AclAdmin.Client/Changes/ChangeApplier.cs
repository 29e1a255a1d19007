using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>Applies one change of any kind, and reports its outcome. Never throws.</summary>
/// <param name="observer">Receives what the requests report.</param>
/// <param name="journal">Records each write; null where none is kept.</param>
/// <param name="window">Lets so many be sent at once, where changes wait for their record before; null where all that come may be sent.</param>
/// <param name="stopping">Keeps what is not sent from being sent.</param>
/// <param name="aborting">Abandons what is sent as well.</param>
internal sealed class ChangeApplier<T>(IRequestObserver observer, IChangeJournal<T>? journal, SemaphoreSlim? window, CancellationToken stopping, CancellationToken aborting)
    where T : ApiResource
{
    /// <summary>How often a change that depends on the present state is prepared, when another client keeps changing the same item.</summary>
    private const int MaxPreparations = 4;

    private readonly RefusalExplainer<T> _explainer = new();

    /// <summary>Begins a batch.</summary>
    /// <param name="members">How many changes it has.</param>
    /// <param name="client">The list.</param>
    public BatchSender<T> BeginBatch(int members, IResourceClient<T> client) =>
        new(members, client, observer, write => SendOneAsync(write, observer), InWindowAsync, stopping, aborting);

    /// <summary>Carries out a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="place">Its place in a batch; null where it goes alone.</param>
    public async Task<ChangeOutcome<T>> ApplyAsync(Change<T> change, BatchPlace<T>? place = null)
    {
        try
        {
            return place is null && journal is null && change is { Action: ChangeAction.Update, Prepare: null }
                ? ChangeOutcome<T>.Changed(change, await change.Client!.PatchAsync(change.Id, change.Patch, observer, aborting).ConfigureAwait(false))
                : await ApplyAsync(change, change.Client!, place).ConfigureAwait(false);
        }
        catch (AclException error)
        {
            return ChangeOutcome<T>.Failed(change, await _explainer.ExplainAsync(change, error, observer, aborting).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return ChangeOutcome<T>.NotSent(change);
        }
        catch (Exception defect)
        {
            // A worker must not die with its row: any exception becomes that row's outcome.
            return ChangeOutcome<T>.Failed(change, AclException.FromDefect(defect));
        }
        finally
        {
            place?.Leave();
        }
    }

    private async Task<ChangeOutcome<T>> ApplyAsync(Change<T> change, IResourceClient<T> client, BatchPlace<T>? place)
    {
        switch (change)
        {
            case { Action: ChangeAction.Create }:
                return await CreateAsync(change, client, place).ConfigureAwait(false);
            case { Action: ChangeAction.Update, Prepare: not null }:
                return await EditAsync(change, client).ConfigureAwait(false);
            default:
                var write = new ChangeWrite<T>(change, change.Action, change.Id, change.Patch, change.Before);
                var result = await WriteAsync(write, place).ConfigureAwait(false);
                return result.WasMissing ? ChangeOutcome<T>.NotThere(change)
                    : result.IsApplied ? ChangeOutcome<T>.Changed(change, result.Item)
                    : ChangeOutcome<T>.Unchanged(change, result.Item);
        }
    }

    /// <summary>The only path of a write to the service.</summary>
    private Task<WriteResult<T>> WriteAsync(ChangeWrite<T> write, BatchPlace<T>? place = null) => journal is null
        ? SendAsync(write, place, observer)
        : journal.WriteAsync(write, watching => SendAsync(write, place, watching), observer, stopping, aborting);

    private Task<WriteResult<T>> SendAsync(ChangeWrite<T> write, BatchPlace<T>? place, IRequestObserver watching) =>
        place?.SendAsync(write) ?? InWindowAsync(() => SendOneAsync(write, watching));

    private async Task<TResult> InWindowAsync<TResult>(Func<Task<TResult>> send)
    {
        if (window is null)
        {
            return await send().ConfigureAwait(false);
        }

        await window.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            stopping.ThrowIfCancellationRequested();
            return await send().ConfigureAwait(false);
        }
        finally
        {
            window.Release();
        }
    }

    private async Task<WriteResult<T>> SendOneAsync(ChangeWrite<T> write, IRequestObserver watching)
    {
        var client = write.Change.Client!;
        switch (write.Action)
        {
            case ChangeAction.Create:
                return new(await CreateOnce.SendAsync(client, write.Body, write.Change.Existing, watching, aborting).ConfigureAwait(false), true);
            case ChangeAction.Replace:
                return new(await client.ReplaceAsync(write.Id, write.Body, watching, aborting).ConfigureAwait(false), true);
            case ChangeAction.Delete:
                var wasThere = await client.DeleteAsync(write.Id, watching, aborting).ConfigureAwait(false);
                return new(null, wasThere, WasMissing: !wasThere);
            default:
                return new(await client.PatchAsync(write.Id, write.Body, watching, aborting).ConfigureAwait(false), true);
        }
    }

    /// <summary>Creates the item, unless it exists by now: an earlier row of the run may have created it.</summary>
    private async Task<ChangeOutcome<T>> CreateAsync(Change<T> change, IResourceClient<T> client, BatchPlace<T>? place)
    {
        var decision = CreateDecision<T>.Decide(client.Resource, change.Existing, change.Patch, change.IfExists);
        if (decision.Action is not { } action)
        {
            return ChangeOutcome<T>.Unchanged(change, decision.Present);
        }

        var write = new ChangeWrite<T>(change, action, decision.Present?.GetIdentity() ?? "", decision.Patch, decision.Present)
        {
            Siblings = change.Existing?.Find(change.Patch) ?? [],
        };
        var result = await WriteAsync(write, place).ConfigureAwait(false);
        if (!result.IsApplied)
        {
            return ChangeOutcome<T>.Unchanged(change, result.Item);
        }

        if (action == ChangeAction.Update && result.Item is not null)
        {
            change.Existing!.Add(result.Item);
        }

        return ChangeOutcome<T>.Changed(change, action, result.Item);
    }

    /// <summary>
    /// Reads the item, changes what was read and writes it. One at a time for an item on a connection, whoever edits it; and as another program may write
    /// between the two, what the answer shows is compared with what was meant, and a difference is read again.
    /// </summary>
    private async Task<ChangeOutcome<T>> EditAsync(Change<T> change, IResourceClient<T> client)
    {
        using var turn = await client.Connection.ItemLocks.EnterAsync(change.Id, aborting).ConfigureAwait(false);
        T? written = null;
        string? warning = null;
        for (var preparation = 1; preparation <= MaxPreparations; preparation++)
        {
            var state = change.UsesKnownState && preparation == 1 && journal is not null
                ? await journal.FindStateAsync(client, change.Id, observer, aborting).ConfigureAwait(false)
                : await client.GetAsync(change.Id, observer, aborting).ConfigureAwait(false);
            var patch = change.Prepare!(state);
            warning = preparation == 1 ? change.WarnOf?.Invoke(state) : warning;
            if (patch.IsEmpty)
            {
                return (written is null && preparation == 1 ? ChangeOutcome<T>.Unchanged(change, state) : ChangeOutcome<T>.Changed(change, state)).With(warning);
            }

            var result = await WriteAsync(new ChangeWrite<T>(change, change.Action, change.Id, patch, state)).ConfigureAwait(false);
            written = result.Item;
            if (written is null || patch.DifferencesFrom(written).Count == 0)
            {
                return ChangeOutcome<T>.Changed(change, written).With(warning);
            }

            observer.OnNote($"The answer shows other values for {client.Resource.Noun} {change.Id} than were sent. Reading it again.");
        }

        throw new AclException(
            ErrorKind.Conflict,
            $"The {client.Resource.Noun} {change.Id} shows other values than were sent, {MaxPreparations} times in a row: something else keeps changing it.",
            "Find out what else edits it, and run the row again.");
    }
}
