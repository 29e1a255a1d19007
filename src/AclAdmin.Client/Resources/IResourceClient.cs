using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

/// <summary>Reads and writes one kind of thing on one service. Every method may throw <see cref="AclException"/>.</summary>
/// <typeparam name="T">What the service's answers become.</typeparam>
public interface IResourceClient<T>
    where T : ApiResource
{
    /// <summary>The field table of the thing.</summary>
    ResourceDescriptor Resource { get; }

    /// <summary>The connection that it uses.</summary>
    ApiConnection Connection { get; }

    /// <summary>What the list is called in a journal.</summary>
    string ListName { get; }

    /// <summary>The account that the list belongs to; null where the service has none.</summary>
    string? AccountId { get; }

    /// <summary>What the list carries out in one request, all of it or nothing.</summary>
    BatchOperations Batch { get; }

    /// <summary>Reads one.</summary>
    Task<T> GetAsync(string id, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Reads one page of a list.</summary>
    Task<Page<T>> ReadPageAsync(ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Changes the fields that the patch names and leaves the others alone.</summary>
    /// <returns>The thing afterwards; null where the service did not show it.</returns>
    Task<T?> PatchAsync(string id, FieldPatch patch, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Puts a whole thing in the place of the present one.</summary>
    /// <returns>The thing afterwards; null where the service did not show it.</returns>
    /// <exception cref="NotSupportedException">The service has no such call.</exception>
    Task<T?> ReplaceAsync(string id, FieldPatch whole, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Makes a new one. Sent once: an answer that is lost leaves open whether it was made.</summary>
    /// <returns>The new thing; null where the service did not show it.</returns>
    Task<T?> CreateAsync(FieldPatch body, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>What to ask the list for in order to find an item that a create may have made although its answer was lost.</summary>
    /// <param name="body">What was sent.</param>
    ListQuery QueryForCreated(FieldPatch body);

    /// <summary>Removes one.</summary>
    /// <returns>False when it was gone already.</returns>
    Task<bool> DeleteAsync(string id, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Carries out several writes as one, all of them or none.</summary>
    /// <exception cref="NotSupportedException">The list has no such call.</exception>
    Task<BatchAnswer<T>> SendBatchAsync(ResourceBatch batch, IRequestObserver observer, CancellationToken cancellationToken);
}
