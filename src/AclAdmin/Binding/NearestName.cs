using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Binding;

/// <summary>Finds the name that was probably intended.</summary>
internal static class NearestName
{
    /// <summary>The name that is the fewest edits away; null when none is near.</summary>
    public static string? Find(string written, IEnumerable<string> names)
    {
        var best = names
            .Select(name => (name, distance: Distance(Fold(written), Fold(name))))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return best.name is not null && best.distance <= (written.Length < 4 ? 1 : Math.Max(2, written.Length / 3)) ? best.name : null;
    }

    /// <summary>People vary case, spaces and underscores most.</summary>
    private static string Fold(string name) => name.Replace("_", "").Replace(" ", "").Replace("-", "").ToUpperInvariant();

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(substitution, Math.Min(previous[column], current[column - 1]) + 1);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
