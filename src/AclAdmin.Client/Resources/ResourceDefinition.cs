using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Resources;

/// <summary>The permissions or scopes that a list's requests need, as its service names them.</summary>
/// <param name="Read">For reading.</param>
/// <param name="Create">For creating.</param>
/// <param name="Update">For changing and replacing.</param>
/// <param name="Delete">For removing.</param>
public sealed record ResourcePermissions(string Read, string Create, string Update, string Delete);

/// <summary>An operation on a list whose items' type is not known to the caller.</summary>
/// <typeparam name="TResult">The result.</typeparam>
public interface IResourceDefinitionVisitor<out TResult>
{
    /// <summary>Does it.</summary>
    TResult Visit<T>(ResourceDefinition<T> definition)
        where T : ApiResource;
}

/// <summary>One list of a service, without the type of its items: its service, its identity and its fields.</summary>
public interface IResourceDefinition
{
    /// <summary>The service that keeps the list.</summary>
    ServiceProfile Service { get; }

    /// <summary>The list's name in a journal. It never changes, as journals outlive versions.</summary>
    string Name { get; }

    /// <summary>The field table of an item.</summary>
    ResourceDescriptor Resource { get; }

    /// <summary>The columns that hold an item's id; the first is the name of the parameter.</summary>
    IReadOnlyList<string> IdentityNames { get; }

    /// <summary>The columns that hold the account; none where the service has no accounts.</summary>
    IReadOnlyList<string> AccountNames { get; }

    /// <summary>The operations that the list applies in one request, as a whole or not at all.</summary>
    BatchOperations Batch { get; }

    /// <summary>Calls a visitor with the type of the list's items.</summary>
    TResult Accept<TResult>(IResourceDefinitionVisitor<TResult> visitor);

    /// <summary>Reads every item.</summary>
    /// <param name="connection">The connection to use.</param>
    /// <param name="accountId">The account; null for the connection's own.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="AclException">A page could not be read, or no account is known.</exception>
    Task<IReadOnlyList<ApiResource>> ReadAllAsync(ApiConnection connection, string? accountId, IRequestObserver observer, CancellationToken cancellationToken);
}

/// <summary>One list of a service: all that the client, the planner and the cmdlets need to know of it.</summary>
/// <typeparam name="T">What an item of the service's answers becomes.</typeparam>
public abstract class ResourceDefinition<T> : IResourceDefinition
    where T : ApiResource
{
    /// <inheritdoc/>
    public abstract ServiceProfile Service { get; }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract ResourceDescriptor Resource { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> IdentityNames { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> AccountNames => [];

    /// <inheritdoc/>
    public virtual BatchOperations Batch => BatchOperations.None;

    /// <summary>The permissions that the list's requests need.</summary>
    public abstract ResourcePermissions Permissions { get; }

    /// <summary>The account that an item belongs to; null where the service has none.</summary>
    public virtual string? GetAccountId(ApiResource item) => null;

    /// <summary>The client that reads and writes the list.</summary>
    /// <param name="connection">The connection to use.</param>
    /// <param name="accountId">The account; null for the connection's own.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: no account is known, or its id cannot be one.</exception>
    public abstract IResourceClient<T> OpenClient(ApiConnection connection, string? accountId);

    /// <inheritdoc/>
    public TResult Accept<TResult>(IResourceDefinitionVisitor<TResult> visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiResource>> ReadAllAsync(
        ApiConnection connection, string? accountId, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var items = await Snapshot.ReadAsync(OpenClient(connection, accountId), observer, cancellationToken).ConfigureAwait(false);
        return [.. items.Values];
    }
}
