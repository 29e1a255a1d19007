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
    /// <summary>The key that two rows about one item share.</summary>
    public string Target { get; init; } = "";
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
        var items = Repeated(matches.Where(match => match.Item is not null), StringComparer.OrdinalIgnoreCase);
        var creates = Repeated(matches.Where(match => match.Item is null && match.Failure is null), key.Comparer);
        return matches
            .Select(match => match.Failure is null && (match.Item is null ? creates : items).TryGetValue(match.Target, out var repeated)
                ? match with { Failure = Contradicting(match, repeated) }
                : match)
            .ToArray();
    }

    private static Dictionary<string, SyncMatch<T>[]> Repeated(IEnumerable<SyncMatch<T>> matches, StringComparer comparer) => matches
        .GroupBy(match => match.Target, comparer)
        .Select(group => group.ToArray())
        .Where(group => group.Length > 1)
        .ToDictionary(group => group[0].Target, comparer);

    private AclException Contradicting(SyncMatch<T> match, SyncMatch<T>[] repeated)
    {
        var numbers = string.Join(", ", repeated.Take(ListedItems).Select(other => other.Row.Row.Number)) + (repeated.Length > ListedItems ? ", ..." : "");
        var what = match.Item is not null ? $"{resource.Noun} {match.Item}" : $"{resource.Noun} with the {key.Field!.Name} '{DisplayText.Of(match.Target)}'";
        return new AclException(
            ErrorKind.ValidationFailed, $"The rows {numbers} are about the same {what}. Nothing was sent for any of them.", "Keep one row for each item.");
    }

    private SyncMatch<T> Match(IResourceClient<T> client, DesiredRow row)
    {
        try
        {
            var content = row.Content;
            if (key.Field is null || content.State is not null || (key.AcceptsId && content.Id.Length > 0))
            {
                var id = planner.CheckId(content);
                var found = states.FindState(client, id)!;
                return new SyncMatch<T>(row, found, null) { Target = id };
            }

            return MatchField(client, row, key.Field);
        }
        catch (AclException unclear)
        {
            return new SyncMatch<T>(row, null, unclear);
        }
    }

    private SyncMatch<T> MatchField(IResourceClient<T> client, DesiredRow row, FieldDescriptor field)
    {
        var content = row.Content;
        planner.RemoveForeignId(content, client);
        var wanted = content.Patch.GetText(field.Name) ?? "";
        if (wanted.Length == 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The row names no {resource.Noun}: there is no value for {field.Name}{(key.AcceptsId ? ", and no id" : "")}. Nothing was sent.",
                "Add the value, or remove the row.");
        }

        var found = states.FindMatches(client, field, wanted).Where(item => key.Comparer.Equals(item.GetField(field.Name)?.ToString(), wanted)).ToArray();
        if (found.Length > 1)
        {
            throw StateCache<T>.Ambiguous(client, field, wanted, found);
        }

        if (content.Id.Length > 0 && (found.Length == 0 || !string.Equals(found[0].GetIdentity(), content.Id, StringComparison.OrdinalIgnoreCase)))
        {
            var present = found.Length == 0 ? "there is none" : $"it is {found[0].GetIdentity()}";
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The row specifies the id {DisplayText.Of(content.Id)}, and -Key names the {resource.Noun} with the {field.Name} '{DisplayText.Of(wanted)}': {present}. Nothing was sent.",
                "Correct the row, or remove the id from it.");
        }

        if (found.Length == 0)
        {
            return new SyncMatch<T>(row, null, null) { Target = wanted };
        }

        // The value identifies the item. Where it differs in case alone, that is no change.
        content.Patch.Remove(field.Name);
        content.Id = found[0].GetIdentity();
        return new SyncMatch<T>(row, found[0], null) { Target = content.Id };
    }
}
