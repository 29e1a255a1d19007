using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>Determines the outcome of changes to one list whose outcome is not known, and records it in their journal.</summary>
/// <param name="changes">The changes of the journal.</param>
/// <param name="connection">The connection that they were made through, or one to the same address.</param>
/// <param name="accountId">Their account; null where the service has none.</param>
/// <param name="observer">Receives what the requests report.</param>
/// <param name="cancellationToken">Ends the work at once.</param>
internal sealed class UnknownChanges(
    IReadOnlyList<AclChange> changes, ApiConnection connection, string? accountId, IRequestObserver observer, CancellationToken cancellationToken)
    : IResourceDefinitionVisitor<Task<bool>>
{
    /// <inheritdoc/>
    public async Task<bool> Visit<T>(ResourceDefinition<T> definition)
        where T : ApiResource
    {
        await ChangeResolver.ResolveAsync(changes, definition.OpenClient(connection, accountId), notes: true, observer, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
