using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes;

/// <summary>
/// What a list contained before a run, and what the run has created since: a create looks here so that nothing is created twice, and an item whose answer
/// was lost is recognised by its absence before the run. Safe for many threads.
/// </summary>
public sealed class ExistingItems<T>
    where T : ApiResource
{
    /// <summary>The ids that creates on a connection have made, so that no create claims an item of another create, even of another run.</summary>
    private static readonly ConditionalWeakTable<ApiConnection, ConcurrentDictionary<string, bool>> ClaimedIds = new();

    private readonly ResourceDescriptor _resource;
    private readonly HashSet<string> _before;
    private readonly ConcurrentDictionary<string, T[]> _byKey;

    /// <summary>Starts with the contents of a list.</summary>
    /// <param name="resource">The field table of its items.</param>
    /// <param name="items">The items.</param>
    public ExistingItems(ResourceDescriptor resource, IEnumerable<T> items)
    {
        _resource = resource;
        _byKey = new ConcurrentDictionary<string, T[]>(resource.NaturalKeyComparer);
        _before = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            _before.Add(item.GetIdentity());
            Add(item);
        }
    }

    /// <summary>Whether an item was there before the run.</summary>
    public bool WasThereBefore(string id) => _before.Contains(id);

    /// <summary>The items with the natural key that a create would have, without regard to case; none where it is new.</summary>
    public IReadOnlyList<T> Find(FieldPatch body) => _byKey.TryGetValue(KeyOf(body), out var found) ? found : [];

    /// <summary>Adds an item that the run has created or changed.</summary>
    public void Add(T item) => _byKey.AddOrUpdate(
        KeyOf(item),
        _ => [item],
        (_, present) => [.. present.Where(other => !string.Equals(other.GetIdentity(), item.GetIdentity(), StringComparison.OrdinalIgnoreCase)), item]);

    /// <summary>The natural key of what a create specifies, as one text.</summary>
    public string KeyOf(FieldPatch body) => NaturalKeyText.Of(_resource, name => body[name] ?? (JToken?)_resource[name].ServiceDefault);

    /// <summary>Claims an item for the create that made it.</summary>
    /// <returns>False when another create made it.</returns>
    internal static bool Claim(ApiConnection connection, string id) =>
        ClaimedIds.GetValue(connection, _ => new ConcurrentDictionary<string, bool>(StringComparer.OrdinalIgnoreCase)).TryAdd(id, true);

    /// <summary>The natural key of an item, as one text.</summary>
    internal string KeyOf(T item) => NaturalKeyText.Of(_resource, item.GetField);
}

/// <summary>The fields that together identify an item where no id is known, as one text.</summary>
internal static class NaturalKeyText
{
    /// <summary>Builds the key.</summary>
    /// <param name="resource">The field table, which names the fields.</param>
    /// <param name="read">Reads a field by its API name.</param>
    public static string Of(ResourceDescriptor resource, Func<string, JToken?> read) => string.Join("\n", resource.NaturalKey.Select(name => TextOf(read(name))));

    /// <summary>A list is compared as a set: the order of its items and repeated items have no meaning.</summary>
    private static string TextOf(JToken? value) => value switch
    {
        JArray items => string.Join("\t", items.Select(item => item.ToString()).Distinct(StringComparer.Ordinal).OrderBy(item => item, StringComparer.Ordinal)),
        null => "",
        _ => value.ToString(),
    };
}
