using System.Linq;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// Recognises a value that went through an encoding without its letters: Export-Csv of Windows PowerShell 5.1 writes ASCII unless an encoding is specified,
/// with a question mark for every other letter. Only the present value shows that the question marks are none.
/// </summary>
internal static class LostLetters
{
    /// <summary>Refuses a change that would do nothing but replace letters by question marks.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="patch">The change.</param>
    /// <param name="present">The item as it is; null where that is not known.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.InvalidCell"/>: a value lost its letters.</exception>
    public static void Check(ResourceDescriptor resource, FieldPatch patch, ApiResource? present)
    {
        foreach (var name in present is null ? [] : patch.Names)
        {
            if (FindLost(present!.GetField(name), patch[name]) is { } lost)
            {
                throw new AclException(
                    ErrorKind.InvalidCell,
                    $"The value of {name} differs from the present one of the {resource.Noun} by question marks in place of letters: "
                    + $"'{DisplayText.Of(lost.Value)}' for '{DisplayText.Of(lost.Present)}'. Nothing was sent for this row.",
                    "The file was written without its letters: write it with Export-Csv -Encoding utf8.");
            }
        }
    }

    private static (string Value, string Present)? FindLost(JToken? present, JToken? value) => (present, value) switch
    {
        (JValue { Value: string before }, JValue { Value: string after }) => IsWithoutLetters(before, after) ? (after, before) : null,
        (JArray before, JArray after) => after.Except(before, JToken.EqualityComparer)
            .SelectMany(item => before.Select(known => FindLost(known, item)))
            .FirstOrDefault(lost => lost is not null),
        _ => null,
    };

    /// <summary>Whether a text is another one with a question mark, or two, for each of some characters outside ASCII.</summary>
    private static bool IsWithoutLetters(string present, string text)
    {
        var next = 0;
        var lost = false;
        for (var index = 0; index < present.Length; index++)
        {
            if (next < text.Length && text[next] == present[index])
            {
                next++;
                continue;
            }

            if (present[index] <= '\u007F' || next == text.Length || text[next] != '?')
            {
                return false;
            }

            // An encoding writes one question mark for a pair of surrogates, or two.
            next++;
            lost = true;
            if (char.IsSurrogatePair(present, index))
            {
                index++;
                next += next < text.Length && text[next] == '?' && text.Length - next > present.Length - index - 1 ? 1 : 0;
            }
        }

        return lost && next == text.Length;
    }
}
