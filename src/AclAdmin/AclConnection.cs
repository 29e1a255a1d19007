using System;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http;

namespace AclAdmin;

/// <summary>A connection as people see it: where it goes and what is left of its budget, never what it proves itself with.</summary>
public sealed class AclConnection
{
    internal AclConnection(ApiConnection connection)
    {
        Connection = connection;
    }

    /// <summary>The name to give to <c>-Connection</c>.</summary>
    public string Name => Connection.Name;

    /// <summary>Cloudflare or CarrierX.</summary>
    public string Service => Connection.Service.Name;

    /// <summary>Whether cmdlets of its service use it when no other is named.</summary>
    public bool IsDefault => ConnectionStore.Shared.FindDefault(Connection.Service) == Connection;

    /// <summary>The account that requests are for; null where the service has none.</summary>
    public string? AccountId => Connection.AccountId;

    /// <summary>The service's address.</summary>
    public Uri BaseUri => Connection.BaseUri;

    /// <summary>The kind of credential, and where it came from.</summary>
    public string Credential => Connection.Credential.ToString();

    /// <summary>Requests sent so far, repeats included.</summary>
    public long RequestsSent => Connection.RequestsSent;

    /// <summary>Requests that may be sent at once, as far as is known; null where the service documents no limit and has told none.</summary>
    public int? RequestsLeft => Connection.Pacer.GetStatus().RequestsLeft;

    /// <summary>Time until the service counts anew; null where it has not told.</summary>
    public TimeSpan? ResetsIn => Connection.Pacer.GetStatus().ResetsIn;

    internal ApiConnection Connection { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
