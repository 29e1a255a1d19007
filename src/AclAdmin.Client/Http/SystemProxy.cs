using System;
using System.Net;

namespace AclAdmin.Client.Http;

/// <summary>
/// The system's proxy with a credential of one connection. .NET Framework would set a handler's credential at the one object that all of the process uses.
/// </summary>
/// <param name="system">Finds the system's proxy, which others may replace; null where there is none.</param>
/// <param name="credential">What the proxy receives when it asks for a credential.</param>
internal sealed class SystemProxy(Func<IWebProxy?> system, ICredentials credential) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; } = credential;

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => system()?.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => system()?.IsBypassed(host) ?? true;
}
