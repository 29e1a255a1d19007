using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Binding;

/// <summary>Finds the name that was probably intended.</summary>
internal static class NearestName
{
    /// <summary>Words with one meaning; the first is the word of the services. One that is spelled alike may mean something else: a note is no name.</summary>
    private static readonly string[][] Meanings =
    [
        ["Comments", "Notes", "Note", "Comment", "Remark", "Remarks", "Memo", "Description", "Reason", "Annotation"],
        ["Notes", "Comments", "Comment", "Remark", "Remarks", "Memo", "Description", "Reason", "Annotation"],
        ["Email", "Mailbox", "Address", "Smtp", "SmtpAddress", "MailAddress", "Login"],
        ["Name", "Person", "Employee", "User", "Title", "Label"],
        ["Pattern", "Sender", "Address", "Entry", "Expression"],
        ["Entries", "Numbers", "Number", "Phone", "PhoneNumber", "Prefix", "Prefixes"],
    ];

    /// <summary>The name that means the same, or else the one that is the fewest edits away; null when none is near.</summary>
    public static string? Find(string written, IEnumerable<string> names)
    {
        var known = names.ToArray();
        var word = Fold(written);
        if (Meanings.Where(words => words.Any(other => Fold(other) == word)).SelectMany(words => known.Where(name => Fold(name) == Fold(words[0]))).FirstOrDefault() is { } meant)
        {
            return meant;
        }

        var best = known
            .Select(name => (name, distance: Distance(word, Fold(name))))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return best.name is not null && best.distance <= (word.Length <= 5 ? 1 : Math.Max(2, word.Length / 3)) ? best.name : null;
    }

    /// <summary>People vary case, spaces and underscores most.</summary>
    private static string Fold(string name) => name.Replace("_", "").Replace(" ", "").Replace("-", "").ToUpperInvariant();

    /// <summary>The edits between two words: Levenshtein's distance, in which two letters that changed places are one edit.</summary>
    private static int Distance(string left, string right)
    {
        var distance = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                distance[row, column] = row == 0 || column == 0 ? row + column : Math.Min(
                    distance[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1),
                    Math.Min(distance[row, column - 1], distance[row - 1, column]) + 1);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    distance[row, column] = Math.Min(distance[row, column], distance[row - 2, column - 2] + 1);
                }
            }
        }

        return distance[left.Length, right.Length];
    }
}
