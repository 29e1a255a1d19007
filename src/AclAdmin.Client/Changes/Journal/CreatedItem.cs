using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Compares an item with what a create of a journal has left. The whole item counts, and not only the fields that were sent.</summary>
internal static class CreatedItem
{
    /// <summary>
    /// The fields that differ, each with the value that is expected. Fields that only the service writes, such as the time of the last change, do not count.
    /// Where the answer to the create is not known, a field that was not sent must have a default.
    /// </summary>
    public static IEnumerable<(string Name, JToken Expected)> FindDifferences(ResourceDescriptor resource, AclChange create, JObject present)
    {
        var known = create.AfterFields ?? create.BodyFields ?? [];
        foreach (var name in present.Properties().Concat(known.Properties()).Select(field => field.Name).Distinct(StringComparer.Ordinal))
        {
            var field = resource.Find(name);
            var shown = present[name] ?? JValue.CreateNull();
            if (field?.Writable != false
                && !(known[name] is { } expected ? ItemComparer.HaveSameValue(field, shown, expected) : field is null || IsDefault(field, shown)))
            {
                yield return (name, known[name] ?? JValue.CreateNull());
            }
        }
    }

    /// <summary>
    /// Whether an item, which may be the one that a create has made, agrees with everything that was sent. Times prove nothing, as a service's clock is its own;
    /// somebody may have made the same by hand. So this is enough to record what became of a create, and an undo does not remove an item because of it alone.
    /// </summary>
    public static bool IsMadeBy(AclChange create, ResourceDescriptor resource, ApiResource item) =>
        create.BodyFields is not null
        && item.GetReadOnlyReason() is null
        && !FindDifferences(resource, create, item.CopyFields()).Any();

    /// <summary>Whether an item has the natural key of a create, so that it may be the one that it made, with edits of somebody since.</summary>
    public static bool IsLike(AclChange create, ResourceDescriptor resource, ApiResource item) => create.BodyFields is { } body
        && resource.Comparer.HaveSameKey(name => body[name], item.GetField);

    /// <summary>A value that nobody has to have set. Few defaults of the services are documented; a number's is taken to be the least one.</summary>
    private static bool IsDefault(FieldDescriptor field, JToken value) => value switch
    {
        JArray items => items.Count == 0,
        JValue { Value: null or "" or false or 0L } => true,
        JValue { Value: long number } when number == field.Minimum => true,
        _ => value.ToString() == field.ServiceDefault || (field.CreateDefault is { } own && JToken.DeepEquals(value, JToken.FromObject(own))),
    };
}
