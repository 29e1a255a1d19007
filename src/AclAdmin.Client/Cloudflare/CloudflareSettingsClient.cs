using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>One list of the Email Security settings of one account; its definition specifies which list.</summary>
/// <typeparam name="T">What an item becomes.</typeparam>
public sealed class CloudflareSettingsClient<T> : ResourceClient<T>
    where T : ApiResource
{
    private const int NoContent = 204;

    private readonly CloudflareSettingsDefinition<T> _definition;
    private readonly string _accountId;
    private readonly RequestPath _batchPath;

    /// <summary>Uses a connection for one account.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the account id cannot be one.</exception>
    public CloudflareSettingsClient(ApiConnection connection, CloudflareSettingsDefinition<T> definition, string accountId)
        : base(connection, definition, CloudflareAccounts.SettingsPath(accountId, definition.Segment))
    {
        _definition = definition;
        _accountId = accountId;
        _batchPath = CloudflareAccounts.SettingsPath(accountId, definition.Segment).With("batch");
    }

    /// <inheritdoc/>
    public override string? AccountId => _accountId;

    /// <summary>The answer to a delete is an envelope, whose content is not needed.</summary>
    protected override ExpectedResponse DeleteResponse => ExpectedResponse.JsonObject;

    /// <inheritdoc/>
    protected override bool CanReplace => _definition.CanReplace;

    /// <inheritdoc/>
    /// <remarks>Newest first. Not by search, whose matching Cloudflare does not promise.</remarks>
    public override ListQuery QueryForCreated(FieldPatch body) => _definition.CanSort
        ? new ListQuery { IsNewestFirst = true }.Sort("order", "created_at").Sort("direction", "desc")
        : new ListQuery();

    /// <inheritdoc/>
    protected override async Task<WriteAnswer<T>> SendBatchAsync(ResourceBatch batch, IRequestObserver observer, RequestCancellation cancellation)
    {
        var request = batch.ToRequest(_batchPath, Batch, CloudflarePermissions.Write, Resource.Identity.Name);
        var response = await Connection.SendAsync(request, observer, cancellation).ConfigureAwait(false);
        var result = CloudflareEnvelope.ReadResult(response);
        var foreign = new List<JToken>();
        return new WriteAnswer<T>([.. Read("posts")], [.. Read("patches"), .. Read("puts")], [.. Read("deletes").Select(item => item.GetIdentity())])
        {
            Misfit = foreign.Count > 0 ? Unexpected(request, response, "the answer contains an item that is no object") : null,
            StatusCode = response.StatusCode,
            RequestId = response.RequestId,
        };

        IEnumerable<T> Read(string name)
        {
            var items = result?[name] as JArray ?? [];
            foreign.AddRange(items.Where(item => item is not JObject));
            return items.OfType<JObject>().Select(fields => _definition.Create(() => fields, _accountId));
        }
    }

    /// <inheritdoc/>
    protected override RequestPath PageOf(RequestPath list, PageCursor cursor) => list.Query("page", cursor.Number).Query("per_page", cursor.Size);

    /// <inheritdoc/>
    protected override T? ReadItem(ApiRequest request, ApiResponse response, string? id)
    {
        if (!CloudflareEnvelope.HasResult(response))
        {
            return null;
        }

        CheckShown(request, response, id);
        return _definition.Create(() => CloudflareEnvelope.ReadResult(response)!, _accountId);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string>? ReadDeleted(ApiResponse response) => response.StatusCode == NoContent
        ? null // The connection's word that an earlier try has removed it: an answer of Cloudflare's has a body.
        : response.Body.GetIdOf("result", "id") is { } id ? [id] : [];

    private void CheckShown(ApiRequest request, ApiResponse response, string? id)
    {
        if (id is not null && response.Body.GetIdOf("result", "id") is { } shown && !string.Equals(shown, id, StringComparison.OrdinalIgnoreCase))
        {
            throw Unexpected(request, response, $"the answer shows the {Resource.Noun} '{DisplayText.Of(shown)}', which is another one");
        }
    }

    /// <inheritdoc/>
    protected override Page<T> ReadPage(ApiRequest request, ApiResponse response) =>
        CloudflareEnvelope.ReadPage(request, response, fields => _definition.Create(() => fields, _accountId));
}
