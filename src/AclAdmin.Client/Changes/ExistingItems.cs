using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

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

    private readonly ItemComparer _comparer;
    private readonly HashSet<string> _before;
    private readonly string? _idForm;
    private readonly ConcurrentDictionary<string, T[]> _byKey = new(StringComparer.Ordinal);

    /// <summary>Starts with the contents of a list.</summary>
    /// <param name="resource">The field table of its items.</param>
    /// <param name="items">The items.</param>
    public ExistingItems(ResourceDescriptor resource, IEnumerable<T> items)
    {
        _comparer = resource.Comparer;
        _before = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            _before.Add(item.GetIdentity());
            Add(item);
        }

        // Ids are UUIDs on both services, and were numbers once; what else a list has is not for us to judge.
        var forms = _before.Select(FormOf).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        _idForm = forms.Length == 1 ? forms[0] : null;
    }

    /// <summary>Whether a text can be the id of a new item: one that was not there before, and of the form that all ids of the list have.</summary>
    public bool MayBeNewId(string id) => RequestPath.IsId(id) && !_before.Contains(id) && (_idForm is null || FormOf(id) == _idForm);

    /// <summary>Whether an item was there before the run.</summary>
    public bool WasThereBefore(string id) => _before.Contains(id);

    /// <summary>The items with the natural key that a create would have; none where it is new.</summary>
    public IReadOnlyList<T> Find(FieldPatch body) =>
        _byKey.TryGetValue(_comparer.KeyOf(body), out var found) ? [.. found.Where(item => _comparer.HaveSameKey(body, item))] : [];

    /// <summary>Adds an item that the run has created or changed.</summary>
    public void Add(T item) => _byKey.AddOrUpdate(
        _comparer.KeyOf(item),
        _ => [item],
        (_, present) => [.. present.Where(other => !string.Equals(other.GetIdentity(), item.GetIdentity(), StringComparison.OrdinalIgnoreCase)), item]);

    /// <summary>The places of an id's separators.</summary>
    private static string FormOf(string id) => new([.. id.Select(letter => char.IsLetterOrDigit(letter) ? 'x' : letter)]);

    /// <summary>Claims an item for the create that made it.</summary>
    /// <returns>False when another create made it.</returns>
    internal static bool Claim(ApiConnection connection, string id) =>
        ClaimedIds.GetValue(connection, _ => new ConcurrentDictionary<string, bool>(StringComparer.OrdinalIgnoreCase)).TryAdd(id, true);
}
