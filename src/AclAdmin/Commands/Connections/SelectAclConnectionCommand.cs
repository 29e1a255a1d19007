using AclAdmin.Client.Connections;

namespace AclAdmin.Commands;

/// <summary>Makes a connection the default of its service.</summary>
[Cmdlet(VerbsCommon.Select, "AclConnection")]
[OutputType(typeof(AclConnection))]
public sealed class SelectAclConnectionCommand : AclCommand
{
    /// <summary>The connection, or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public AclConnection? Connection { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = false;
        foreach (var connection in FindConnections())
        {
            // A connection that was disconnected or replaced since cannot be selected.
            if (Connection!.IsKnown ? connection != Connection.Connection : !connection.Name.Equals(Connection.Name, System.StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            found = true;
            ConnectionStore.Shared.Select(connection.Service, connection.Name);
            if (PassThru)
            {
                WriteObject(ConnectionLookup.Show(connection));
            }
        }

        if (!found)
        {
            WriteFailure(ConnectionLookup.NotFound(Connection!.Name), Connection.Name);
        }
    }
}
