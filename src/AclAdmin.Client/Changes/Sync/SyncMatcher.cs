using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>Which item a row names.</summary>
/// <param name="Row">The row.</param>
/// <param name="Item">The item; null where there is none yet.</param>
/// <param name="Failure">Why the row names none; null where it does, or where its item is to be created.</param>
internal sealed record SyncMatch<T>(DesiredRow Row, T? Item, AclException? Failure)
    where T : ApiResource
{
    /// <summary>The key that the row specifies; null where its id identifies the item.</summary>
    public FieldPatch? Key { get; init; }
}

/// <summary>Finds the items that the rows of a desired state name. Rows that name the same item contradict each other, so none of them counts.</summary>
internal sealed class SyncMatcher<T>(ResourceDescriptor resource, SyncKey key, StateCache<T> states, ChangePlanner<T> planner)
    where T : ApiResource
{
    private const int ListedItems = 20;

    /// <summary>Finds the item of each row.</summary>
    public IReadOnlyList<SyncMatch<T>> Match(IResourceClient<T> client, IReadOnlyList<DesiredRow> rows)
    {
        var matches = rows.Select(row => Match(client, row)).ToArray();
        var items = Repeated(matches.Where(match => match.Item is not null), match => match.Item!.GetIdentity(), StringComparer.OrdinalIgnoreCase);
        var creates = key.Comparer is null ? [] : Repeated(matches.Where(match => match.Item is null && match.Failure is null), match => match.Row.Content.Patch, key.Comparer);
        var collisions = FindCollisions(matches);
        return matches
            .Select(match => match.Failure is null && collisions.TryGetValue(match.Row.Row, out var collision) ? match with { Failure = collision }
                : match.Failure is null
                && (match.Item is null ? creates.TryGetValue(match.Row.Content.Patch, out var repeated) : items.TryGetValue(match.Item.GetIdentity(), out repeated))
                ? match with { Failure = Contradicting(match, repeated) }
                : match)
            .ToArray();
    }

    /// <summary>
    /// Finds rows that give an item, by its id, the key by which another row identifies one: two items of one key would result, and the second of these
    /// rows would be ambiguous from then on.
    /// </summary>
    private Dictionary<ChangeRow, AclException> FindCollisions(IReadOnlyList<SyncMatch<T>> matches)
    {
        var collisions = new Dictionary<ChangeRow, AclException>();
        if (key.Comparer is not { } comparer)
        {
            return collisions;
        }

        var byKey = new Dictionary<FieldPatch, SyncMatch<T>>(comparer);
        foreach (var match in matches.Where(match => match is { Failure: null, Key: not null }))
        {
            byKey[match.Key!] = match;
        }

        foreach (var match in matches.Where(match => match is { Failure: null, Key: null, Item: not null }))
        {
            var result = comparer.ValuesOf(match.Item!);
            foreach (var field in comparer.Fields.Where(field => match.Row.Content.Patch.IsSpecified(field.Name)))
            {
                result.Set(field, match.Row.Content.Patch[field.Name]!);
            }

            if (byKey.TryGetValue(result, out var other) && other.Item?.GetIdentity() != match.Item!.GetIdentity())
            {
                collisions[match.Row.Row] = collisions[other.Row.Row] = new AclException(
                    ErrorKind.ValidationFailed,
                    $"The rows {match.Row.Row.Number} and {other.Row.Row.Number} would make two {resource.Plural} with the {comparer.Describe(result)}: one is identified by its id, and one by its {comparer.Names}. Nothing was sent for them.",
                    "Keep one of the rows, or add the id to the other.");
            }
        }

        return collisions;
    }

    private static Dictionary<TKey, SyncMatch<T>[]> Repeated<TKey>(
        IEnumerable<SyncMatch<T>> matches, Func<SyncMatch<T>, TKey> keyOf, IEqualityComparer<TKey> comparer)
        where TKey : notnull => matches
        .GroupBy(keyOf, comparer)
        .Where(group => group.Skip(1).Any())
        .ToDictionary(group => group.Key, group => group.ToArray(), comparer);

    private AclException Contradicting(SyncMatch<T> match, SyncMatch<T>[] repeated)
    {
        var numbers = string.Join(", ", repeated.Take(ListedItems).Select(other => other.Row.Row.Number)) + (repeated.Length > ListedItems ? ", ..." : "");
        var what = match.Item is not null ? $"{resource.Noun} {match.Item}" : $"{resource.Noun} with the {key.Comparer!.Describe(match.Row.Content.Patch)}";
        return new AclException(
            ErrorKind.ValidationFailed, $"The rows {numbers} are about the same {what}. Nothing was sent for any of them.", "Keep one row for each item.");
    }

    private SyncMatch<T> Match(IResourceClient<T> client, DesiredRow row)
    {
        try
        {
            var content = row.Content;
            if (key.Comparer is null || content.State is not null || (key.AcceptsId && content.Id.Length > 0))
            {
                var id = planner.CheckId(content);
                return new SyncMatch<T>(row, states.FindState(client, id), null);
            }

            return MatchFields(client, row, key.Comparer);
        }
        catch (AclException unclear)
        {
            return new SyncMatch<T>(row, null, unclear);
        }
    }

    private SyncMatch<T> MatchFields(IResourceClient<T> client, DesiredRow row, ItemComparer comparer)
    {
        var content = row.Content;
        planner.RemoveForeignId(content, client);
        if (comparer.FindMissing(content.Patch) is { } field)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The row names no {resource.Noun}: there is no value for {field.Name}{(key.AcceptsId ? ", and no id" : "")}. Nothing was sent.",
                "Add the value, or remove the row.");
        }

        var found = states.FindMatches(client, comparer, content.Patch);
        if (found.Length > 1)
        {
            throw StateCache<T>.Ambiguous(client, comparer, content.Patch, found);
        }

        if (content.Id.Length > 0 && (found.Length == 0 || !string.Equals(found[0].GetIdentity(), content.Id, StringComparison.OrdinalIgnoreCase)))
        {
            var present = found.Length == 0 ? "there is none" : $"it is {found[0].GetIdentity()}";
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The row specifies the id {DisplayText.Of(content.Id)}, and -Key names the {resource.Noun} with the {comparer.Describe(content.Patch)}: {present}. Nothing was sent.",
                "Correct the row, or remove the id from it.");
        }

        if (found.Length == 0)
        {
            return new SyncMatch<T>(row, null, null) { Key = content.Patch };
        }

        var wanted = content.Patch.Only([.. comparer.Fields.Select(part => part.Name)]);

        // The values identify the item. Where they differ in their spelling alone, that is no change.
        foreach (var part in comparer.Fields)
        {
            content.Patch.Remove(part.Name);
        }

        content.Id = found[0].GetIdentity();
        return new SyncMatch<T>(row, found[0], null) { Key = wanted };
    }
}
