using System;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Http;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that talks to a service.</summary>
public abstract class ConnectedCommand : AclCommand
{
    private ApiConnection? _connection;

    /// <summary>The connection to use, or its name; without it, the service's default, or what the environment gives.</summary>
    [Parameter]
    [ConnectionArgument]
    public AclConnection? Connection { get; set; }

    /// <summary>The service that the cmdlet talks to.</summary>
    private protected abstract ServiceProfile Service { get; }

    /// <summary>The Connect- cmdlet of the service, for advice.</summary>
    private protected abstract string ConnectCommand { get; }

    /// <summary>The connection in use. Ends the pipeline where there is none.</summary>
    private protected ApiConnection ActiveConnection => _connection ??= FindConnection();

    private ApiConnection FindConnection()
    {
        AclException failure;
        try
        {
            var connection = Connection?.Connection
                ?? ConnectionStore.Shared.FindDefault(Service)
                ?? EnvironmentConnections.Find(Service, Environment.GetEnvironmentVariable);
            if (connection is not null && connection.Service == Service)
            {
                return connection;
            }

            failure = new AclException(
                ErrorKind.NotConnected,
                connection is null ? $"There is no connection to {Service.Name}." : $"The connection '{connection.Name}' goes to {connection.Service.Name}, not to {Service.Name}.",
                $"Use {ConnectCommand}, or set the environment variables that about_AclAdmin_Connections names.");
        }
        catch (AclException unusable)
        {
            failure = unusable;
        }

        ThrowTerminatingError(Streams.ErrorRecords.From(failure, Connection));
        throw failure;
    }
}
