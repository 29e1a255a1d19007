using AclAdmin.Client;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;

namespace AclAdmin.Commands;

/// <summary>Finds the account that a Cloudflare call is for.</summary>
internal static class CloudflareAccount
{
    /// <summary>The registry of an account.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="accountId">The account that the row or the command line says; null for the connection's.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: none says an account.</exception>
    public static ImpersonationRegistryClient OpenRegistry(ApiConnection connection, string? accountId) =>
        new(connection, accountId ?? connection.AccountId ?? throw new AclException(
            ErrorKind.ValidationFailed,
            $"Neither -AccountId nor the connection '{connection.Name}' says which Cloudflare account is meant.",
            "Give -AccountId, connect with one, or set CLOUDFLARE_ACCOUNT_ID."));
}
