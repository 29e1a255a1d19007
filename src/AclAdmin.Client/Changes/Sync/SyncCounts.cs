using System.Collections.Generic;
using System.Globalization;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>The counts of a plan for a desired state.</summary>
/// <param name="ToCreate">Items to create.</param>
/// <param name="ToChange">Items to change.</param>
/// <param name="ToRemove">Items to remove.</param>
/// <param name="Unchanged">Managed items that are as their rows specify.</param>
/// <param name="NotManaged">Items that a directory owns or that are read-only.</param>
/// <param name="NotListed">Managed items that no row names and that stay.</param>
/// <param name="Failed">Rows that cannot be carried out.</param>
public sealed record SyncCounts(int ToCreate, int ToChange, int ToRemove, int Unchanged, int NotManaged, int NotListed, int Failed)
{
    /// <summary>The line that sums up a plan. Rare counts are omitted where they are zero.</summary>
    public override string ToString()
    {
        var parts = new List<string>
        {
            Format(ToCreate, "to create"), Format(ToChange, "to change"), Format(ToRemove, "to remove"), Format(Unchanged, "unchanged"), Format(NotManaged, "not managed here"),
        };
        if (NotListed > 0)
        {
            parts.Add(Format(NotListed, "not listed and left alone"));
        }

        if (Failed > 0)
        {
            parts.Add(Format(Failed, Failed == 1 ? "row failed" : "rows failed"));
        }

        return "Plan: " + string.Join(", ", parts);
    }

    private static string Format(int count, string what) => count.ToString("#,0", CultureInfo.InvariantCulture) + " " + what;
}
