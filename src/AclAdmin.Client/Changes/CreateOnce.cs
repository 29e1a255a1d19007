using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Creates an item exactly once. Neither service knows idempotency keys, so when the answer to a create is lost, the item is
/// searched for among what was not there before the run, and only then is the create sent again.
/// </summary>
internal static class CreateOnce
{
    /// <summary>Waits before each look for an item whose create was not answered: a list may lag behind the write by seconds.</summary>
    internal static readonly TimeSpan[] WaitsBeforeLooks = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    public static async Task<T?> SendAsync<T>(
        IResourceClient<T> client, FieldPatch body, ExistingItems<T>? existing, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var created = await client.CreateAsync(body, observer, cancellationToken).ConfigureAwait(false);
                if (created?.GetIdentity() is { Length: > 0 } id)
                {
                    ExistingItems<T>.Claim(client.Connection, id);
                    existing?.Add(created);
                }

                return created;
            }
            catch (AclException lost) when (lost.OutcomeIsUnknown)
            {
                if (existing is null)
                {
                    throw Unknown(client.Resource, lost, null);
                }

                observer.OnNote($"The answer to a create was lost, so it is not known whether there is a new {client.Resource.Noun}. Looking for it.");
                if (await FindAsync(client, body, existing, lost, observer, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    observer.OnNote($"Found the new {client.Resource.Noun} {found}: the create had arrived, and is not sent again.");
                    existing.Add(found);
                    return found;
                }

                if (!await client.Connection.WaitBeforeRepeatAsync(attempt, observer, cancellationToken).ConfigureAwait(false))
                {
                    throw Unknown(client.Resource, lost, null);
                }
            }
        }
    }

    private static async Task<T?> FindAsync<T>(
        IResourceClient<T> client, FieldPatch body, ExistingItems<T> existing, AclException lost, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        foreach (var wait in WaitsBeforeLooks)
        {
            try
            {
                await client.Connection.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                if (await LookAsync(client, body, existing, observer, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
            catch (AclException unseen)
            {
                throw Unknown(client.Resource, lost, unseen);
            }
        }

        return null;
    }

    /// <summary>Searches the list's present contents once.</summary>
    private static async Task<T?> LookAsync<T>(
        IResourceClient<T> client, FieldPatch body, ExistingItems<T> existing, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var query = client.QueryForCreated(body);
        var reader = new PageReader<T>(client, query);
        while (await reader.NextAsync(observer, cancellationToken).ConfigureAwait(false) is { } page)
        {
            var unknown = page.Items.Where(item => !existing.WasThereBefore(item.GetIdentity())).ToArray();
            if (unknown.FirstOrDefault(item => item.GetReadOnlyReason() is null && client.Resource.Comparer.HaveSameKey(body, item) && ExistingItems<T>.Claim(client.Connection, item.GetIdentity())) is { } found)
            {
                return found;
            }

            if (query.IsNewestFirst && unknown.Length == 0)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The error for a create whose outcome is not known.</summary>
    internal static AclException Unknown(ResourceDescriptor resource, AclException lost, AclException? unseen) => new(
        ErrorKind.OutcomeUnknown,
        $"{lost.Message} So there may be a new {resource.Noun}."
        + (unseen is null ? "" : $" Looking for it failed as well: {unseen.Message}"),
        "Run the row again with -IfExists Skip, which is the default: it looks first, so nothing is created twice.",
        unseen ?? lost)
    {
        StatusCode = (unseen ?? lost).StatusCode,
        ApiErrors = (unseen ?? lost).ApiErrors,
        RequestId = (unseen ?? lost).RequestId,
        Attempts = lost.Attempts,
        OutcomeIsUnknown = true,
    };
}
