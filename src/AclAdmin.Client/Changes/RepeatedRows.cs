using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>Finds rows of a run that specify different values for one field of one item: the later one overrides the earlier one, which is rarely meant.</summary>
internal sealed class RepeatedRows
{
    /// <summary>After so many values no further ones are kept, so that a run of a million rows does not keep them all.</summary>
    private const int MaxValues = 50_000;

    private readonly Dictionary<(object Client, string Id, string Field), (long Row, int Hash)> _values = [];

    /// <summary>Compares a row with those before it, and keeps its values.</summary>
    /// <returns>The warning; null where no earlier row specifies another value.</returns>
    public string? Describe(object client, string id, FieldPatch patch, ChangeRow row)
    {
        if (row.Number == 0)
        {
            return null;
        }

        string? warning = null;
        foreach (var name in patch.Names)
        {
            var key = (client, id.ToUpperInvariant(), name);
            var hash = patch[name]!.ToString().GetHashCode();
            if (_values.TryGetValue(key, out var earlier))
            {
                warning ??= earlier.Hash == hash ? null : $"row {earlier.Row} specifies another value for {name}. The later row overrides it.";
            }
            else if (_values.Count >= MaxValues)
            {
                continue;
            }

            _values[key] = (row.Number, hash);
        }

        return warning;
    }
}
