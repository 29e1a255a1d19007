using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Surfaces;

/// <summary>What cmdlets must know of a kind of thing, besides its field table: how it is found from a row and from the command line.</summary>
internal abstract class ResourceSurface<T>
    where T : ApiResource
{
    /// <summary>The service that keeps it.</summary>
    public abstract ServiceSurface Service { get; }

    /// <summary>The field table.</summary>
    public abstract ResourceDescriptor Resource { get; }

    /// <summary>The columns that hold the id.</summary>
    public abstract IReadOnlyList<string> IdentityNames { get; }

    /// <summary>The columns that hold the account; none where the service has no accounts.</summary>
    public virtual IReadOnlyList<string> AccountNames => [];

    /// <summary>The account that a thing belongs to; null where the service has none.</summary>
    public virtual string? AccountOf(ApiResource thing) => null;

    /// <summary>The client to use.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="accountId">The account that the row or the command line says; null for the connection's.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: nothing says an account, or what does cannot be one.</exception>
    public abstract IResourceClient<T> OpenClient(ApiConnection connection, string? accountId);
}
