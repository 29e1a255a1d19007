using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Connections;

/// <summary>The process's connections, by name. All runspaces of a process share them, and with them their pacers.</summary>
public sealed class ConnectionStore
{
    /// <summary>The process's store.</summary>
    public static readonly ConnectionStore Shared = new();

    private readonly ConcurrentDictionary<string, ApiConnection> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _defaults = new(StringComparer.Ordinal);

    /// <summary>Every connection, by name.</summary>
    public IReadOnlyList<ApiConnection> All => _byName.Values.OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).ToArray();

    /// <summary>
    /// Keeps a connection and makes it its service's default. A connection with the same name is replaced; requests that are under way through it
    /// continue.
    /// </summary>
    public void Add(ApiConnection connection)
    {
        _byName[connection.Name] = connection;
        _defaults[connection.Service.Name] = connection.Name;
    }

    /// <summary>Makes a connection its service's default.</summary>
    /// <param name="service">The service.</param>
    /// <param name="name">The connection's name; that of the environment's connection is kept as well, although the store does not contain it.</param>
    public void Select(ServiceProfile service, string name) => _defaults[service.Name] = name;

    /// <summary>Whether a name is selected as the default of a service.</summary>
    public bool IsSelected(ServiceProfile service, string name) =>
        _defaults.TryGetValue(service.Name, out var selected) && string.Equals(selected, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The connection with a name, without regard to case.</summary>
    public ApiConnection? Find(string name) => _byName.TryGetValue(name, out var connection) ? connection : null;

    /// <summary>
    /// The connection that is used for a service when none is specified: the latest one, or any other of the service where that one was disconnected.
    /// </summary>
    public ApiConnection? FindDefault(ServiceProfile service)
    {
        var last = _defaults.TryGetValue(service.Name, out var name) ? Find(name) : null;
        return last?.Service == service ? last : All.FirstOrDefault(connection => connection.Service == service);
    }

    /// <summary>Forgets a connection.</summary>
    /// <returns>False when it was forgotten, or replaced, before.</returns>
    public bool Remove(ApiConnection connection) =>
        ((ICollection<KeyValuePair<string, ApiConnection>>)_byName).Remove(new KeyValuePair<string, ApiConnection>(connection.Name, connection));
}
