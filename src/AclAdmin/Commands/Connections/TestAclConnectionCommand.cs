using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Tries connections with requests that change nothing, and says what each cmdlet needs.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AclConnection")]
[OutputType(typeof(AclConnectionTest))]
public sealed class TestAclConnectionCommand : RequestCommand
{
    /// <summary>The connection, or its name; without it, every connection.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public AclConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connections = Connection is null ? FindConnections() : ConnectionLookup.Resolve(Connection);
        foreach (var connection in connections)
        {
            WriteObject(Describe(connection, Await(ConnectionTest.RunAsync(WithLimits(connection), Reporter, Cancellation))));
        }

        if (connections.Count == 0)
        {
            WriteFailure(
                Connection is null
                    ? new AclException(ErrorKind.NotConnected, "There is no connection to test.", "Use Connect-CloudflareAccount or Connect-CarrierXAccount.")
                    : new AclException(
                        ErrorKind.NotFound, $"There is no connection named '{DisplayText.Of(Connection.Name)}'.", "Get-AclConnection lists the connections."),
                Connection?.Name);
        }
    }

    private static AclConnectionTest Describe(ApiConnection connection, ConnectionTestResult result) => new()
    {
        Name = connection.Name,
        Service = connection.Service.Name,
        Succeeded = result.Failure is null,
        CredentialStatus = result.CredentialStatus,
        ExpiresOn = result.ExpiresOn,
        IsVerified = result.IsVerified,
        CanRead = result.CanRead,
        CanWrite = CanWrite(connection.Service, result.Scopes),
        ErrorId = result.Failure?.Kind.ToString(),
        Message = result.Failure is null ? null : $"{result.Failure.Message} {result.Failure.RecommendedAction}".TrimEnd(),
        Permissions = PermissionsOf(connection.Service, result.Scopes).ToArray(),
    };

    /// <summary>The cmdlets of a service with what they need, as their attribute says.</summary>
    private static IEnumerable<CommandRequirement> PermissionsOf(ServiceProfile service, IReadOnlyList<string> scopes) =>
        from type in typeof(TestAclConnectionCommand).Assembly.GetTypes()
        let needed = type.GetCustomAttribute<RequiresPermissionAttribute>()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where needed is not null && cmdlet is not null && IsScope(needed.Permission) == service is CarrierXService
        orderby cmdlet.NounName, cmdlet.VerbName
        select new CommandRequirement
        {
            Command = $"{cmdlet.VerbName}-{cmdlet.NounName}",
            Permission = needed.Permission,
            IsGranted = scopes.Count == 0 ? null : scopes.Any(scope => needed.Permission.Split(' ').Contains(scope)),
        };

    /// <summary>
    /// Whether some writing cmdlet has what it needs. Null where the scopes are not known: only a write would show it, and a test sends none.
    /// </summary>
    private static bool? CanWrite(ServiceProfile service, IReadOnlyList<string> scopes) => scopes.Count == 0
        ? null
        : PermissionsOf(service, scopes).Any(needed => needed.IsGranted == true && !needed.Command.StartsWith("Get-", StringComparison.Ordinal));

    /// <summary>CarrierX's scopes for the module's cmdlets all start alike; Cloudflare's permissions are words.</summary>
    private static bool IsScope(string permission) => permission.StartsWith("accesscontrol.", StringComparison.Ordinal);
}
