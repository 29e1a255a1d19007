using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Resources;

/// <summary>Reads and writes one list, in the same way for every list of every service. The derived class knows the form of a service's answers.</summary>
/// <typeparam name="T">What an item becomes.</typeparam>
public abstract class ResourceClient<T> : IResourceClient<T>
    where T : ApiResource
{
    private readonly RequestPath _path;
    private readonly ResourcePermissions _permissions;

    /// <summary>Uses a connection for one list.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="definition">The list.</param>
    /// <param name="path">The list's path, relative to the connection's base address.</param>
    protected ResourceClient(ApiConnection connection, ResourceDefinition<T> definition, RequestPath path)
    {
        Connection = connection;
        Resource = definition.Resource;
        ListName = definition.Name;
        Batch = definition.Batch;
        _permissions = definition.Permissions;
        _path = path;
    }

    /// <inheritdoc/>
    public ResourceDescriptor Resource { get; }

    /// <inheritdoc/>
    public ApiConnection Connection { get; }

    /// <inheritdoc/>
    public string ListName { get; }

    /// <inheritdoc/>
    public virtual string? AccountId => null;

    /// <inheritdoc/>
    public BatchOperations Batch { get; }

    /// <summary>The expected content of the answer to a delete.</summary>
    protected abstract ExpectedResponse DeleteResponse { get; }

    /// <inheritdoc/>
    public async Task<T> GetAsync(string id, IRequestObserver observer, RequestCancellation cancellation)
    {
        var request = new ApiRequest(HttpMethod.Get, PathOf(id)) { Permission = PermissionsOf(id).Read };
        var response = await Connection.SendAsync(request, observer, cancellation).ConfigureAwait(false);
        return ReadItem(request, response, id) ?? throw Unexpected(request, response, "without the item that belongs there");
    }

    /// <inheritdoc/>
    public virtual async Task<Page<T>> ReadPageAsync(ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, query.AppendTo(PageOf(_path, cursor)))
        {
            Permission = _permissions.Read,
            MaxAnswerBytes = ApiRequest.MaxPageBytes,
        };
        var response = await Connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return ReadPage(request, response) with { MemoryBytes = response.Body.MemoryBytes };
    }

    /// <inheritdoc/>
    public async Task<WriteAnswer<T>> WriteAsync(IReadOnlyList<BatchItem> writes, IRequestObserver observer, RequestCancellation cancellation)
    {
        if (writes.Count > 1)
        {
            return await SendBatchAsync(new ResourceBatch(writes), observer, cancellation).ConfigureAwait(false);
        }

        var write = writes[0];
        var request = RequestFor(write);
        var response = await Connection.SendAsync(request, observer, cancellation).ConfigureAwait(false);
        var answer = new WriteAnswer<T>([], [], []) { StatusCode = response.StatusCode, RequestId = response.RequestId };
        if (write.Operation == BatchOperations.Delete)
        {
            return answer with { Deleted = ReadDeleted(response) };
        }

        try
        {
            T[] shown = ReadItem(request, response, write.Operation == BatchOperations.Create ? null : write.Id) is { } item ? [item] : [];
            return write.Operation == BatchOperations.Create ? answer with { Created = shown } : answer with { Updated = shown };
        }
        catch (AclException misfit) when (misfit.Kind == ErrorKind.UnexpectedResponse)
        {
            return answer with { Misfit = misfit };
        }
    }

    /// <inheritdoc/>
    public AclException Misfit(WriteAnswer<T> answer, string what) => new(
        ErrorKind.UnexpectedResponse,
        $"{Connection.Service.Name} answered with {answer.StatusCode}, but {what}.",
        $"Read the {Resource.Noun} and compare it with what you sent. If this happens again, report it to {Connection.Service.Name} with the request id.")
    {
        StatusCode = answer.StatusCode,
        RequestId = answer.RequestId,

        // A write that was answered with success was most probably applied.
        OutcomeIsUnknown = true,
    };

    /// <inheritdoc/>
    public abstract ListQuery QueryForCreated(FieldPatch body);

    /// <summary>Whether the service can replace a whole item.</summary>
    protected virtual bool CanReplace => true;

    /// <summary>Sends several writes as one request.</summary>
    protected virtual Task<WriteAnswer<T>> SendBatchAsync(ResourceBatch batch, IRequestObserver observer, RequestCancellation cancellation) =>
        throw new NotSupportedException($"{Connection.Service.Name} has no batch of {Resource.Plural}.");

    /// <summary>The ids in the answer to a removal; null where the service shows none.</summary>
    protected virtual IReadOnlyList<string>? ReadDeleted(ApiResponse response) => null;

    /// <summary>The address of a page.</summary>
    protected abstract RequestPath PageOf(RequestPath list, PageCursor cursor);

    /// <summary>Reads the item of an answer; null where the answer does not contain one and need not.</summary>
    /// <param name="request">The request that was answered.</param>
    /// <param name="response">The answer.</param>
    /// <param name="id">The requested id; null for a create.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: it is another item, or none at all where one is promised.</exception>
    protected abstract T? ReadItem(ApiRequest request, ApiResponse response, string? id);

    /// <summary>Reads the items of a page.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: it is not a page.</exception>
    protected abstract Page<T> ReadPage(ApiRequest request, ApiResponse response);

    /// <summary>The error for an answer that reports success but does not match the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer.</param>
    /// <param name="what">The mismatch: the end of a sentence.</param>
    protected AclException Unexpected(ApiRequest request, ApiResponse response, string what) => new(
        ErrorKind.UnexpectedResponse,
        $"{request} on {Connection.Service.Name} was answered with {response.StatusCode}, but {what}.",
        $"Read the {Resource.Noun} and compare it with what you sent. If this happens again, report it to {Connection.Service.Name} with the request id.")
    {
        StatusCode = response.StatusCode,
        RequestId = response.RequestId,
        Attempts = response.Attempts,

        // A write that was answered with success was most probably applied, even if the answer is unexpected.
        OutcomeIsUnknown = !request.IsRead,
    };

    /// <summary>The address of an item.</summary>
    protected virtual RequestPath PathOf(string id) => _path.WithId(id, Resource.Identity.Name);

    /// <summary>The permissions that requests for an item need.</summary>
    protected virtual ResourcePermissions PermissionsOf(string id) => _permissions;

    private ApiRequest RequestFor(BatchItem write) => write.Operation switch
    {
        BatchOperations.Create => new ApiRequest(HttpMethod.Post, _path) { Body = write.Body.ToUtf8(), Permission = _permissions.Create },
        BatchOperations.Update => new ApiRequest(ApiRequest.Patch, PathOf(write.Id)) { Body = write.Body.ToUtf8(), Permission = PermissionsOf(write.Id).Update },
        BatchOperations.Delete => new ApiRequest(HttpMethod.Delete, PathOf(write.Id)) { Permission = _permissions.Delete, Expected = DeleteResponse },
        _ when CanReplace => new ApiRequest(HttpMethod.Put, PathOf(write.Id)) { Body = write.Body.ToUtf8(), Permission = _permissions.Update },
        _ => throw new NotSupportedException($"{Connection.Service.Name} cannot replace a whole {Resource.Noun}."),
    };
}
