using System;
using System.Linq;
using System.Text;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>Describes a failed request: the request, the answer, and what to do next.</summary>
internal static class FailureReport
{
    private const int MaxErrorsShown = 10;

    /// <summary>Describes a request that failed, or that was not sent.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="before">How the last try failed where this one was not sent; null for none.</param>
    /// <param name="attempts">How often it was sent.</param>
    /// <param name="mayHaveArrived">Whether a try may have been carried out.</param>
    /// <param name="policy">The policy that has decided.</param>
    public static AclException Describe(
        ApiConnection connection, ApiRequest request, AttemptFailure failure, AttemptFailure? before, int attempts, bool mayHaveArrived, RetryPolicy policy)
    {
        var message = new StringBuilder();
        message.Append(request).Append(" on ").Append(connection.Service.Name);
        message.Append(failure.BrokenAt == BrokenAt.NotSent ? (before is null ? ": " : $" failed: {before.Summary}; then ") : " failed: ");
        message.Append(failure.Summary);
        if (failure.ApiErrors.Count > 0)
        {
            message.Append(": ").Append(string.Join("; ", failure.ApiErrors.Take(MaxErrorsShown).Select(error => error.Describe(failure.StatusCode))));
            if (failure.ApiErrors.Count > MaxErrorsShown)
            {
                message.Append(FormattableString.Invariant($"; and {failure.ApiErrors.Count - MaxErrorsShown} more"));
            }
        }

        if (message[message.Length - 1] is not ('.' or '!' or '?'))
        {
            message.Append('.');
        }

        if (MayLackPermission(connection, failure))
        {
            message.Append(" This answer means either that the credential is not valid, or that it is valid and lacks the permission for this request.");
        }

        if (attempts > 1)
        {
            // A connection that is not made carries no request.
            message.Append(FormattableString.Invariant($" It was {(failure.BrokenAt is BrokenAt.Exchange or BrokenAt.NotSent ? "sent" : "tried")} {attempts} times."));
        }

        if (failure.RetryAfter is { } asked && asked > policy.RetryAfterCeiling)
        {
            message.Append(FormattableString.Invariant(
                $" The service asked to wait {asked.TotalSeconds:0} s, longer than the {policy.RetryAfterCeiling.TotalSeconds:0} s that are waited."));
        }

        if (failure.RequestId is not null)
        {
            message.Append(" Request id ").Append(failure.RequestId).Append('.');
        }

        return new AclException(failure.Kind, connection.Redactor.Redact(message.ToString()), failure.Advice ?? Advise(connection, request, failure), failure.Exception)
        {
            StatusCode = failure.StatusCode,
            ApiErrors = failure.ApiErrors,
            RequestId = failure.RequestId,
            IsWrongAddress = failure.IsWrongAddress,

            // After a definite refusal an earlier try of the same request has not been carried out either; an answer that is not about the item is none.
            // Reading has no outcome, and a token does no harm.
            OutcomeIsUnknown = mayHaveArrived && (failure.MayHaveBeenExecuted || failure.ProvesNotExecuted || failure.IsWrongAddress)
                && !request.IsRead && !request.IsSecret,
            Attempts = attempts,
            RetryAfter = failure.RetryAfter,
        };
    }

    /// <summary>The failure of a request that is not sent because the service is down.</summary>
    public static AttemptFailure Down(OutageStatus outage) => new(
        ErrorKind.Unreachable, FormattableString.Invariant($"not sent: the service has not answered since {outage.Since:u} ({outage.Cause.Summary})"))
    {
        IsTransient = true,
        ProvesNotExecuted = true,
        BrokenAt = BrokenAt.NotSent,
        Outage = outage.Cause.BrokenAt,
    };

    /// <summary>The failure of a request that is not sent because the service states a wait that is not made.</summary>
    public static AttemptFailure BeyondCeiling(TimeSpan asked) => new(ErrorKind.RateLimited, "not sent: the service accepts nothing for now")
    {
        IsTransient = true,
        ProvesNotExecuted = true,
        BrokenAt = BrokenAt.NotSent,
        RetryAfter = asked,
    };

    private static bool MayLackPermission(ApiConnection connection, AttemptFailure failure) =>
        failure is { Kind: ErrorKind.AuthenticationFailed, StatusCode: { } status } && connection.Service.MayLackPermission(status, failure.ApiErrors);

