using System;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>Reads and writes access control rules.</summary>
public sealed class AccessControlRuleClient(ApiConnection connection)
    : CarrierXListClient<AccessControlRule>(connection, AccessControlRuleDefinition.Instance, RequestPath.Of("accesscontrol", "rules"))
{
    /// <inheritdoc/>
    public override ListQuery QueryForCreated(FieldPatch body) =>
        AccessControlRuleDefinition.Query(null, (string?)body["field"], (string?)body["operation"], (string?)body["quantifier"]);

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
    protected override AccessControlRule ReadListed(ApiRequest request, ApiResponse response, JObject sent) => new(sent);
}
