using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>The key by which a row of a desired state identifies its item: an id, or fields in its place.</summary>
public sealed class SyncKey
{
    private SyncKey(ItemComparer? comparer, bool acceptsId)
    {
        Comparer = comparer;
        AcceptsId = acceptsId;
    }

    /// <summary>Compares items by the fields of the key; null where the id alone identifies items.</summary>
    public ItemComparer? Comparer { get; }

    /// <summary>Whether an id comes before the fields where a row has one.</summary>
    public bool AcceptsId { get; }

    /// <summary>The API names of the fields between commas, as a plan keeps them; null where the id alone identifies items.</summary>
    internal string? Text => Comparer is null ? null : string.Join(",", Comparer.Fields.Select(part => part.Name));

    /// <summary>Finds a key by the names of its fields.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="names">Names of <see cref="MatchKey.NamesOf"/>; null or none for the id where a row has one, and the first of these fields elsewhere.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: there is no such key.</exception>
    public static SyncKey Find(ResourceDescriptor resource, IReadOnlyList<string>? names)
    {
        var isDefault = names is null or { Count: 0 };
        var comparer = MatchKey.Find(resource, isDefault ? [resource.MatchKeys[0]] : names!, "Key");
        return new SyncKey(comparer, isDefault || comparer is null);
    }
}
