using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http.Responses;

/// <summary>Finds out from an exception how far a request came: the one place that decides whether it may have arrived.</summary>
public static class BrokenExchange
{
    /// <summary>.NET 8 and later state it; netstandard2.0 has no name for the property.</summary>
    private static readonly PropertyInfo? StatedError = typeof(HttpRequestException).GetProperty("HttpRequestError");

    /// <summary>Where a request failed. Where that is not certain, it may have arrived.</summary>
    public static BrokenAt Find(Exception exception)
    {
        var stated = (exception as HttpRequestException) is { } request ? StatedError?.GetValue(request)?.ToString() : null;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var found = cause switch
            {
                // A certificate is refused by this side, so nothing is behind the exception; a handshake that the other side breaks off has a cause.
                AuthenticationException { InnerException: null } => BrokenAt.Certificate,
                AuthenticationException => BrokenAt.Handshake,
                SocketException socket => Find(socket.SocketErrorCode),
                WebException web => Find(web.Status),
                _ => BrokenAt.Exchange,
            };
            if (found != BrokenAt.Exchange)
            {
                // The proxy's own name or port may be at fault.
                return stated == "ProxyTunnelError" ? BrokenAt.Proxy : found;
            }
        }

        return stated switch
        {
            "NameResolutionError" => BrokenAt.NameLookup,
            "ConnectionError" => BrokenAt.Connect,
            "SecureConnectionError" => BrokenAt.Handshake,
            "ProxyTunnelError" => BrokenAt.Proxy,
            _ => BrokenAt.Exchange,
        };
    }

    private static BrokenAt Find(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => BrokenAt.Connect,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => BrokenAt.NameLookup,
        _ => BrokenAt.Exchange,
    };

    /// <summary>How .NET Framework states it.</summary>
    private static BrokenAt Find(WebExceptionStatus status) => status switch
    {
        WebExceptionStatus.ConnectFailure => BrokenAt.Connect,
        WebExceptionStatus.NameResolutionFailure => BrokenAt.NameLookup,
        WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.RequestProhibitedByProxy => BrokenAt.Proxy,
        WebExceptionStatus.TrustFailure => BrokenAt.Certificate,
        WebExceptionStatus.SecureChannelFailure => BrokenAt.Handshake,
        _ => BrokenAt.Exchange,
    };
}
