using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Binding;

/// <summary>Finds the connection that a call uses.</summary>
internal static class ConnectionLookup
{
    /// <summary>The services, each with the cmdlet that connects to it.</summary>
    private static readonly (ServiceProfile Service, string Connect)[] Services =
        [(CloudflareService.Instance, "Connect-CloudflareAccount"), (CarrierXService.Instance, "Connect-CarrierXAccount")];

    /// <summary>The connection that was named, or else the service's default, or else what the environment gives.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotConnected"/>: there is none, or it goes to another service.</exception>
    public static ApiConnection Find(ServiceProfile service, ApiConnection? named = null)
    {
        var connection = named ?? FindDefault(service);
        if (connection?.Service == service)
        {
            return connection;
        }

        throw new AclException(
            ErrorKind.NotConnected,
            connection is null
                ? $"There is no connection to {service.Name}."
                : $"The connection '{connection.Name}' goes to {connection.Service.Name}, not to {service.Name}.",
            $"Use {Services.First(pair => pair.Service == service).Connect}, or set the environment variables that about_AclAdmin_Connections lists.");
    }

    /// <summary>Every connection, and those that the environment would give.</summary>
    public static IReadOnlyList<ApiConnection> All() => ConnectionStore.Shared.All
        .Concat(Services
            .Where(pair => ConnectionStore.Shared.FindDefault(pair.Service) is null)
            .Select(pair => FindDefault(pair.Service))
            .OfType<ApiConnection>())
        .ToArray();

    /// <summary>The connection that is used when none is named; null where there is none.</summary>
    public static ApiConnection? FindDefault(ServiceProfile service) =>
        ConnectionStore.Shared.FindDefault(service) ?? EnvironmentConnections.Find(service, Environment.GetEnvironmentVariable);
}
