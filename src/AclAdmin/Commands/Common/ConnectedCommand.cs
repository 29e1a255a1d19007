using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Completion;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that talks to a service.</summary>
public abstract class ConnectedCommand : AclCommand
{
    private ApiConnection? _connection;

    /// <summary>The connection to use, or its name; without it, the service's default, or what the environment gives.</summary>
    [Parameter]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public AclConnection? Connection { get; set; }

    /// <summary>The service that the cmdlet talks to.</summary>
    private protected abstract ServiceProfile Service { get; }

    /// <summary>The connection in use. Ends the pipeline where there is none.</summary>
    private protected ApiConnection ActiveConnection => _connection ??= FindConnection();

    private ApiConnection FindConnection()
    {
        try
        {
            return ConnectionLookup.Find(Service, Connection?.Connection);
        }
        catch (AclException unusable)
        {
            ThrowTerminatingError(ErrorRecords.From(unusable, Connection));
            throw;
        }
    }
}
