using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>
/// What the service had when a run began, read once for each account. An item that the run has changed is no longer known: a later row for it is
/// sent as it is, since the earlier one may fail.
/// </summary>
/// <param name="read">Reads everything that a client sees, by id.</param>
internal sealed class StateCache<T>(Func<IResourceClient<T>, Dictionary<string, T>> read)
    where T : ApiResource
{
    /// <summary>How long a list that could not be read is not read again: the rows meanwhile would only wait for the same failure.</summary>
    private static readonly TimeSpan FailureIsKept = TimeSpan.FromSeconds(10);

    private readonly Dictionary<IResourceClient<T>, Dictionary<string, T>> _states = [];
    private readonly Dictionary<IResourceClient<T>, ExistingItems<T>> _existing = [];
    private readonly Dictionary<IResourceClient<T>, (AclException Failure, DateTime Until)> _failures = [];
    private readonly HashSet<(IResourceClient<T>, string)> _changed = [];

    /// <summary>The state of an item; null where the run has changed it.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotFound"/>: the service has no such item; or the list could not be read.</exception>
    public T? FindState(IResourceClient<T> client, string id)
    {
        if (_changed.Contains((client, id.ToUpperInvariant())))
        {
            return null;
        }

        return Read(client).TryGetValue(id, out var state) ? state : throw new AclException(
            ErrorKind.NotFound,
            $"The service has no {client.Resource.Noun} {id}. Nothing was sent.",
            $"Check the id; the {client.Resource.Noun} may have been removed.");
    }

    /// <summary>What the list contained when the run began, and what the run has created since.</summary>
    /// <exception cref="AclException">The list could not be read.</exception>
    public ExistingItems<T> GetExisting(IResourceClient<T> client) =>
        _existing.TryGetValue(client, out var existing) ? existing : _existing[client] = new ExistingItems<T>(client.Resource, Read(client).Values);

    /// <summary>Notes that a change was sent.</summary>
    public void Forget(IResourceClient<T> client, string id) => _changed.Add((client, id.ToUpperInvariant()));

    private Dictionary<string, T> Read(IResourceClient<T> client)
    {
        if (_states.TryGetValue(client, out var states))
        {
            return states;
        }

        if (_failures.TryGetValue(client, out var kept) && kept.Until > DateTime.UtcNow)
        {
            throw kept.Failure;
        }

        try
        {
            return _states[client] = read(client);
        }
        catch (AclException failure)
        {
            _failures[client] = (failure, DateTime.UtcNow + FailureIsKept);
            throw;
        }
    }
}
