using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;

namespace AclAdmin.Client.Resources;

/// <summary>Reads and writes one kind of thing on one service. Every method may throw <see cref="AclException"/>.</summary>
/// <typeparam name="T">What the service's answers become.</typeparam>
public interface IResourceClient<T>
    where T : ApiResource
{
    /// <summary>The field table of the thing.</summary>
    ResourceDescriptor Resource { get; }

    /// <summary>Reads one.</summary>
    Task<T> GetAsync(string id, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Reads one page of a list.</summary>
    Task<Page<T>> ReadPageAsync(ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Changes the fields that the patch names and leaves the others alone.</summary>
    /// <returns>The thing afterwards; null where the service did not show it.</returns>
    Task<T?> PatchAsync(string id, FieldPatch patch, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>Puts a whole thing in the place of the present one.</summary>
    /// <returns>The thing afterwards; null where the service did not show it.</returns>
    /// <exception cref="System.NotSupportedException">The service has no such call.</exception>
    Task<T?> ReplaceAsync(string id, FieldPatch whole, IRequestObserver observer, CancellationToken cancellationToken);
}
