using System;
using System.Collections.Generic;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>An item of the Email Security settings: it belongs to an account, which the service does not repeat in its answers.</summary>
public interface IAccountItem
{
    /// <summary>The account that the item belongs to.</summary>
    string AccountId { get; }
}

/// <summary>One list of the Email Security settings.</summary>
/// <typeparam name="T">What an item becomes.</typeparam>
public abstract class CloudflareSettingsDefinition<T> : ResourceDefinition<T>
    where T : ApiResource
{
    /// <inheritdoc/>
    public override ServiceProfile Service => CloudflareService.Instance;

    /// <inheritdoc/>
    public override string Name => Segment;

    /// <summary>The last segment of the list's address.</summary>
    public abstract string Segment { get; }

    /// <summary>Whether the list can be sorted.</summary>
    public virtual bool CanSort => true;

    /// <summary>Whether the list has a PUT.</summary>
    public virtual bool CanReplace => false;

    /// <inheritdoc/>
    public override ResourcePermissions Permissions { get; } = new(
        CloudflarePermissions.Read, CloudflarePermissions.Write, CloudflarePermissions.Write, CloudflarePermissions.Write);

    /// <inheritdoc/>
    public override IReadOnlyList<string> IdentityNames => _identityNames ??= ["Id", .. Resource.IdentityAliases];

    private string[]? _identityNames;

    /// <inheritdoc/>
    public override IReadOnlyList<string> AccountNames { get; } = ["AccountId", "account_id"];

    /// <inheritdoc/>
    public override string? GetAccountId(ApiResource item) => (item as IAccountItem)?.AccountId;

    /// <summary>Makes an item.</summary>
    /// <param name="fields">Returns the object that the service sent, when it is needed.</param>
    /// <param name="accountId">The account.</param>
    public abstract T Create(Func<JObject> fields, string accountId);

    /// <inheritdoc/>
    public override IResourceClient<T> OpenClient(ApiConnection connection, string? accountId) =>
        new CloudflareSettingsClient<T>(connection, this, CloudflareAccounts.Find(connection, accountId));
}

/// <summary>The permissions of the Email Security settings, as Cloudflare names them.</summary>
public static class CloudflarePermissions
{
    /// <summary>Needed for reading; <see cref="Write"/> includes it.</summary>
    public const string Read = "Cloud Email Security: Read";

    /// <summary>Needed for every change.</summary>
    public const string Write = "Cloud Email Security: Write";
}
