using System.Linq;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Http;

namespace AclAdmin.Commands;

/// <summary>Forgets connections and what they proved themselves with.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "AclConnection", DefaultParameterSetName = "Name")]
public sealed class DisconnectAclConnectionCommand : AclCommand
{
    /// <summary>The connection, or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [Alias("Name")]
    [ConnectionArgument]
    public AclConnection? Connection { get; set; }

    /// <summary>Every connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connections = All ? ConnectionStore.Shared.All : [Connection!.Connection];
        foreach (var connection in connections.Where(ConnectionStore.Shared.Remove))
        {
            WriteVerbose($"Disconnected '{connection.Name}' from {connection.Service.Name}.");
        }
    }
}
