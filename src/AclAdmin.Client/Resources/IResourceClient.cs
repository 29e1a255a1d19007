using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http;

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

    /// <summary>What was created through the connection.</summary>
    CreatedThings Created { get; }

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

    /// <summary>Reads what may have come of a create whose answer was lost.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="since">The earliest time, in UTC, at which it can have been made.</param>
    /// <param name="observer">Is told what the requests meet.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Candidates; the caller compares them with what was sent.</returns>
    Task<IReadOnlyList<T>> FindCreatedAsync(FieldPatch body, DateTime since, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Removes one.</summary>
    /// <returns>False when it was gone already.</returns>
    Task<bool> DeleteAsync(string id, IRequestObserver observer, CancellationToken cancellationToken);
}
