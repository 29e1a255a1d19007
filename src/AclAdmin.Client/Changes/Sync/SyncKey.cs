using System;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>The key by which a row of a desired state identifies its item: an id, or a field in its place.</summary>
public sealed class SyncKey
{
    private SyncKey(FieldDescriptor? field, bool acceptsId, StringComparer comparer)
    {
        Field = field;
        AcceptsId = acceptsId;
        Comparer = comparer;
    }

    /// <summary>The field; null where the id alone names items.</summary>
    public FieldDescriptor? Field { get; }

    /// <summary>Whether an id comes before the field where a row has one.</summary>
    public bool AcceptsId { get; }

    /// <summary>How values of the field are compared.</summary>
    public StringComparer Comparer { get; }

    /// <summary>Finds a key by its name.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="name">A name of <see cref="MatchKey.NamesOf"/>; null for the id where a row has one, and the first of these fields elsewhere.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: there is no such key.</exception>
    public static SyncKey Find(ResourceDescriptor resource, string? name)
    {
        var field = MatchKey.Find(resource, name ?? resource.MatchKeys[0], "Key");

        // Where the field alone is the natural key, it decides whether case is significant, as it is in an expression.
        var comparer = field is not null && resource.NaturalKey.Count == 1 && resource.NaturalKey[0] == field.Name
            ? resource.NaturalKeyComparer
            : StringComparer.OrdinalIgnoreCase;
        return new SyncKey(field, name is null || field is null, comparer);
    }
}
