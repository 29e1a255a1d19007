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

/// <summary>The result of a connection's test.</summary>
/// <param name="CredentialStatus">
/// The status that the service reports for the credential; <c>accepted</c> where it accepted it without a status; <c>refused</c>; <c>unknown</c> where no
/// answer shows it.
/// </param>
/// <param name="ExpiresOn">When the credential expires, in UTC; null where the service does not report it.</param>
/// <param name="CanRead">Whether a list of one item could be read.</param>
/// <param name="Scopes">The scopes that the credential is known to have; none where they are not known.</param>
/// <param name="Failure">The failure; null where there is none.</param>
/// <param name="IsVerified">
/// Whether the service has verified the credential; false where it should and did not; null where it verifies no such credential.
/// </param>
public sealed record ConnectionTestResult(
    string CredentialStatus, DateTime? ExpiresOn, bool CanRead, IReadOnlyList<string> Scopes, AclException? Failure, bool? IsVerified = null);

/// <summary>Tries a connection with requests that change nothing.</summary>
public static class ConnectionTest
{
    private const string Accepted = "accepted";
    private const string Unknown = "unknown";

    /// <summary>Verifies the credential where the service can, and reads a list of one item.</summary>
    public static async Task<ConnectionTestResult> RunAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Verification? verified = null;
        bool? isVerified = null;
        try
        {
            if (connection is { Service: CloudflareService, Credential: BearerCredential })
            {
                verified = await VerifyTokenAsync(connection, observer, cancellationToken).ConfigureAwait(false);
                isVerified = verified is not null;
            }
        }
        catch (AclException failure)
        {
            return Describe(failure, null, isVerified);
        }

        try
        {
            await ReadOneAsync(connection, observer, cancellationToken).ConfigureAwait(false);
            return new ConnectionTestResult(verified?.Status ?? Accepted, verified?.ExpiresOn, CanRead: true, ScopesOf(connection), null, isVerified);
        }
        catch (AclException failure)
        {
            return Describe(failure, connection, isVerified, verified);
        }
    }

    /// <param name="failure">The failure.</param>
    /// <param name="connection">The connection; null where the verification itself failed, which needs no permission.</param>
    /// <param name="isVerified">Whether the credential was verified.</param>
    /// <param name="verified">The result of the verification.</param>
    private static ConnectionTestResult Describe(AclException failure, ApiConnection? connection, bool? isVerified, Verification? verified = null)
    {
        var isRefused = failure.Kind == ErrorKind.AuthenticationFailed;
        if (isRefused && failure.StatusCode == 403 && verified is { Status: Verification.Active })
        {
            // The service has the same answer for an invalid credential and for a valid one without the permission; here it has just verified that it is valid.
            failure = new AclException(
                ErrorKind.PermissionDenied,
                "The service has verified the credential as active, so it lacks the permission to read here.",
                failure.RecommendedAction).After(failure);
            isRefused = false;
        }

        // Any gateway may answer otherwise, and a missing answer states nothing about the credential either.
        var seen = failure.Kind == ErrorKind.PermissionDenied ? Accepted : Unknown;
        var isAmbiguous = connection is not null && IsAmbiguous(failure);
        return new ConnectionTestResult(
            isRefused ? (isAmbiguous ? Unknown : "refused") : verified?.Status ?? seen,
            verified?.ExpiresOn,
            CanRead: false,
            isRefused || connection is null ? [] : ScopesOf(connection),
            failure,
            isVerified);
    }

    /// <summary>Whether a refusal can also mean a valid credential without the permission.</summary>
    private static bool IsAmbiguous(AclException refusal) =>
        refusal.StatusCode is { } status && CloudflareService.Instance.MayLackPermission(status, refusal.ApiErrors);

    /// <summary>Asks as a user's token first, and then as an account's: only the path differs, and older tokens do not show which they are.</summary>
    /// <returns>Null where neither path exists, as behind a gateway.</returns>
    /// <exception cref="AclException">The token is refused, or no answer came.</exception>
    private static async Task<Verification?> VerifyTokenAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        AclException? refusal = null;
        try
        {
            return await VerifyTokenAsync(RequestPath.Of("user", "tokens", "verify"), connection, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException notAUsers) when (IsAnswer(notAUsers))
        {
            refusal = notAUsers;
        }

        if (connection.AccountId is not null)
        {
            var path = RequestPath.Of("accounts").WithId(connection.AccountId, "Account id").With("tokens").With("verify");
            try
            {
                return await VerifyTokenAsync(path, connection, observer, cancellationToken).ConfigureAwait(false);
            }
            catch (AclException notTheAccounts) when (IsAnswer(notTheAccounts) && !IsRefusal(notTheAccounts))
            {
                // A list that can be read proves more than one path that does not know the token.
                return null;
            }
            catch (AclException notTheAccounts) when (IsAnswer(notTheAccounts) && !IsRefusal(refusal))
            {
                // A gateway that lacks one of the paths may lead to another service behind the other.
                return null;
            }
        }

        return IsRefusal(refusal) ? throw refusal : null;
    }

    /// <summary>Whether the service, or a gateway in front of it, has answered, and not with a limit.</summary>
    private static bool IsAnswer(AclException failure) => failure.StatusCode is not null && failure.Kind != ErrorKind.RateLimited;

    private static bool IsRefusal(AclException failure) => failure.Kind == ErrorKind.AuthenticationFailed;

    private static async Task<Verification> VerifyTokenAsync(
        RequestPath path, ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(new ApiRequest(HttpMethod.Get, path), observer, cancellationToken).ConfigureAwait(false);
        var result = CloudflareEnvelope.ReadResult(answer);
        var hasDate = DateTime.TryParse(
            (string?)result?["expires_on"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var expiresOn);
        return new Verification((string?)result?["status"] ?? Accepted, hasDate ? expiresOn : null);
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

    /// <summary>The service's report about a token.</summary>
    private sealed record Verification(string Status, DateTime? ExpiresOn)
    {
        public const string Active = "active";
    }
}
