using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Resources;

namespace AclAdmin.Changes;

/// <summary>
/// What the service had when a run began, read once for each account. A thing that the run has changed is no longer known: a later row for it is
/// sent as it is, since the earlier one may fail.
/// </summary>
/// <param name="read">Reads everything that a client sees, by id.</param>
internal sealed class StateCache<T>(Func<IResourceClient<T>, Dictionary<string, T>> read)
    where T : ApiResource
{
    private readonly Dictionary<IResourceClient<T>, Dictionary<string, T>> _states = [];
    private readonly HashSet<(IResourceClient<T>, string)> _changed = [];

    /// <summary>The state of a thing; null where the run has changed it.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotFound"/>: the service has no such thing.</exception>
    public T? FindState(IResourceClient<T> client, string id)
    {
        if (_changed.Contains((client, id.ToUpperInvariant())))
        {
            return null;
        }

        if (!_states.TryGetValue(client, out var states))
        {
            states = _states[client] = read(client);
        }

        return states.TryGetValue(id, out var state) ? state : throw new AclException(
            ErrorKind.NotFound, $"The service has no {client.Resource.Noun} {id}. Nothing was sent.", "Check the id; the thing may have been deleted.");
    }

    /// <summary>Notes that a change was sent.</summary>
    public void Forget(IResourceClient<T> client, string id) => _changed.Add((client, id.ToUpperInvariant()));
}
