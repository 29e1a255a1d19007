using System.Linq;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Forgets connections and what they proved themselves with.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "AclConnection", DefaultParameterSetName = "Name")]
public sealed class DisconnectAclConnectionCommand : AclCommand
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

    /// <summary>Takes the access token back at the service as well, where AclAdmin got it there.</summary>
    [Parameter]
    public SwitchParameter Revoke { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connections = All ? ConnectionStore.Shared.All : [Connection!.Connection];
        foreach (var connection in connections.Where(ConnectionStore.Shared.Remove))
        {
            WriteVerbose($"Disconnected '{connection.Name}' from {connection.Service.Name}.");
            if (Revoke)
            {
                RevokeToken(connection);
            }
        }
    }

    private void RevokeToken(ApiConnection connection)
    {
        if (connection.Credential is not PasswordGrantCredential grant)
        {
            WriteWarning($"The {connection.Credential} was not got by AclAdmin, so it stays valid: revoke it where it was made.");
            return;
        }

        _ = TryAwait(
            async () =>
            {
                await grant.RevokeAsync(connection, Reporter, Cancellation).ConfigureAwait(false);
                return true;
            },
            connection.Name,
            out _);
    }
}
