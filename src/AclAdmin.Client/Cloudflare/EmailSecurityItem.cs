using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The common base of the items of the Email Security settings.</summary>
public abstract class EmailSecurityItem : ApiResource, IAccountItem
{
    /// <summary>Creates an item from an answer whose fields may never be needed.</summary>
    /// <param name="fields">Returns the object that the service sent, when it is needed.</param>
    /// <param name="accountId">The account it belongs to, which the service does not repeat.</param>
    private protected EmailSecurityItem(Func<JObject> fields, string accountId)
        : base(fields)
    {
        AccountId = accountId;
    }

    /// <summary>Identifies the item.</summary>
    public string Id => Text("id") ?? "";

    /// <summary>When the item was made, in UTC.</summary>
    public DateTime? CreatedAt => Time("created_at");

    /// <summary>When the item was last changed, in UTC; older answers have it as <c>last_modified</c>.</summary>
    public DateTime? ModifiedAt => Time("modified_at") ?? Time("last_modified");

    /// <summary>The account that the item belongs to.</summary>
    public string AccountId { get; }

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => null;
}
