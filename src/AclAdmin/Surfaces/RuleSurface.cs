using System.Collections.Generic;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Surfaces;

/// <summary>CarrierX's access control rules, as cmdlets see them.</summary>
internal sealed class RuleSurface : ResourceSurface<AccessControlRule>
{
    /// <summary>The one instance.</summary>
    public static readonly RuleSurface Instance = new();

    private RuleSurface()
    {
    }

    public override ServiceSurface Service => ServiceSurface.CarrierX;

    public override ResourceDescriptor Resource => AccessControlRule.Descriptor;

    public override IReadOnlyList<string> IdentityNames { get; } = ["RuleSid", "rule_sid", .. AccessControlRule.Descriptor.IdentityAliases];

    public override IResourceClient<AccessControlRule> OpenClient(ApiConnection connection, string? accountId) => new AccessControlRuleClient(connection);
}
