using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Cloudflare;

/// <summary>Finds the account of a request, and the path of its settings.</summary>
internal static class CloudflareAccounts
{
    /// <summary>The specified account, or else the connection's.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: neither is known.</exception>
    public static string Find(ApiConnection connection, string? accountId) => accountId ?? connection.AccountId ?? throw new AclException(
        ErrorKind.ValidationFailed,
        $"No Cloudflare account is specified: neither by -AccountId nor by the connection '{connection.Name}'.",
        $"Specify -AccountId, connect with one, or set {CloudflareService.Instance.AccountVariable}.");

    /// <summary>The path of a list of the Email Security settings.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the account id cannot be one.</exception>
    public static RequestPath SettingsPath(string accountId, string segment) =>
        RequestPath.Of("accounts").WithId(accountId, "Account id").With("email-security").With("settings").With(segment);
}
