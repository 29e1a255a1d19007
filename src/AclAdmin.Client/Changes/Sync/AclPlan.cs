using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>The changes that bring one list into its desired state.</summary>
public sealed class AclPlan
{
    internal AclPlan(AclPlanHead head, SyncCounts counts, IReadOnlyList<AclPlanChange> changes)
    {
        Head = head;
        Counts = counts;
        Changes = changes;
    }

    /// <summary>
    /// Whether there are items to create, change or remove. In a script that ends like <c>terraform plan -detailed-exitcode</c>:
    /// <c>if ($plan.HasChanges) { exit 2 }</c>.
    /// </summary>
    public bool HasChanges => Changes.Count > 0;

    /// <summary>Items to create.</summary>
    public int ToCreate => Counts.ToCreate;

    /// <summary>Items to change.</summary>
    public int ToChange => Counts.ToChange;

    /// <summary>Items to remove.</summary>
    public int ToRemove => Counts.ToRemove;

    /// <summary>Managed items that are as their rows specify.</summary>
    public int Unchanged => Counts.Unchanged;

    /// <summary>Items that a directory owns or that are read-only.</summary>
    public int NotManaged => Counts.NotManaged;

    /// <summary>Managed items that no row names and that stay.</summary>
    public int NotListed => Counts.NotListed;

    /// <summary>Rows that cannot be carried out.</summary>
    public int Failed => Counts.Failed;

    /// <summary>Cloudflare or CarrierX.</summary>
    public string Service => Head.Origin.Service;

    /// <summary>The service's address.</summary>
    public string Address => Head.Origin.Address;

    /// <summary>The partner; null where the service has none, or it is not known.</summary>
    public string? Partner => Head.Origin.Partner;

    /// <summary>The account; null where the service has none.</summary>
    public string? AccountId => Head.AccountId;

    /// <summary>The list, such as <c>impersonation_registry</c>.</summary>
    public string Resource => Head.Resource;

    /// <summary>When it was planned, in UTC.</summary>
    public DateTime CreatedAt => Head.CreatedAt;

    /// <summary>The changes: creates and updates in the order of the rows, then removals.</summary>
    public IReadOnlyList<AclPlanChange> Changes { get; }

    /// <summary>Whether a secret was masked in it, so that it does not hold what would be sent and cannot be applied.</summary>
    public bool IsMasked => Changes.Any(change => change.IsMasked);

    internal AclPlanHead Head { get; }

    internal SyncCounts Counts { get; }

    /// <summary>Makes a plan from the planned rows.</summary>
    /// <param name="plan">The planned rows.</param>
    /// <param name="client">The list.</param>
    /// <param name="key">The key by which the rows identify items.</param>
    /// <param name="createdAt">The time, in UTC.</param>
    public static AclPlan Of<T>(SyncPlan<T> plan, IResourceClient<T> client, SyncKey key, DateTime createdAt)
        where T : ApiResource
    {
        var redactor = client.Connection.Redactor;
        var changes = plan.Steps.Select(step => step.Plan).OfType<ChangePlan<T>>().Where(change => !change.IsEmpty).Concat(plan.Removals)
            .Select(change => AclPlanChange.Of(change).Redact(redactor)).ToArray();
        var head = new AclPlanHead(ListOrigin.Of(client.Connection), client.AccountId, client.ListName, key.Text, createdAt);
        return new AclPlan(head, plan.Counts, changes);
    }

    /// <summary>The plan as Markdown with a table of the changes, for a comment on a pull request: at most 60,000 characters or so.</summary>
    public string ToMarkdown() => AclPlanMarkdown.Write(this);

    /// <inheritdoc/>
    public override string ToString() => Counts.ToString();
}

/// <summary>What a plan is for.</summary>
/// <param name="Origin">The service, its address, and whose list it is.</param>
/// <param name="AccountId">The account; null where the service has none.</param>
/// <param name="Resource">The list's name in journals and plans.</param>
/// <param name="Key">The fields that distinguish new items from existing ones, between commas; null where the id does.</param>
/// <param name="CreatedAt">When it was planned, in UTC.</param>
internal sealed record AclPlanHead(ListOrigin Origin, string? AccountId, string Resource, string? Key, DateTime CreatedAt);
