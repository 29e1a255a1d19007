using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Connections;

/// <summary>What a connection turned out to be good for.</summary>
/// <param name="CredentialStatus">What the service says of the credential; <c>accepted</c> where it only let it pass; <c>refused</c>; <c>unknown</c>.</param>
/// <param name="ExpiresOn">When the credential ends, in UTC; null where the service does not say.</param>
/// <param name="CanRead">Whether a list of one item could be read.</param>
/// <param name="Scopes">The scopes that the credential is known to have; none where they are not known.</param>
/// <param name="Failure">What went wrong; null when nothing did.</param>
public sealed record ConnectionTestResult(string CredentialStatus, DateTime? ExpiresOn, bool CanRead, IReadOnlyList<string> Scopes, AclException? Failure);

/// <summary>Tries a connection with requests that change nothing.</summary>
public static class ConnectionTest
{
    /// <summary>Verifies the credential where the service can, and reads a list of one item.</summary>
    public static async Task<ConnectionTestResult> RunAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        string? status = null;
        DateTime? expiresOn = null;
        try
        {
            if (connection is { Service: CloudflareService, Credential: BearerCredential })
            {
                (status, expiresOn) = await VerifyTokenAsync(connection, observer, cancellationToken).ConfigureAwait(false);
            }

            await ReadOneAsync(connection, observer, cancellationToken).ConfigureAwait(false);
            return new ConnectionTestResult(status ?? "accepted", expiresOn, CanRead: true, ScopesOf(connection), null);
        }
        catch (AclException failure)
        {
            var isRefused = failure.Kind == ErrorKind.AuthenticationFailed;

            // Without an answer nothing is known of the credential.
            var told = status ?? (failure.StatusCode is null ? "unknown" : "accepted");
            return new ConnectionTestResult(isRefused ? "refused" : told, expiresOn, CanRead: false, isRefused ? [] : ScopesOf(connection), failure);
        }
    }

    /// <summary>Asks as a user's token first, and then as an account's: only the path differs, and older tokens do not show which they are.</summary>
    private static async Task<(string Status, DateTime? ExpiresOn)> VerifyTokenAsync(
        ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await VerifyTokenAsync(RequestPath.Of("user", "tokens", "verify"), connection, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException notAUsers) when (connection.AccountId is not null && notAUsers.StatusCode is >= 400 and < 500)
        {
            var path = RequestPath.Of("accounts").WithId(connection.AccountId, "Account id").With("tokens").With("verify");
            return await VerifyTokenAsync(path, connection, observer, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<(string Status, DateTime? ExpiresOn)> VerifyTokenAsync(
        RequestPath path, ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(new ApiRequest(HttpMethod.Get, path), observer, cancellationToken).ConfigureAwait(false);
        var result = CloudflareEnvelope.ReadResult(answer);
        var hasDate = DateTime.TryParse(
            (string?)result?["expires_on"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var expiresOn);
        return ((string?)result?["status"] ?? "accepted", hasDate ? expiresOn : null);
    }

    private static Task ReadOneAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (connection.Service is CarrierXService)
        {
            return ReadOneAsync(AccessControlRuleDefinition.Instance, connection, observer, cancellationToken);
        }

        return ReadOneAsync(ImpersonationRegistryDefinition.Instance, connection, observer, cancellationToken);
    }

    private static Task<Page<T>?> ReadOneAsync<T>(
        ResourceDefinition<T> definition, ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource =>
        new PageReader<T>(definition.OpenClient(connection, accountId: null), new ListQuery(), pageSize: 1).NextAsync(observer, cancellationToken);

    private static string[] ScopesOf(ApiConnection connection) => connection.Credential is PasswordGrantCredential grant ? grant.Scopes.ToArray() : [];
}
