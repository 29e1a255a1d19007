using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Determines why a service refused a write: an entry that a directory owns and a rule that is read-only are refused with no documented status, so the item
/// is read afterwards. The first refusals are examined one by one; where many are refused, one read of the list serves them all.
/// </summary>
internal sealed class RefusalExplainer<T>
    where T : ApiResource
{
    /// <summary>After this many single reads the whole list is read, once.</summary>
    private const int MaxSingleReads = 2;

    private readonly object _gate = new();
    private readonly Dictionary<IResourceClient<T>, Task<Dictionary<string, T>>> _lists = [];
    private int _singleReads;

    /// <summary>The reason for a refusal; the refusal itself where no better reason is found.</summary>
    public async Task<AclException> ExplainAsync(Change<T> change, AclException refusal, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (!MayBeReadOnly(change, refusal))
        {
            return refusal;
        }

        try
        {
            var item = await ReadAsync(change.Client!, change.Id, observer, cancellationToken).ConfigureAwait(false);
            return item?.GetReadOnlyReason() is { } reason ? reason.After(refusal) : refusal;
        }
        catch (Exception unseen) when (unseen is AclException or OperationCanceledException)
        {
            return refusal;
        }
    }

    /// <summary>
    /// A refusal that has no reason of its own, in a list that has read-only items: not for the credential, the limit, or an id that does not exist.
    /// </summary>
    private static bool MayBeReadOnly(Change<T> change, AclException refusal) =>
        change is { Client.Resource.HasReadOnlyItems: true, Action: not ChangeAction.Create, Id.Length: > 0 }
        && refusal.StatusCode is >= 400 and < 500
        && refusal.Kind is ErrorKind.ValidationFailed or ErrorKind.PermissionDenied or ErrorKind.Conflict or ErrorKind.ApiError;

    private async Task<T?> ReadAsync(IResourceClient<T> client, string id, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<Dictionary<string, T>>? list = null;
        lock (_gate)
        {
            if (_singleReads >= MaxSingleReads && !_lists.TryGetValue(client, out list))
            {
                list = _lists[client] = Snapshot.ReadAsync(client, observer, cancellationToken);
            }

            _singleReads++;
        }

        return list is null
            ? await client.GetAsync(id, observer, cancellationToken).ConfigureAwait(false)
            : (await list.ConfigureAwait(false)).TryGetValue(id, out var item) ? item : null;
    }
}
