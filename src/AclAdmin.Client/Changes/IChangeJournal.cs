using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>Records each write before it is sent, and its outcome afterwards. Safe for many threads.</summary>
public interface IChangeJournal<T>
    where T : ApiResource
{
    /// <summary>The item as the run knows it; it is read where the run does not.</summary>
    /// <exception cref="AclException">It could not be read.</exception>
    Task<T> FindStateAsync(IResourceClient<T> client, string id, IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a write once its intent is on the disk, and records its outcome. Nothing is sent where the intent cannot be recorded, where the journal
    /// shows that the write is done, or where the item to remove no longer exists.
    /// </summary>
    /// <param name="write">The write.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="stopping">Keeps what is not sent from being sent.</param>
    /// <param name="cancellationToken">Abandons what is sent as well.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: the journal cannot be written; or a request failed.</exception>
    Task<WriteResult<T>> WriteAsync(
        ChangeWrite<T> write,
        Func<IRequestObserver, Task<WriteResult<T>>> send,
        IRequestObserver observer,
        CancellationToken stopping,
        CancellationToken cancellationToken);
}

/// <summary>One write of a change, as it is about to be sent.</summary>
/// <param name="Change">The change that it belongs to.</param>
/// <param name="Action">The action, which for a create of an existing item is an update.</param>
/// <param name="Id">The id of the item; empty for a create.</param>
/// <param name="Body">The body; empty for a removal.</param>
/// <param name="Before">The item as it was read; null where it was not.</param>
public sealed record ChangeWrite<T>(Change<T> Change, ChangeAction Action, string Id, FieldPatch Body, T? Before)
    where T : ApiResource
{
    /// <summary>For a create, the items with the same natural key that were there before.</summary>
    public IReadOnlyList<T> Siblings { get; init; } = [];
}

/// <summary>What came of a write.</summary>
/// <param name="Item">The item afterwards; null where it is not known, or removed.</param>
/// <param name="IsApplied">Whether the service applied a change; false where there was nothing to do.</param>
/// <param name="WasMissing">Whether there was nothing to do because the service does not have the item.</param>
public readonly record struct WriteResult<T>(T? Item, bool IsApplied, bool WasMissing = false)
    where T : ApiResource
{
    /// <summary>The id of the request, where several writes shared one; null where it is the write's own.</summary>
    public string? RequestId { get; init; }
}
