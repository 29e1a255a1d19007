using System;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Resources;

/// <summary>Reads and writes one kind of item on one service. Every method may throw <see cref="AclException"/>.</summary>
/// <typeparam name="T">What the service's answers become.</typeparam>
public interface IResourceClient<T>
    where T : ApiResource
{
    /// <summary>The field table of the item.</summary>
    ResourceDescriptor Resource { get; }

    /// <summary>The connection that it uses.</summary>
    ApiConnection Connection { get; }

    /// <summary>The list's name in a journal.</summary>
    string ListName { get; }

    /// <summary>The account that the list belongs to; null where the service has none.</summary>
    string? AccountId { get; }

    /// <summary>The operations that the list applies in one request, as a whole or not at all.</summary>
    BatchOperations Batch { get; }

    /// <summary>Reads one.</summary>
    Task<T> GetAsync(string id, IRequestObserver observer, RequestCancellation cancellation);

    /// <summary>Reads one page of a list.</summary>
    Task<Page<T>> ReadPageAsync(ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Changes the fields that the patch names and leaves the others alone.</summary>
    /// <returns>The item afterwards; null where the service did not show it.</returns>
    Task<T?> PatchAsync(string id, FieldPatch patch, IRequestObserver observer, RequestCancellation cancellation);

    /// <summary>Replaces a whole item.</summary>
    /// <returns>The item afterwards; null where the service did not show it.</returns>
    /// <exception cref="NotSupportedException">The service has no such call.</exception>
    Task<T?> ReplaceAsync(string id, FieldPatch whole, IRequestObserver observer, RequestCancellation cancellation);

    /// <summary>Creates an item. The request is sent once: where its answer is lost, it is not known whether the item was created.</summary>
    /// <returns>The new item; null where the service did not show it.</returns>
    Task<T?> CreateAsync(FieldPatch body, IRequestObserver observer, RequestCancellation cancellation);

    /// <summary>The query that finds an item which a create may have made although its answer was lost.</summary>
    /// <param name="body">The body that was sent.</param>
    ListQuery QueryForCreated(FieldPatch body);

    /// <summary>Removes one.</summary>
    /// <returns>False when it did not exist.</returns>
    Task<bool> DeleteAsync(string id, IRequestObserver observer, RequestCancellation cancellation);

    /// <summary>Applies several writes as one, all of them or none.</summary>
    /// <exception cref="NotSupportedException">The list has no such call.</exception>
    Task<BatchAnswer<T>> SendBatchAsync(ResourceBatch batch, IRequestObserver observer, RequestCancellation cancellation);
}
