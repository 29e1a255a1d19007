using System;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace AclAdmin.Client.Http;

/// <summary>What .NET Framework, and so Windows PowerShell, takes from settings of the whole process. None of them is changed for others.</summary>
internal static class NetFramework
{
    /// <summary>Follows the advice after a handshake that failed, or after requests that were broken off and may have failed in it.</summary>
    public const string HandshakeAdvice =
        " If every request fails like this, TLS 1.2 may be switched off in Windows (SCHANNEL\\Protocols\\TLS 1.2\\Client in the registry), or the service accepts "
        + "none of the cipher suites that this version of Windows has.";

    /// <summary>Whether this process runs on it.</summary>
    public static bool IsRunning { get; } = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The versions of TLS to request, as both services accept 1.2 and later only.</summary>
    /// <param name="process">What the process offers.</param>
    /// <returns><see cref="SslProtocols.None"/> to leave the choice to the process and to Windows.</returns>
    public static SslProtocols ChooseProtocols(SecurityProtocolType process) =>
        process == default(SecurityProtocolType) || process.HasFlag(SecurityProtocolType.Tls12) ? SslProtocols.None : SslProtocols.Tls12;

    /// <summary>Sets up a handler.</summary>
    public static void Prepare(HttpClientHandler handler)
    {
        if (IsRunning)
        {
            handler.SslProtocols = ChooseProtocols(ServicePointManager.SecurityProtocol);
        }
    }

    /// <summary>
    /// Sends a small body at once instead of waiting for the answer to its headers. Before each request, as .NET Framework forgets a service that was idle.
    /// </summary>
    /// <param name="address">The request's address.</param>
    /// <param name="handler">What sends it.</param>
    public static void SendAtOnce(Uri address, HttpClientHandler handler)
    {
        if (IsRunning)
        {
            ServicePointManager.FindServicePoint(address, handler.UseProxy ? handler.Proxy ?? WebRequest.DefaultWebProxy : null).UseNagleAlgorithm = false;
        }
    }
}
