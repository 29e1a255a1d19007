using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
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
    /// <param name="service">The service; null for whichever has a default, where only one has.</param>
    /// <param name="named">What was specified for <c>-Connection</c>; null for nothing.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.NotConnected"/>: there is none, or it goes to another service.</exception>
    public static ApiConnection Find(ServiceProfile? service, AclConnection? named = null)
    {
        var found = named is null ? FindDefaults(service) : Resolve(named);
        var fitting = found.Where(connection => service is null || connection.Service == service).ToArray();
        if (fitting.Length == 1)
        {
            return fitting[0];
        }

        if (fitting.Length > 1)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"Several services are connected: {string.Join(", ", fitting.Select(connection => connection.Service.Name))}.",
                "Specify -Connection with a name, or with an object that Get-AclConnection writes.");
        }

        if (found.Count == 0)
        {
            throw named is null ? NotConnected(service) : Unknown(named.Name, service);
        }

        throw new AclException(
            ErrorKind.NotConnected, $"The connection '{found[0].Name}' goes to {found[0].Service.Name}, not to {service!.Name}.", AdviceFor(service));
    }

    /// <summary>Every connection, those that the environment gives included.</summary>
    /// <param name="service">The service; null for every service.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the environment contains an unusable value.</exception>
    public static IReadOnlyList<ApiConnection> All(ServiceProfile? service = null) => ConnectionStore.Shared.All
        .Concat(Services.Select(pair => FromEnvironment(pair.Service)).OfType<ApiConnection>())
        .Where(connection => service is null || connection.Service == service)
        .ToArray();

    /// <summary>The connections that an argument stands for: one, two where both services have one in the environment, none for an unknown name.</summary>
    public static IReadOnlyList<ApiConnection> Resolve(AclConnection argument)
    {
        if (argument.IsKnown)
        {
            return [argument.Connection];
        }

        if (ConnectionStore.Shared.Find(argument.Name) is { } connection)
        {
            return [connection];
        }

        return string.Equals(argument.Name, EnvironmentConnections.Name, StringComparison.OrdinalIgnoreCase)
            ? Services.Select(pair => FromEnvironment(pair.Service)).OfType<ApiConnection>().ToArray()
            : [];
    }

    /// <summary>The connection that is used when none is named; null where there is none.</summary>
    public static ApiConnection? FindDefault(ServiceProfile service)
    {
        var selected = ConnectionStore.Shared.IsSelected(service, EnvironmentConnections.Name) ? FromEnvironment(service) : null;
        return selected ?? ConnectionStore.Shared.FindDefault(service) ?? FromEnvironment(service);
    }

    /// <summary>A connection as cmdlets show it.</summary>
    public static AclConnection Show(ApiConnection connection) => new(connection, static shown => FindDefault(shown.Service) == shown);

    /// <summary>Forgets a connection, wherever it is kept.</summary>
    /// <returns>False when it was forgotten, or replaced, before.</returns>
    public static bool Remove(ApiConnection connection) => ConnectionStore.Shared.Remove(connection) || EnvironmentConnections.Forget(connection);

    /// <summary>The error for a name that no connection has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="service">The service that was looked at; null for every service.</param>
    public static AclException Unknown(string name, ServiceProfile? service = null)
    {
        var others = All(service).Select(connection => connection.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return new AclException(
            ErrorKind.NotConnected,
            $"There is no connection named '{DisplayText.Of(name)}'"
            + (others.Length == 0 ? ", and no other either." : $". There are: {string.Join(", ", others.Select(other => DisplayText.Of(other)))}."),
            others.Length == 0 ? AdviceFor(service) : "Get-AclConnection lists the connections.");
    }

    /// <summary>The error of a cmdlet that is about connections themselves, for a name that no connection has: other names go on.</summary>
    /// <param name="name">The name.</param>
    public static AclException NotFound(string name) => new(
        ErrorKind.NotFound, $"There is no connection named '{DisplayText.Of(name)}'.", "Get-AclConnection lists the connections.");

    private static AclException NotConnected(ServiceProfile? service) => new(
        ErrorKind.NotConnected, service is null ? "There is no connection." : $"There is no connection to {service.Name}.", AdviceFor(service));

    private static string AdviceFor(ServiceProfile? service) =>
        $"Use {string.Join(" or ", Services.Where(pair => service is null || pair.Service == service).Select(pair => pair.Connect))}, "
        + "or set the environment variables that about_AclAdmin_Connections lists.";

    private static ApiConnection[] FindDefaults(ServiceProfile? service) =>
        Services.Where(pair => service is null || pair.Service == service).Select(pair => FindDefault(pair.Service)).OfType<ApiConnection>().ToArray();

    private static ApiConnection? FromEnvironment(ServiceProfile service) => EnvironmentConnections.Find(service, Environment.GetEnvironmentVariable);
}
