using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Steps;

/// <summary>Finds out at the service what became of a request whose outcome is not known.</summary>
/// <param name="writes">The writes of the request.</param>
/// <param name="answered">What its answer shows of them; null where no answer came that can be used.</param>
/// <param name="lost">Why the outcome is not known.</param>
/// <param name="observer">Receives what the requests report.</param>
/// <param name="aborting">Abandons the search.</param>
internal sealed class OutcomeLookup<T>(
    IReadOnlyList<Write<T>> writes, WriteResult<T>[]? answered, AclException lost, IRequestObserver observer, CancellationToken aborting)
    where T : ApiResource
{
    /// <summary>The delays before the lookups of an item that a create may have made: a list may lag behind the write by seconds.</summary>
    internal static readonly TimeSpan[] LookupDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    private readonly IResourceClient<T> _client = writes[0].Client;
    private readonly WriteResult<T>?[] _results = [.. writes.Select((_, index) => answered?[index] is { Doubt: null } known ? known : (WriteResult<T>?)null)];

    /// <summary>
    /// Whether the service can show the outcome. A create needs to know what was there before. A single update or removal is repeated by the connection, as
    /// it has the same effect twice; it is looked up only where an answer came that does not fit.
    /// </summary>
    public bool IsPossible =>
        !aborting.IsCancellationRequested
        && writes.All(write => write.Action != ChangeAction.Create || write.Change.Existing is not null)
        && (writes.Count > 1 || writes[0].Action == ChangeAction.Create || lost.StatusCode is < 500);

    private bool HasOpenCreates => writes.Where((write, index) => write.Action == ChangeAction.Create && _results[index] is null).Any();

    /// <summary>Looks for the outcome.</summary>
    /// <returns>A result for each write; null where nothing was applied, so that the request may be sent again.</returns>
    public async Task<WriteResult<T>[]?> FindAsync()
    {
        observer.OnNote(writes.Count > 1
            ? $"The outcome of a batch of {writes.Count} changes is not known. Reading the {_client.Resource.Plural}."
            : HasOpenCreates
                ? $"The answer to a create was lost, so it is not known whether there is a new {_client.Resource.Noun}. Looking for it."
                : $"The outcome of a write to {_client.Resource.Noun} {writes[0].Id} is not known. Reading it.");
        foreach (var delay in HasOpenCreates ? LookupDelays : [TimeSpan.Zero])
        {
            try
            {
                await _client.Connection.DelayAsync(delay, aborting).ConfigureAwait(false);
                await ReadAsync().ConfigureAwait(false);
            }
            catch (AclException unseen)
            {
                return FailOpen(unseen);
            }
            catch (OperationCanceledException)
            {
                return FailOpen(null);
            }

            if (_results.All(result => result is not null))
            {
                observer.OnNote((writes.Count, writes[0].Action) switch
                {
                    ( > 1, _) => "The batch had arrived, and is not sent again.",
                    (_, ChangeAction.Create) => $"Found the new {_client.Resource.Noun} {_results[0]!.Value.Item}: the create had arrived, and is not sent again.",
                    _ => $"The write to {_client.Resource.Noun} {writes[0].Id} had arrived, and is not sent again.",
                });
                return [.. _results.Select(result => result!.Value)];
            }
        }

        return answered is not null || IsPartlyApplied ? FailOpen(null) : null;
    }

    /// <summary>The error for a write whose outcome cannot be found.</summary>
    /// <param name="write">The write.</param>
    /// <param name="unseen">Why looking for it failed; null where it did not.</param>
    public AclException Unknown(Write<T> write, AclException? unseen)
    {
        if (writes.Count == 1 && write.Action != ChangeAction.Create)
        {
            // The error that the answer itself is, which every repeat of an update or a removal would meet as well.
            var why = unseen is null ? "" : $" Reading the {_client.Resource.Noun} failed as well: {unseen.Message}";
            return lost.CopyAs(lost.Kind, lost.Message + why, lost.RecommendedAction, outcomeIsUnknown: true);
        }

        var outcome = write.Action == ChangeAction.Create ? $"So there may be a new {_client.Resource.Noun}." : "Whether the service applied the change is not known.";
        return (unseen ?? lost).CopyAs(
            ErrorKind.OutcomeUnknown,
            $"{lost.Message} {outcome}" + (unseen is null ? "" : $" Looking for it failed as well: {unseen.Message}"),
            write.Action == ChangeAction.Create
                ? "Run the row again with -IfExists Skip, which is the default: it looks first, so nothing is created twice."
                : "Run the row again: an update or a removal has the same effect twice.",
            outcomeIsUnknown: true);
    }

    /// <summary>
    /// A service applies a batch as a whole, so an item that one of its creates made, or the absence of all that it removes, shows that it was applied,
    /// although the list does not show all of it.
    /// </summary>
    private bool IsPartlyApplied
    {
        get
        {
            var created = writes.Where((write, index) => write.Action == ChangeAction.Create && _results[index] is not null);
            var removals = writes.Select((write, index) => (write.Action, IsSettled: _results[index] is not null)).Where(write => write.Action == ChangeAction.Delete).ToArray();
            return created.Any() || (!HasOpenCreates && removals.Length > 0 && removals.All(write => write.IsSettled));
        }
    }

    /// <summary>Reads what shows the outcome: one item, what is new in the list, or the list.</summary>
    private async Task ReadAsync()
    {
        if (writes.Count > 1)
        {
            Settle(await Snapshot.ReadAsync(_client, observer, aborting).ConfigureAwait(false));
            return;
        }

        var seen = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        if (writes[0].Action != ChangeAction.Create)
        {
            try
            {
                seen[writes[0].Id] = await _client.GetAsync(writes[0].Id, observer, aborting).ConfigureAwait(false);
            }
            catch (AclException missing) when (missing.IsMissingItem)
            {
                // Its absence is the answer.
            }

            Settle(seen);
            return;
        }

        var existing = writes[0].Change.Existing!;
        var query = _client.QueryForCreated(writes[0].Body);
        var reader = new PageReader<T>(_client, query);
        while (await reader.NextAsync(observer, aborting).ConfigureAwait(false) is { } page)
        {
            var known = seen.Count;
            foreach (var item in page.Items.Where(item => !existing.WasThereBefore(item.GetIdentity())))
            {
                seen[item.GetIdentity()] = item;
            }

            Settle(seen);
            if (_results[0] is not null || (query.IsNewestFirst && seen.Count == known))
            {
                return;
            }
        }
    }

    private void Settle(Dictionary<string, T> seen)
    {
        for (var index = 0; index < _results.Length; index++)
        {
            _results[index] ??= writes[index].Action switch
            {
                ChangeAction.Create => FindCreated(writes[index], seen) is { } created ? new(created, IsApplied: true) : null,
                ChangeAction.Delete => FindItem(writes[index], seen) is null ? new WriteResult<T>(null, IsApplied: true) : null,
                _ => FindUpdated(writes[index], seen) is { } updated ? new(updated, IsApplied: true) : null,
            };
        }
    }

    /// <summary>The item that a create has made: it was not there before the run, no other create has made it, and it is what the create specifies.</summary>
    private T? FindCreated(Write<T> write, Dictionary<string, T> seen) => seen.Values.FirstOrDefault(item =>
        !write.Change.Existing!.WasThereBefore(item.GetIdentity())
        && item.GetReadOnlyReason() is null
        && AnswerCheck<T>.IsCreated(_client.Resource, write.Body, item, isWhole: false)
        && ExistingItems<T>.Claim(_client.Connection, item.GetIdentity()));

    private T? FindUpdated(Write<T> write, Dictionary<string, T> seen) =>
        FindItem(write, seen) is { } item && AnswerCheck<T>.FindContradiction(_client.Resource, write.Body, item, isWhole: false) is null ? item : null;

    private static T? FindItem(Write<T> write, Dictionary<string, T> seen) => write.Seen = seen.TryGetValue(write.Id, out var item) ? item : null;

    private WriteResult<T>[] FailOpen(AclException? unseen) =>
        [.. _results.Select((result, index) => result ?? new WriteResult<T> { Error = Unknown(writes[index], unseen) })];
}
