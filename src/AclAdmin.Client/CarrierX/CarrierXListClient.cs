using System.Linq;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>Reads and writes a list of CarrierX: an answer is the item itself, and pages are numbered by offset.</summary>
/// <typeparam name="T">What an item becomes.</typeparam>
public abstract class CarrierXListClient<T> : ResourceClient<T>
    where T : ApiResource
{
    /// <summary>Uses a connection for one list.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="definition">The list.</param>
    /// <param name="path">The list's path, relative to the connection's base address.</param>
    protected CarrierXListClient(ApiConnection connection, ResourceDefinition<T> definition, RequestPath path)
        : base(connection, definition, path)
    {
    }

    /// <summary>A delete is answered with 204 and no body.</summary>
    protected override ExpectedResponse DeleteResponse => ExpectedResponse.Nothing;

    /// <inheritdoc/>
    /// <remarks>Pages by offset rather than by the address in the answer, so that the token cannot be sent elsewhere.</remarks>
    protected override RequestPath PageOf(RequestPath list, PageCursor cursor) => list.Query("limit", cursor.Size).Query("offset", cursor.Offset);

    /// <summary>An item of a page.</summary>
    /// <param name="request">The request that was answered.</param>
    /// <param name="response">The answer.</param>
    /// <param name="sent">The item as the service sent it.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.UnexpectedResponse"/>: it is no such item.</exception>
    protected abstract T ReadListed(ApiRequest request, ApiResponse response, JObject sent);

    /// <inheritdoc/>
    protected override Page<T> ReadPage(ApiRequest request, ApiResponse response)
    {
        var body = response.Body.Tree;
        if (body["items"] is not JArray items)
        {
            throw Unexpected(request, response, "without the list of items that belongs there");
        }

        var hasMore = body["has_more"] is JValue { Value: bool more } ? more : (bool?)null;
        return new Page<T>(
            ListedItems.Read(items, request, response, Connection.Service.Name).Select(item => ReadListed(request, response, item)).ToArray(),
            PageNumbers.ReadTotal(body["total"]),
            PageNumbers.ReadSize(body["limit"]),
            hasMore);
    }
}
