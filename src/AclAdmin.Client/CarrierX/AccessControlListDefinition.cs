using System.Collections.Generic;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.CarrierX;

/// <summary>The owners of access control lists at CarrierX: partners, trunk groups and their trunks.</summary>
public sealed class AccessControlListDefinition : ResourceDefinition<AccessControlListOwner>
{
    /// <summary>The one instance.</summary>
    public static readonly AccessControlListDefinition Instance = new();

    private AccessControlListDefinition()
    {
    }

    /// <inheritdoc/>
    public override ServiceProfile Service => CarrierXService.Instance;

    /// <inheritdoc/>
    public override string Name => "access_control_lists";

    /// <inheritdoc/>
    public override ResourceDescriptor Resource => AccessControlListOwner.Descriptor;

    /// <inheritdoc/>
    public override IReadOnlyList<string> IdentityNames { get; } = ["Owner"];

    /// <inheritdoc/>
    public override ResourcePermissions Permissions { get; } = new(ListOwnerScopes.Read, ListOwnerScopes.Update, ListOwnerScopes.Update, ListOwnerScopes.Update);

    /// <inheritdoc/>
    public override IResourceClient<AccessControlListOwner> OpenClient(ApiConnection connection, string? accountId) => new AccessControlListClient(connection);
}
