using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>
/// What planning knows of the service: the list as it was when the run began, by id and by keys. An item that the run has changed is no longer known: a
/// later row for it is sent as it is, since the earlier one may fail.
/// </summary>
/// <param name="read">Everything that a client sees, by id: read once, by <see cref="PresentItems{T}"/>.</param>
/// <param name="readOne">One item, for a call that names a few of them; null where the whole list is read.</param>
public sealed class StateCache<T>(Func<IResourceClient<T>, Dictionary<string, T>> read, Func<IResourceClient<T>, string, T>? readOne = null)
    where T : ApiResource
{
    /// <summary>How many ids a message lists.</summary>
    private const int ListedIds = 20;

    private readonly Dictionary<IResourceClient<T>, ExistingItems<T>> _existing = [];
    private readonly Dictionary<(IResourceClient<T>, ItemComparer), ILookup<string, T>> _matches = [];
    private readonly HashSet<(IResourceClient<T>, string)> _changed = [];

    /// <summary>The state of an item; null where the run has changed it.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.NotFound"/>: the service has no such item; or the list could not be read.</exception>
    public T? FindState(IResourceClient<T> client, string id)
    {
        if (_changed.Contains((client, id.ToUpperInvariant())))
        {
            return null;
        }

        if (readOne is not null)
        {
            return readOne(client, id);
        }

        return read(client).TryGetValue(id, out var state) ? state : throw new AclException(
            ErrorKind.NotFound,
            $"The service has no {client.Resource.Noun} {id}. Nothing was sent.",
            $"Check the id; the {client.Resource.Noun} may have been removed.");
    }

    /// <summary>The one item that has a key.</summary>
    /// <param name="client">The client of the list.</param>
    /// <param name="key">The fields of the key.</param>
    /// <param name="wanted">Their values.</param>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.NotFound"/>: no item has it; <see cref="ErrorKind.ValidationFailed"/>: several have it; or the list could not be read.
    /// </exception>
    public T Match(IResourceClient<T> client, ItemComparer key, FieldPatch wanted)
    {
        var found = FindMatches(client, key, wanted);
        if (found.Length == 1)
        {
            return found[0];
        }

        if (found.Length == 0)
        {
            throw new AclException(
                ErrorKind.NotFound,
                $"The service has no {client.Resource.Noun} with the {key.Describe(wanted)}. Nothing was sent.",
                "Check the value: it is compared as a whole, without regard to case.");
        }

        throw Ambiguous(client, key, wanted, found);
    }

    /// <summary>The items that have a key; none where no item has it.</summary>
    /// <exception cref="AclException">The list could not be read.</exception>
    public T[] FindMatches(IResourceClient<T> client, ItemComparer key, FieldPatch wanted)
    {
        if (!_matches.TryGetValue((client, key), out var byKey))
        {
            byKey = read(client).Values.ToLookup(key.KeyOf, StringComparer.Ordinal);
            _matches[(client, key)] = byKey;
        }

        return byKey[key.KeyOf(wanted)].Where(item => key.HaveSameKey(wanted, item)).ToArray();
    }

    /// <summary>The error for a key that several items have.</summary>
    internal static AclException Ambiguous(IResourceClient<T> client, ItemComparer key, FieldPatch wanted, T[] found)
    {
        var listed = string.Join(", ", found.Take(ListedIds).Select(item => item.ToString()));
        return new AclException(
            ErrorKind.ValidationFailed,
            $"{found.Length} {client.Resource.Plural} have the {key.Describe(wanted)}: {listed}{(found.Length > ListedIds ? ", ..." : "")}. Nothing was sent.",
            "Specify the id of the one that is meant.");
    }

    /// <summary>Every item of the list.</summary>
    /// <exception cref="AclException">The list could not be read.</exception>
    public IReadOnlyCollection<T> ReadAll(IResourceClient<T> client) => read(client).Values;

    /// <summary>The list's contents when the run began, and the items that the run has created since.</summary>
    /// <exception cref="AclException">The list could not be read.</exception>
    public ExistingItems<T> GetExisting(IResourceClient<T> client) =>
        _existing.TryGetValue(client, out var existing) ? existing : _existing[client] = new ExistingItems<T>(client.Resource, read(client).Values);

    /// <summary>Records that a change was sent.</summary>
    public void Forget(IResourceClient<T> client, string id) => _changed.Add((client, id.ToUpperInvariant()));
}
