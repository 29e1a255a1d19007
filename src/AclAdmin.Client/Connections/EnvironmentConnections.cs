using System;
using System.Collections.Concurrent;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Connections;

/// <summary>Connections from environment variables, for automation without a Connect- cmdlet. The names are those of the services' own tools.</summary>
public static class EnvironmentConnections
{
    /// <summary>The name of connections that come from the environment.</summary>
    public const string Name = "environment";

    // One connection, and so one pacer, for as long as the variables have the same values.
    private static readonly ConcurrentDictionary<string, ApiConnection> Made = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<ApiConnection, bool> Forgotten = new();

    /// <summary>The connection that the environment specifies for a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>Null where the variables for a credential are not set, or the connection that they specify was forgotten.</returns>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: a variable contains an unusable value.</exception>
    public static ApiConnection? Find(ServiceProfile service, Func<string, string?> variable) =>
        Make(service, variable) is { } connection && !Forgotten.ContainsKey(connection) ? connection : null;

    /// <summary>Forgets a connection that came from the environment, until the process ends or the variables have other values.</summary>
    /// <returns>False when it was forgotten before, or did not come from the environment.</returns>
    public static bool Forget(ApiConnection connection) => connection.Name == Name && Forgotten.TryAdd(connection, true);

    private static ApiConnection? Make(ServiceProfile service, Func<string, string?> variable) => service switch
    {
        CloudflareService => FindCloudflare(variable),
        CarrierXService => FindToken(service, variable, "CARRIERX_ACCESS_TOKEN", "access token", "CARRIERX_BASE_URL", accountId: null),
        _ => null,
    };

    private static ApiConnection? FindCloudflare(Func<string, string?> variable)
    {
        var accountId = variable(CloudflareService.Instance.AccountVariable!);
        var byToken = FindToken(CloudflareService.Instance, variable, "CLOUDFLARE_API_TOKEN", "API token", "CLOUDFLARE_BASE_URL", accountId);
        if (byToken is not null)
        {
            return byToken;
        }

        return variable("CLOUDFLARE_API_KEY") is { Length: > 0 } key && variable("CLOUDFLARE_EMAIL") is { Length: > 0 } email
            ? Open(
                CloudflareService.Instance,
                () => new GlobalKeyCredential(email, Secret.FromPasted(key), "environment variables CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY"),
                variable("CLOUDFLARE_BASE_URL"),
                accountId,
                $"{email}\n{key}")
            : null;
    }

    private static ApiConnection? FindToken(
        ServiceProfile service, Func<string, string?> variable, string tokenVariable, string kind, string baseVariable, string? accountId) =>
        variable(tokenVariable) is { Length: > 0 } token
            ? Open(
                service,
                () => new BearerCredential(Secret.FromPasted(token), kind, "environment variable " + tokenVariable),
                variable(baseVariable),
                accountId,
                token)
            : null;

    private static ApiConnection Open(ServiceProfile service, Func<Credential> credential, string? baseUri, string? accountId, string identity)
    {
        try
        {
            var key = $"{service.Name}\n{baseUri}\n{accountId}\n{identity}";
            return Made.GetOrAdd(key, _ => new ApiConnection(Name, service, credential(), new ConnectionOptions
            {
                BaseUri = string.IsNullOrEmpty(baseUri) ? null : new Uri(baseUri),
                AccountId = string.IsNullOrEmpty(accountId) ? null : accountId,
            }));
        }
        catch (Exception unusable) when (unusable is ArgumentException or UriFormatException)
        {
            throw new AclException(ErrorKind.ValidationFailed, $"The environment's variables for {service.Name} cannot be used: {unusable.Message}");
        }
    }
}
