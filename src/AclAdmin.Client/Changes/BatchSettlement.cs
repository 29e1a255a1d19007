using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Determines the outcome of a batch from its answer, or from the present state where the answer was lost. As a batch is carried out as a whole, what
/// is seen of some of its writes holds for all of them.
/// </summary>
internal sealed class BatchSettlement<T>(IResourceClient<T> client, List<BatchWrite<T>> writes, IRequestObserver observer, CancellationToken cancellationToken)
    where T : ApiResource
{
    /// <summary>Notes what the answer shows.</summary>
    public void Complete(BatchAnswer<T> answer)
    {
        var created = 0;
        foreach (var write in writes)
        {
            switch (write.Write.Action)
            {
                case ChangeAction.Create:
                    CompleteCreate(write, answer.Created.Count > created ? answer.Created[created] : null, answer.RequestId);
                    created++;
                    break;
                case ChangeAction.Update:
                    write.Complete(new(answer.ById.TryGetValue(write.Write.Id, out var updated) ? updated : null, true) { RequestId = answer.RequestId });
                    break;
                default:
                    write.Complete(new(null, true) { RequestId = answer.RequestId });
                    break;
            }
        }
    }

    /// <summary>Reads the state after an answer was lost.</summary>
    /// <returns>False where the state shows that the batch was not carried out, so that it can be sent again.</returns>
    public async Task<bool> TrySettleAsync(AclException lost)
    {
        if (cancellationToken.IsCancellationRequested || writes.Any(write => write.Write is { Action: ChangeAction.Create, Change.Existing: null }))
        {
            FailUnknown(lost, null);
            return true;
        }

        observer.OnNote($"The answer to a batch of {writes.Count} changes was lost, so it is not known whether they were applied. Reading the {client.Resource.Plural}.");
        var creates = writes.Where(write => write.Write.Action == ChangeAction.Create).ToArray();
        foreach (var wait in creates.Length > 0 ? CreateOnce.WaitsBeforeLooks : [TimeSpan.Zero])
        {
            try
            {
                await client.Connection.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                var present = await Snapshot.ReadAsync(client, observer, cancellationToken).ConfigureAwait(false);
                Find(creates, present);
                if (creates.Length > 0 ? creates.All(write => write.Found is not null) : IsApplied(present))
                {
                    observer.OnNote("The batch had arrived, and is not sent again.");
                    Complete(present);
                    return true;
                }
            }
            catch (AclException unseen)
            {
                FailUnknown(lost, unseen);
                return true;
            }
            catch (OperationCanceledException)
            {
                FailUnknown(lost, null);
                return true;
            }
        }

        if (!creates.Any(write => write.Found is not null))
        {
            return false;
        }

        // It was applied, although the list does not show all of it: nothing is sent again.
        foreach (var write in creates.Where(write => write.Found is not null))
        {
            CompleteCreate(write, write.Found, lost.RequestId);
        }

        FailUnknown(lost, null);
        return true;
    }

    /// <summary>Ends the writes that have not ended as unknown.</summary>
    public void FailUnknown(AclException lost, AclException? unseen) => writes.ForEach(write => write.Fail(
        write.Write.Action == ChangeAction.Create ? CreateOnce.Unknown(client.Resource, lost, unseen) : Unknown(lost)));

    private static AclException Unknown(AclException lost) => new(
        ErrorKind.OutcomeUnknown,
        $"{lost.Message} Whether the service applied the change is not known.",
        "Run the row again: an update or a removal has the same effect twice.",
        lost)
    {
        StatusCode = lost.StatusCode,
        ApiErrors = lost.ApiErrors,
        RequestId = lost.RequestId,
        Attempts = lost.Attempts,
        OutcomeIsUnknown = true,
    };

    /// <summary>Finds the items that creates made among those that were not there before the run and that no other create has made.</summary>
    private void Find(BatchWrite<T>[] creates, Dictionary<string, T> present)
    {
        if (creates.Length == 0)
        {
            return;
        }

        var before = creates[0].Write.Change.Existing!;
        var unknown = present.Values.Where(item => !before.WasThereBefore(item.GetIdentity())).ToLookup(client.Resource.Comparer.KeyOf, StringComparer.Ordinal);
        foreach (var write in creates.Where(write => write.Found is null))
        {
            write.Found = unknown[client.Resource.Comparer.KeyOf(write.Write.Body)].FirstOrDefault(item =>
                client.Resource.Comparer.HaveSameKey(write.Write.Body, item) && ExistingItems<T>.Claim(client.Connection, item.GetIdentity()));
        }
    }

    /// <summary>Whether a batch without creates shows: by what it removes, or else by what it updates, as an update can leave an item unchanged.</summary>
    private bool IsApplied(Dictionary<string, T> present)
    {
        var removals = writes.Where(write => write.Write.Action == ChangeAction.Delete).ToArray();
        return removals.Length > 0
            ? removals.All(write => !present.ContainsKey(write.Write.Id))
            : writes.All(write => present.TryGetValue(write.Write.Id, out var item) && write.Write.Body.DifferencesFrom(item).Count == 0);
    }

    private void Complete(Dictionary<string, T> present)
    {
        foreach (var write in writes)
        {
            if (write.Write.Action == ChangeAction.Create)
            {
                CompleteCreate(write, write.Found, null);
            }
            else
            {
                write.Complete(new(present.TryGetValue(write.Write.Id, out var item) ? item : null, true));
            }
        }
    }

    private void CompleteCreate(BatchWrite<T> write, T? created, string? requestId)
    {
        if (created?.GetIdentity() is { Length: > 0 } id)
        {
            ExistingItems<T>.Claim(client.Connection, id);
            write.Write.Change.Existing?.Add(created);
        }

        write.Complete(new(created, true) { RequestId = requestId });
    }
}