    private static string? Advise(ApiConnection connection, ApiRequest request, AttemptFailure failure) => failure.Kind switch
    {
        ErrorKind.AuthenticationFailed when MayLackPermission(connection, failure) =>
            $"Check the {connection.Credential.Kind} (it came from {connection.Credential.Source}): it may be mistyped, expired or revoked, or lack the "
            + $"permission {request.Permission ?? "for this request"}. Test-AclConnection shows whether the service accepts it. Then connect again."
            + AdviseOnAccount(connection, request),
        ErrorKind.AuthenticationFailed =>
            $"Check the {connection.Credential.Kind} (it came from {connection.Credential.Source}): it may be mistyped, expired or revoked. Then connect again.",
        ErrorKind.PermissionDenied => (request.Permission is { } permission
            ? $"Give the credential the permission {permission}, or connect with one that has it."
            : "Connect with a credential that may do this.") + AdviseOnAccount(connection, request),
        ErrorKind.NotFound when failure is { IsWrongAddress: true, ApiErrors.Count: 0 } =>
            "Something between this machine and the service may have answered in its place (a proxy, a portal). Check the base address.",
        ErrorKind.NotFound or ErrorKind.ValidationFailed when failure.IsWrongAddress =>
            "Check the ids: the service knows no such address." + AdviseOnAccount(connection, request),
        ErrorKind.NotFound => "Check the id; the item may have been deleted.",
        ErrorKind.RateLimited => "Wait a few minutes; connect with -MaxRequestsPerMinute when other programs spend from the same limit.",
        ErrorKind.Timeout or ErrorKind.Unreachable => AdviseOnPath(connection, failure.BrokenAt == BrokenAt.NotSent ? failure.Outage : failure.BrokenAt),
        ErrorKind.UnexpectedResponse when failure.AnswerIsLost =>
            "Read the present state before you run the row again. The answer is far larger than any that the service documents: check the base address.",
        ErrorKind.UnexpectedResponse when failure.StatusCode is >= 300 and < 400 =>
            "Redirects are not followed, as they would carry the credential elsewhere. Check the base address.",
        ErrorKind.UnexpectedResponse => "Something between this machine and the service may have answered in its place (a proxy, a portal). Check the base address.",
        ErrorKind.ValidationFailed => "Correct the value that the service names and run the row again.",
        ErrorKind.Conflict => "Read the present state and run the row again.",
        _ => null,
    };

    /// <summary>
    /// Names the requested account and the source of its id: a service answers a request for a foreign account like one that lacks a permission.
    /// </summary>
    private static string AdviseOnAccount(ApiConnection connection, ApiRequest request)
    {
        if (connection.Service.AccountOf(request.Path.ToString()) is not { } account)
        {
            return "";
        }

        var source = account != connection.AccountId ? "parameter -AccountId or the row's column AccountId"
            : connection.Credential.IsFromEnvironment ? $"environment variable {connection.Service.AccountVariable}"
            : $"the connection '{connection.Name}'";
        return $" If the credential is right, check the account id {account} (it came from {source}): the account may be another one than the credential's.";
    }

    private static string AdviseOnPath(ApiConnection connection, BrokenAt brokenAt) => brokenAt switch
    {
        BrokenAt.Certificate =>
            $"The certificate of {connection.BaseUri.Host} is not one that this machine accepts, so nothing was sent. If it is signed by your organisation's own "
            + "authority or by a proxy that inspects traffic, add that authority to the system's store of trusted roots (Linux: set SSL_CERT_FILE to a file "
            + "that contains it). Otherwise another machine answers in the service's place, or the clock of this machine is wrong.",
        BrokenAt.Handshake =>
            $"The encrypted connection to {connection.BaseUri.Host} was not made, so nothing was sent. Check that this machine allows TLS 1.2 or later."
            + (NetFramework.IsRunning ? NetFramework.HandshakeAdvice : ""),
        BrokenAt.NameLookup => $"Check the base address and the name servers: {connection.BaseUri.Host} is not found. Nothing was sent.",
        BrokenAt.Proxy => "Check the proxy's address and credential. Nothing was sent.",
        BrokenAt.Connect => $"Check the network, the base address and {connection.BaseUri.Host}; then run the failed rows again. Nothing was sent.",
        _ => $"Check the network and {connection.BaseUri.Host}; then run the failed rows again, which is safe for updates and removals."
            + (NetFramework.IsRunning && connection.BaseUri.Scheme == Uri.UriSchemeHttps ? NetFramework.HandshakeAdvice : ""),
    };
}
