using System;
using System.Collections.Generic;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.CarrierX;

/// <summary>The access control rules that a CarrierX token sees: its partner's own and those of the parent.</summary>
public sealed class AccessControlRuleDefinition : ResourceDefinition<AccessControlRule>
{
    /// <summary>The one instance.</summary>
    public static readonly AccessControlRuleDefinition Instance = new();

    private AccessControlRuleDefinition()
    {
    }

    /// <inheritdoc/>
    public override ServiceProfile Service => CarrierXService.Instance;

    /// <inheritdoc/>
    public override string Name => "access_control_rules";

    /// <inheritdoc/>
    public override ResourceDescriptor Resource => AccessControlRule.Descriptor;

    /// <inheritdoc/>
    public override IReadOnlyList<string> IdentityNames { get; } = ["RuleSid", "rule_sid", .. AccessControlRule.Descriptor.IdentityAliases];

    /// <inheritdoc/>
    public override ResourcePermissions Permissions { get; } = new(
        AccessControlScopes.Read, AccessControlScopes.Create, AccessControlScopes.Update, AccessControlScopes.Delete);

    /// <summary>The filters of a list; a null omits the condition.</summary>
    /// <param name="nameLike">A pattern for the name, with <c>%</c> for anything. It must not contain quotes: how CarrierX escapes them is not
    /// documented.</param>
    /// <param name="field">One of the fields.</param>
    /// <param name="operation">One of the operations.</param>
    /// <param name="quantifier">One of the quantifiers.</param>
    public static ListQuery Query(string? nameLike = null, string? field = null, string? operation = null, string? quantifier = null)
    {
        var conditions = new List<string>();
        AddCondition(conditions, "field", "eq", field);
        AddCondition(conditions, "operation", "eq", operation);
        AddCondition(conditions, "quantifier", "eq", quantifier);
        AddCondition(conditions, "name", "like", nameLike);
        return new ListQuery().Filter("filter", conditions.Count == 0 ? null : string.Join(" and ", conditions));
    }

    /// <inheritdoc/>
    public override IResourceClient<AccessControlRule> OpenClient(ApiConnection connection, string? accountId) => new AccessControlRuleClient(connection);

    private static void AddCondition(List<string> conditions, string attribute, string comparison, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.Contains("\""))
        {
            throw new ArgumentException("How CarrierX escapes a quote in a filter is not documented.", nameof(value));
        }

        conditions.Add($"{attribute} {comparison} \"{value}\"");
    }
}

/// <summary>The scopes of access control, as CarrierX names them; any one of those in a text is sufficient.</summary>
public static class AccessControlScopes
{
    /// <summary>Needed for reading.</summary>
    public const string Read = "accesscontrol.read or accesscontrol.manage";

    /// <summary>Required for changing and replacing.</summary>
    public const string Update = "accesscontrol.update or accesscontrol.manage";

    /// <summary>Needed for creating.</summary>
    public const string Create = "accesscontrol.create or accesscontrol.manage";

    /// <summary>Needed for removing.</summary>
    public const string Delete = "accesscontrol.delete or accesscontrol.manage";
}
