using System;
using AclAdmin.Client.Http;

namespace AclAdmin;

/// <summary>A connection as cmdlets show it: its address and its remaining budget, never its credential.</summary>
public sealed class AclConnection
{
    private readonly ApiConnection? _connection;
    private readonly Func<ApiConnection, bool> _isDefault;

    /// <param name="connection">The connection.</param>
    /// <param name="isDefault">Returns whether a connection is its service's default now.</param>
    internal AclConnection(ApiConnection connection, Func<ApiConnection, bool> isDefault)
    {
        _connection = connection;
        _isDefault = isDefault;
        Name = connection.Name;
    }

    private AclConnection(string name)
    {
        _isDefault = static _ => false;
        Name = name;
    }

    /// <summary>The name to specify for <c>-Connection</c>.</summary>
    public string Name { get; }

    /// <summary>Cloudflare or CarrierX.</summary>
    public string Service => Connection.Service.Name;

    /// <summary>Whether cmdlets of its service use it when no other is specified.</summary>
    public bool IsDefault => _isDefault(Connection);

    /// <summary>The account that requests are for; null where the service has none.</summary>
    public string? AccountId => Connection.AccountId;

    /// <summary>The service's address.</summary>
    public Uri BaseUri => Connection.BaseUri;

    /// <summary>The proxy that was specified, without user and password; <c>system</c> for the system's settings; <c>none</c>.</summary>
    public string Proxy => Connection.ProxyDescription;

    /// <summary>The kind of credential, and where it came from.</summary>
    public string Credential => Connection.Credential.ToString();

    /// <summary>The journal of changes that are made through it; null where it has none.</summary>
    public string? JournalPath => Connection.JournalPath;

    /// <summary>Requests sent so far, repeats included.</summary>
    public long RequestsSent => Connection.RequestsSent;

    /// <summary>Requests that may be sent at once, as far as is known; null where the service neither documents nor reports a limit.</summary>
    public int? RequestsLeft => Connection.Pacer.GetStatus().RequestsLeft;

    /// <summary>Time until the service counts anew; null where it has not reported it.</summary>
    public TimeSpan? ResetsIn => Connection.Pacer.GetStatus().ResetsIn;

    /// <summary>False for a name that is not looked up yet; such an object never leaves the cmdlet that it was specified for.</summary>
    internal bool IsKnown => _connection is not null;

    internal ApiConnection Connection => _connection ?? throw new InvalidOperationException($"There is no connection named '{Name}'.");

    /// <summary>A name that the cmdlet it was specified for looks up.</summary>
    internal static AclConnection Named(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
