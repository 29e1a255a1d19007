using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AclAdmin.Client;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Commands;

/// <summary>Tries connections with requests that change nothing, and shows the permissions that each cmdlet needs.</summary>
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
                    : ConnectionLookup.NotFound(Connection.Name),
                Connection?.Name);
        }
    }

    private static AclConnectionTest Describe(ApiConnection connection, ConnectionTestResult result)
    {
        var permissions = PermissionsOf(connection.Service, result).ToArray();
        var canWrite = CanWrite(permissions);
        return new AclConnectionTest
        {
            Name = connection.Name,
            Service = connection.Service.Name,
            Succeeded = result.Failure is null,
            CredentialStatus = result.CredentialStatus,
            ExpiresOn = result.ExpiresOn,
            IsVerified = result.IsVerified,
            CanRead = result.CanRead,
            CanWrite = canWrite,
            ErrorId = result.Failure?.Kind.ToString(),
            Message = MessageOf(result, canWrite),
            Permissions = permissions,
        };
    }

    private static string? MessageOf(ConnectionTestResult result, bool? canWrite) => result.Failure is { } failure
        ? $"{failure.Message} {failure.RecommendedAction}".TrimEnd()
        : canWrite switch
        {
            true => null,
            false => "The credential can read, and no scope of it allows a write: use the writing cmdlets with another credential.",
            null => "The credential can read. Whether it can write is not known: the service does not report it, and a test sends no write.",
        };

    /// <summary>The cmdlets of a service with the permissions of their attributes. A cmdlet that needs what its changes need belongs to both.</summary>
    private static IEnumerable<CommandRequirement> PermissionsOf(ServiceProfile service, ConnectionTestResult result) =>
        from type in typeof(TestAclConnectionCommand).Assembly.GetTypes()
        let needed = type.GetCustomAttribute<RequiresPermissionAttribute>()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where needed is not null && cmdlet is not null
            && (IsScope(needed.Permission) ? service is CarrierXService : service is CloudflareService || needed.Permission == RequiresPermissionAttribute.OfChanges)
        orderby cmdlet.NounName, cmdlet.VerbName
        select new CommandRequirement
        {
            Command = $"{cmdlet.VerbName}-{cmdlet.NounName}",
            Permission = needed.Permission,
            IsGranted = IsGranted(needed.Permission, result),
        };

    /// <summary>Whether a credential has a permission: by its scopes where they are known, and else by what it could read.</summary>
    private static bool? IsGranted(string permission, ConnectionTestResult result)
    {
        if (permission == RequiresPermissionAttribute.OfChanges)
        {
            return null;
        }

        if (permission is ListOwnerScopes.Read or ListOwnerScopes.Update)
        {
            return ListOwnerScopes.AreGranted(result.Scopes, permission == ListOwnerScopes.Read ? "read" : "update");
        }

        if (result.Scopes.Count > 0)
        {
            return result.Scopes.Any(scope => permission.Split(' ').Contains(scope));
        }

        if (permission is not (CloudflarePermissions.Read or AccessControlScopes.Read))
        {
            return null;
        }

        return result.CanRead ? true : result.Failure?.Kind == ErrorKind.PermissionDenied ? false : null;
    }

    /// <summary>Whether some writing cmdlet has its permission. Null where that is not known: only a write would show it, and a test sends none.</summary>
    private static bool? CanWrite(IReadOnlyList<CommandRequirement> permissions)
    {
        var writing = permissions.Where(needed => needed.Permission
            is not (CloudflarePermissions.Read or AccessControlScopes.Read or ListOwnerScopes.Read or RequiresPermissionAttribute.OfChanges));
        return writing.Any(needed => needed.IsGranted == true) ? true : writing.All(needed => needed.IsGranted == false) ? false : null;
    }

    /// <summary>CarrierX's scopes for the module's cmdlets have a common prefix; Cloudflare's permissions are words.</summary>
    private static bool IsScope(string permission) =>
        permission is ListOwnerScopes.Read or ListOwnerScopes.Update || permission.StartsWith("accesscontrol.", StringComparison.Ordinal);
}
