using System;
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
    public Task<T?> PatchAsync(string id, FieldPatch patch, IRequestObserver observer, RequestCancellation cancellation) =>
        WriteAsync(ApiRequest.Patch, PathOf(id), PermissionsOf(id).Update, id, patch, observer, cancellation);

    /// <inheritdoc/>
    public virtual Task<T?> ReplaceAsync(string id, FieldPatch whole, IRequestObserver observer, RequestCancellation cancellation) =>
        WriteAsync(HttpMethod.Put, PathOf(id), _permissions.Update, id, whole, observer, cancellation);

    /// <inheritdoc/>
    public Task<T?> CreateAsync(FieldPatch body, IRequestObserver observer, RequestCancellation cancellation) =>
        WriteAsync(HttpMethod.Post, _path, _permissions.Create, id: null, body, observer, cancellation);

    /// <inheritdoc/>
    public abstract ListQuery QueryForCreated(FieldPatch body);

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, IRequestObserver observer, RequestCancellation cancellation)
    {
        var request = new ApiRequest(HttpMethod.Delete, PathOf(id)) { Permission = _permissions.Delete, Expected = DeleteResponse };
        try
        {
            CheckDeleted(request, await Connection.SendAsync(request, observer, cancellation).ConfigureAwait(false), id);
            return true;
        }
        catch (AclException gone) when (gone.Kind == ErrorKind.NotFound && !Connection.Service.ReportsNoRoute(gone.ApiErrors))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public virtual Task<BatchAnswer<T>> SendBatchAsync(ResourceBatch batch, IRequestObserver observer, RequestCancellation cancellation) =>
        throw new NotSupportedException($"{Connection.Service.Name} has no batch of {Resource.Plural}.");

    /// <summary>Checks the answer to a delete, where the service shows what it removed.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: it shows another item.</exception>
    protected virtual void CheckDeleted(ApiRequest request, ApiResponse response, string id)
    {
    }

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

    private async Task<T?> WriteAsync(
        HttpMethod method, RequestPath path, string permission, string? id, FieldPatch body, IRequestObserver observer, RequestCancellation cancellation)
    {
        var request = new ApiRequest(method, path) { Body = body.ToUtf8(), Permission = permission };
        return ReadItem(request, await Connection.SendAsync(request, observer, cancellation).ConfigureAwait(false), id);
    }
}
