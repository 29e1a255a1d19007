using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;

namespace AclAdmin.Surfaces;

/// <summary>Finds the connection that a call uses.</summary>
internal static class Connections
{
    /// <summary>The connection that was named, or else the service's default, or else what the environment gives.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotConnected"/>: there is none, or it goes to another service.</exception>
    public static ApiConnection Find(ServiceSurface service, ApiConnection? named = null)
    {
        var connection = named ?? FindDefault(service.Profile);
        if (connection?.Service == service.Profile)
        {
            return connection;
        }

        throw new AclException(
            ErrorKind.NotConnected,
            connection is null
                ? $"There is no connection to {service.Profile.Name}."
                : $"The connection '{connection.Name}' goes to {connection.Service.Name}, not to {service.Profile.Name}.",
            $"Use {service.ConnectCommand}, or set the environment variables that about_AclAdmin_Connections names.");
    }

    /// <summary>Every connection, and those that the environment would give.</summary>
    public static IReadOnlyList<ApiConnection> All() => ConnectionStore.Shared.All
        .Concat(new ServiceProfile[] { CloudflareService.Instance, CarrierXService.Instance }
            .Where(service => ConnectionStore.Shared.FindDefault(service) is null)
            .Select(FindDefault)
            .OfType<ApiConnection>())
        .ToArray();

    /// <summary>The connection that is used when none is named; null where there is none.</summary>
    public static ApiConnection? FindDefault(ServiceProfile service) =>
        ConnectionStore.Shared.FindDefault(service) ?? EnvironmentConnections.Find(service, Environment.GetEnvironmentVariable);
}
