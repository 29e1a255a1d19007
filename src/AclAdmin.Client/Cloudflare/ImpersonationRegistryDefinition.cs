using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The impersonation registry of an account.</summary>
public sealed class ImpersonationRegistryDefinition : CloudflareSettingsDefinition<ImpersonationRegistryEntry>
{
    /// <summary>The one instance.</summary>
    public static readonly ImpersonationRegistryDefinition Instance = new();

    private ImpersonationRegistryDefinition()
    {
    }

    /// <inheritdoc/>
    public override ResourceDescriptor Resource => ImpersonationRegistryEntry.Descriptor;

    /// <inheritdoc/>
    public override string Segment => "impersonation_registry";

    /// <summary>The filters and the order of a list; a null omits the condition.</summary>
    /// <param name="search">A text that the service searches for; how it matches may change.</param>
    /// <param name="provenance">One of the provenances.</param>
    /// <param name="orderBy"><c>name</c>, <c>email</c> or <c>created_at</c>; null for the service's own order.</param>
    /// <param name="descending">Whether the order is reversed.</param>
    public static ListQuery Query(string? search = null, string? provenance = null, string? orderBy = null, bool descending = false) => new ListQuery()
        .Filter("search", search)
        .Filter("provenance", provenance)
        .Sort("order", orderBy)
        .Sort("direction", descending ? "desc" : orderBy is null ? null : "asc");

    /// <inheritdoc/>
    public override ImpersonationRegistryEntry Create(Func<JObject> fields, string accountId) => new(fields, accountId);
}
