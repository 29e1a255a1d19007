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
    /// <exception cref="NotSupportedException">The list has no PUT.</exception>
    public override Task<T?> ReplaceAsync(string id, FieldPatch whole, IRequestObserver observer, RequestCancellation cancellation) => _definition.CanReplace
        ? base.ReplaceAsync(id, whole, observer, cancellation)
        : throw new NotSupportedException($"Cloudflare cannot replace a whole {Resource.Noun}.");

    /// <inheritdoc/>
    /// <remarks>Newest first. Not by search, whose matching Cloudflare does not promise.</remarks>
    public override ListQuery QueryForCreated(FieldPatch body) => _definition.CanSort
        ? new ListQuery { IsNewestFirst = true }.Sort("order", "created_at").Sort("direction", "desc")
        : new ListQuery();

    /// <inheritdoc/>
    public override async Task<BatchAnswer<T>> SendBatchAsync(ResourceBatch batch, IRequestObserver observer, RequestCancellation cancellation)
    {
        var request = batch.ToRequest(_batchPath, Batch, CloudflarePermissions.Write, Resource.Identity.Name);
        var response = await Connection.SendAsync(request, observer, cancellation).ConfigureAwait(false);
        var result = CloudflareEnvelope.ReadResult(response);
        var updated = ReadItems(result?["patches"]).ToArray();
        var created = ReadItems(result?["posts"]).ToArray();
        var expected = new HashSet<string>(batch.Items.Select(item => item.Id), StringComparer.OrdinalIgnoreCase);
        if (updated.FirstOrDefault(item => !expected.Contains(item.GetIdentity())) is { } stranger)
        {
            throw Unexpected(request, response, $"the answer shows the {Resource.Noun} '{DisplayText.Of(stranger.GetIdentity())}', which is not in the batch");
        }

        if (created.Length > 0 && created.Length != batch.Creates)
        {
            throw Unexpected(request, response, $"the answer shows {created.Length} new {Resource.Plural} where {batch.Creates} were to be created");
        }

        var byId = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in updated)
        {
            byId[item.GetIdentity()] = item;
        }

        return new BatchAnswer<T>(byId, created, response.RequestId);
    }

    private IEnumerable<T> ReadItems(JToken? items) =>
        (items as JArray ?? []).OfType<JObject>().Select(fields => _definition.Create(() => fields, _accountId));

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
    protected override void CheckDeleted(ApiRequest request, ApiResponse response, string id) => CheckShown(request, response, id);

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
