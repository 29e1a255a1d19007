using System;
using System.Linq;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>Reads and writes access control rules: an answer of CarrierX is the rule itself, a list is counted in offsets.</summary>
public sealed class AccessControlRuleClient(ApiConnection connection)
    : ResourceClient<AccessControlRule>(connection, AccessControlRuleDefinition.Instance, RequestPath.Of("accesscontrol", "rules"))
{
    /// <summary>A delete is answered with 204 and no body.</summary>
    protected override ExpectedResponse DeleteResponse => ExpectedResponse.Nothing;

    /// <inheritdoc/>
    public override ListQuery QueryForCreated(FieldPatch body) =>
        AccessControlRuleDefinition.Query(null, (string?)body["field"], (string?)body["operation"], (string?)body["quantifier"]);

    /// <inheritdoc/>
    /// <remarks>Goes on by offset rather than by the address that the answer names, so that the token cannot be sent elsewhere.</remarks>
    protected override RequestPath PageOf(RequestPath list, PageCursor cursor) => list.Query("limit", cursor.Size).Query("offset", cursor.Offset);

    /// <inheritdoc/>
    protected override AccessControlRule? ReadItem(ApiRequest request, ApiResponse response, string? id)
    {
        var shown = response.Body.GetId(Resource.Identity.Name);
        if (string.IsNullOrEmpty(shown))
        {
            throw Unexpected(request, response, "the answer is not a rule: it has no rule_sid");
        }

        return id is null || string.Equals(shown, id, StringComparison.OrdinalIgnoreCase)
            ? new AccessControlRule(() => response.Body.Tree)
            : throw Unexpected(request, response, $"the answer shows the rule '{DisplayText.Of(shown)}', which is another one");
    }

    /// <inheritdoc/>
    protected override Page<AccessControlRule> ReadPage(ApiRequest request, ApiResponse response)
    {
        var body = response.Body.Tree;
        if (body["items"] is not JArray items)
        {
            throw Unexpected(request, response, "without the list of items that belongs there");
        }

        var hasMore = body["has_more"] is JValue { Value: bool more } ? more : (bool?)null;
        return new Page<AccessControlRule>(
            items.OfType<JObject>().Select(item => new AccessControlRule(item)).ToArray(), PageNumbers.ReadTotal(body["total"]), PageNumbers.ReadSize(body["limit"]), hasMore);
    }
}
