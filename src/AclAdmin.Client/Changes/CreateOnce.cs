using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Creates a thing without ever making two of it. Neither service knows idempotency keys, so when the answer to a create is lost, the thing is
/// looked up by its natural key before the create is sent again.
/// </summary>
internal static class CreateOnce
{
    public static async Task<T?> SendAsync<T>(IResourceClient<T> client, FieldPatch body, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var since = client.Created.Now();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var made = await client.CreateAsync(body, observer, cancellationToken).ConfigureAwait(false);
                client.Created.Remember(made?.GetIdentity());
                return made;
            }
            catch (AclException lost) when (lost.OutcomeIsUnknown)
            {
                observer.OnNote($"The answer to a create was lost, so it is not known whether there is a new {client.Resource.Noun}. Looking for it.");
                var candidates = await LookAsync(client, body, since, lost, observer, cancellationToken).ConfigureAwait(false);
                var found = candidates.FirstOrDefault(candidate => Matches(client.Resource, body, candidate) && client.Created.Claim(candidate.GetIdentity()));
                if (found is not null)
                {
                    observer.OnNote($"Found the new {client.Resource.Noun} {found}: the create had arrived, and is not sent again.");
                    return found;
                }

                if (!await client.Connection.WaitBeforeRepeatAsync(attempt, observer, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }

    private static async Task<IReadOnlyList<T>> LookAsync<T>(
        IResourceClient<T> client, FieldPatch body, DateTime since, AclException lost, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        try
        {
            return await client.FindCreatedAsync(body, since, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException unseen)
        {
            throw new AclException(
                unseen.Kind,
                $"{lost.Message} So there may be a new {client.Resource.Noun}. Looking for it failed as well: {unseen.Message}",
                "Look whether it is there before you run the row again: it would be created twice.",
                unseen)
            {
                StatusCode = unseen.StatusCode,
                ApiErrors = unseen.ApiErrors,
                RequestId = unseen.RequestId,
                Attempts = unseen.Attempts,
                OutcomeIsUnknown = true,
            };
        }
    }

    /// <summary>Whether a thing is what was to be created: what was not said must be what the service itself puts there.</summary>
    private static bool Matches(ResourceDescriptor resource, FieldPatch body, ApiResource candidate) => resource.NaturalKey.All(name =>
    {
        var there = candidate.FieldValue(name);
        return body[name] is { } said
            ? JToken.DeepEquals(said, there)
            : there is null or { Type: JTokenType.Null } || (string?)there == resource[name].ServiceDefault;
    });
}
