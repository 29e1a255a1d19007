using System;
using System.Collections.Generic;
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

    /// <summary>Sends one write, or several as one request, of which the service applies all or none.</summary>
    /// <param name="writes">The writes. No item is in two of them.</param>
    /// <param name="observer">Receives what the request reports.</param>
    /// <param name="cancellation">Stops the request before its next try, or abandons it.</param>
    /// <returns>What the answer shows. Whether that is what was asked for is for <see cref="AnswerCheck{T}"/> to judge.</returns>
    /// <exception cref="AclException">It was refused, or its outcome is not known.</exception>
    /// <exception cref="NotSupportedException">The list has no such call.</exception>
    Task<WriteAnswer<T>> WriteAsync(IReadOnlyList<BatchItem> writes, IRequestObserver observer, RequestCancellation cancellation);

    /// <summary>The error for an answer that reports success and is not what was asked for.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="what">The mismatch: the end of a sentence.</param>
    AclException Misfit(WriteAnswer<T> answer, string what);

    /// <summary>The query that finds an item which a create may have made although its answer was lost.</summary>
    /// <param name="body">The body that was sent.</param>
    ListQuery QueryForCreated(FieldPatch body);
}
