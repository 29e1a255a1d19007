using AclAdmin.Client;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that sends requests: their limits can be set for one call.</summary>
public abstract class RequestCommand : AclCommand
{
    /// <summary>How many seconds one try of a request may take in this call; without it, what the connection specifies.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int TimeoutSec { get; set; }

    /// <summary>How often a request is sent again after its first try in this call; without it, what the connection specifies.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int MaxRetryCount { get; set; }
}

/// <summary>A cmdlet that uses one connection.</summary>
public abstract class ConnectedCommand : RequestCommand
{
    private ApiConnection? _connection;

    /// <summary>The connection to use, or its name; without it, the service's default, or what the environment gives.</summary>
    [Parameter]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public AclConnection? Connection { get; set; }

    /// <summary>The service that the cmdlet uses; null for any.</summary>
    private protected abstract ServiceProfile? Service { get; }

    /// <summary>The service that completion offers connections of.</summary>
    internal ServiceProfile? CompletedService => Service;

    /// <summary>The connection in use. Ends the pipeline where there is none.</summary>
    private protected ApiConnection ActiveConnection => _connection ??= FindConnection();

    private ApiConnection FindConnection()
    {
        try
        {
            return WithLimits(ConnectionLookup.Find(Service, Connection));
        }
        catch (AclException unusable)
        {
            ThrowTerminatingError(ErrorRecords.From(unusable, Connection));
            throw;
        }
    }
}
