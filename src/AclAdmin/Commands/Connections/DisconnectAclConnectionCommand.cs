using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>Forgets connections and their credentials.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "AclConnection", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
public sealed class DisconnectAclConnectionCommand : RequestCommand
{
    /// <summary>The connection, or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [Alias("Name")]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public AclConnection? Connection { get; set; }

    /// <summary>Every connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <summary>Revokes the access token at the service as well, where AclAdmin obtained it there.</summary>
    [Parameter]
    public SwitchParameter Revoke { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connections = All ? FindConnections() : ConnectionLookup.Resolve(Connection!);
        if (connections.Count == 0 && !All)
        {
            WriteError(ErrorRecords.From(ConnectionLookup.NotFound(Connection!.Name), Connection.Name));
        }

        foreach (var connection in connections.Where(connection => FindConnections().Contains(connection)))
        {
            Disconnect(connection);
        }
    }

    /// <summary>
    /// A connection is forgotten after its token is revoked, so that a revocation that is declined, previewed or stopped leaves the connection in place.
    /// </summary>
    private void Disconnect(ApiConnection connection)
    {
        var grant = Revoke ? connection.Credential as PasswordGrantCredential : null;
        if (!IsWanted(connection, grant))
        {
            return;
        }

        AclException? failure = null;
        if (grant is not null)
        {
            failure = RevokeToken(connection, grant);
        }
        else if (Revoke)
        {
            WriteWarning($"The {connection.Credential} was not obtained by AclAdmin, so it stays valid: revoke it where it was created.");
        }

        if (ConnectionLookup.Remove(connection))
        {
            WriteVerbose($"Disconnected '{connection.Name}' from {connection.Service.Name}.");
        }

        if (failure is not null)
        {
            WriteFailure(failure, connection.Name);
        }
    }

    /// <summary>
    /// Only revoking changes anything at a service, so only that is confirmed or previewed, unless this very call has -WhatIf or -Confirm: a script that
    /// sets a preference for its changes still ends its connections.
    /// </summary>
    private bool IsWanted(ApiConnection connection, PasswordGrantCredential? grant)
    {
        var isAsked = grant is not null || MyInvocation.BoundParameters.ContainsKey("WhatIf") || MyInvocation.BoundParameters.ContainsKey("Confirm");
        return !isAsked || ShouldProcess(
            $"connection '{connection.Name}' to {connection.Service.Name}", grant is null ? "Forget" : "Revoke its access token at the service, and forget");
    }

    private AclException? RevokeToken(ApiConnection connection, PasswordGrantCredential grant)
    {
        try
        {
            Await(RevokeAsync());
            return null;
        }
        catch (AclException failure)
        {
            return failure;
        }

        async Task<bool> RevokeAsync()
        {
            await grant.RevokeAsync(WithLimits(connection), Reporter, Cancellation).ConfigureAwait(false);
            return true;
        }
    }
}
