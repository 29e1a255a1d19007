using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The impersonation registry of one account.</summary>
public sealed class ImpersonationRegistryClient : IResourceClient<ImpersonationRegistryEntry>
{
    /// <summary>The permission that reading needs; the writing one will do as well.</summary>
    public const string ReadPermission = "Cloud Email Security: Read";

    /// <summary>The permission that writing needs.</summary>
    public const string WritePermission = "Cloud Email Security: Write";

    private const string IdName = "Impersonation registry id";

    private readonly ApiConnection _connection;
    private readonly string _accountId;
    private readonly RequestPath _path;

    /// <summary>Uses a connection for one account.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the account id cannot be one.</exception>
    public ImpersonationRegistryClient(ApiConnection connection, string accountId)
    {
        _connection = connection;
        _accountId = accountId;
        _path = RequestPath.Of("accounts").WithId(accountId, "Account id").With("email-security").With("settings").With("impersonation_registry");
    }

    /// <inheritdoc/>
    public ResourceDescriptor Resource => ImpersonationRegistryEntry.Descriptor;

    /// <inheritdoc/>
    public ApiConnection Connection => _connection;

    /// <inheritdoc/>
    public CreatedThings Created => _connection.Created;

    /// <summary>What a list can be asked for.</summary>
    /// <param name="search">A text that the service looks for; how it matches may change.</param>
    /// <param name="provenance">One of the provenances; null for all.</param>
    /// <param name="orderBy"><c>name</c>, <c>email</c> or <c>created_at</c>; null for the service's own order.</param>
    /// <param name="descending">Whether the order is turned round.</param>
    public static ListQuery Query(string? search = null, string? provenance = null, string? orderBy = null, bool descending = false) => new ListQuery()
        .Filter("search", search)
        .Filter("provenance", provenance)
        .Sort("order", orderBy)
        .Sort("direction", descending ? "desc" : orderBy is null ? null : "asc");

    /// <inheritdoc/>
    public async Task<ImpersonationRegistryEntry> GetAsync(string id, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, _path.WithId(id, IdName)) { Permission = ReadPermission };
        var answer = await _connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return ReadEntry(answer) ?? throw CloudflareEnvelope.MissingResult(request, answer);
    }

    /// <inheritdoc/>
    public async Task<Page<ImpersonationRegistryEntry>> ReadPageAsync(
        ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var path = query.AppendTo(_path.Query("page", cursor.Number).Query("per_page", cursor.Size));
        var request = new ApiRequest(HttpMethod.Get, path) { Permission = ReadPermission };
        var answer = await _connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return CloudflareEnvelope.ReadPage(request, answer, fields => new ImpersonationRegistryEntry(fields, _accountId));
    }

    /// <inheritdoc/>
    public async Task<ImpersonationRegistryEntry?> PatchAsync(string id, FieldPatch patch, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(ApiRequest.Patch, _path.WithId(id, IdName)) { Body = patch.ToUtf8(), Permission = WritePermission };
        var answer = await _connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return ReadEntry(answer);
    }

    /// <inheritdoc/>
    /// <remarks>The registry has no PUT.</remarks>
    public Task<ImpersonationRegistryEntry?> ReplaceAsync(
        string id, FieldPatch whole, IRequestObserver observer, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The impersonation registry cannot replace a whole entry.");

    /// <inheritdoc/>
    public async Task<ImpersonationRegistryEntry?> CreateAsync(FieldPatch body, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, _path) { Body = body.ToUtf8(), Permission = WritePermission };
        var answer = await _connection.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return ReadEntry(answer);
    }

    /// <inheritdoc/>
    /// <remarks>Newest first, until older ones come. Not by search, whose matching Cloudflare does not promise.</remarks>
    public async Task<IReadOnlyList<ImpersonationRegistryEntry>> FindCreatedAsync(
        FieldPatch body, DateTime since, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var newest = new PageReader<ImpersonationRegistryEntry>(this, Query(orderBy: "created_at", descending: true));
        var candidates = new List<ImpersonationRegistryEntry>();
        while (await newest.NextAsync(observer, cancellationToken).ConfigureAwait(false) is { } page)
        {
            candidates.AddRange(page.Items.Where(entry => entry.CreatedAt is not { } created || created >= since));
            if (page.Items.Any(entry => entry.CreatedAt < since))
            {
                break;
            }
        }

        return candidates;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, _path.WithId(id, IdName)) { Permission = WritePermission };
        return await _connection.DeleteAsync(request, observer, cancellationToken).ConfigureAwait(false);
    }

    private ImpersonationRegistryEntry? ReadEntry(ApiAnswer answer) =>
        CloudflareEnvelope.HasResult(answer) ? new ImpersonationRegistryEntry(() => CloudflareEnvelope.ReadResult(answer)!, _accountId) : null;
}
