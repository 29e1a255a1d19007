using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Surfaces;

/// <summary>The impersonation registry, as cmdlets see it.</summary>
internal sealed class RegistrySurface : ResourceSurface<ImpersonationRegistryEntry>
{
    /// <summary>The one instance.</summary>
    public static readonly RegistrySurface Instance = new();

    private RegistrySurface()
    {
    }

    public override ServiceSurface Service => ServiceSurface.Cloudflare;

    public override ResourceDescriptor Resource => ImpersonationRegistryEntry.Descriptor;

    public override IReadOnlyList<string> IdentityNames { get; } = ["Id", .. ImpersonationRegistryEntry.Descriptor.IdentityAliases];

    public override IReadOnlyList<string> AccountNames { get; } = ["AccountId", "account_id"];

    public override string? AccountOf(ApiResource thing) => (thing as ImpersonationRegistryEntry)?.AccountId;

    public override IResourceClient<ImpersonationRegistryEntry> OpenClient(ApiConnection connection, string? accountId) =>
        new ImpersonationRegistryClient(connection, accountId ?? connection.AccountId ?? throw new AclException(
            ErrorKind.ValidationFailed,
            $"Neither -AccountId nor the connection '{connection.Name}' says which Cloudflare account is meant.",
            "Give -AccountId, connect with one, or set CLOUDFLARE_ACCOUNT_ID."));
}
