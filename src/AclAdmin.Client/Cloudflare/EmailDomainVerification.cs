using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The state of the proof of a domain's ownership, and the TXT record for it.</summary>
public sealed class EmailDomainVerification : IAccountItem
{
    private EmailDomainVerification(string domainId, string accountId)
    {
        DomainId = domainId;
        AccountId = accountId;
    }

    /// <summary>The id of the domain.</summary>
    public string DomainId { get; }

    /// <summary>Whether the service requires a TXT record; false where it answers with 204.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>Whether the verification is complete: no record is required, or the service has found it.</summary>
    public bool IsVerified => !IsRequired || Status == "ACTIVE";

    /// <summary><c>PENDING</c>, <c>ACTIVE</c>, <c>FAILED</c> or <c>TIMEOUT</c>; null where no record is required, or where the service sends none.</summary>
    public string? Status { get; private set; }

    /// <summary>The name of the TXT record.</summary>
    public string? TxtRecordName { get; private set; }

    /// <summary>The value of the TXT record.</summary>
    public string? TxtRecordValue { get; private set; }

    /// <summary>When the service last looked for the record, in UTC; null where it has not.</summary>
    public DateTime? LastCheckedAt { get; private set; }

    /// <inheritdoc/>
    public string AccountId { get; }

    /// <summary>Reads the verification of a domain.</summary>
    /// <param name="connection">The connection to use.</param>
    /// <param name="accountId">The account; null for the connection's own.</param>
    /// <param name="domainId">The id of the domain.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AclException">The service refuses, or no account is known.</exception>
    public static async Task<EmailDomainVerification> ReadAsync(
        ApiConnection connection, string? accountId, string domainId, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var account = CloudflareAccounts.Find(connection, accountId);
        var path = CloudflareAccounts.SettingsPath(account, "domains").WithId(domainId, "id").With("verification");
        var request = new ApiRequest(HttpMethod.Get, path) { Permission = CloudflarePermissions.Read, Expected = ExpectedResponse.Nothing };
        var response = await connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == 204)
        {
            return new EmailDomainVerification(domainId, account);
        }

        return CloudflareEnvelope.ReadResult(response) is { } result
            ? new EmailDomainVerification(domainId, account)
            {
                IsRequired = true,
                Status = result["status"].AsText()?.ToUpperInvariant(),
                TxtRecordName = result["txt_record_name"].AsText(),
                TxtRecordValue = result["txt_record_value"].AsText(),
                LastCheckedAt = ReadTime(result["last_checked_at"]),
            }
            : throw CloudflareEnvelope.MissingResult(request, response);
    }

    private static DateTime? ReadTime(JToken? token) =>
        DateTime.TryParse((string?)token, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
