using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Recognises other characters that people use between the items of a list in place of the separator.</summary>
/// <param name="Name">The character's name in messages.</param>
/// <param name="IsAlternation">Whether the same text has a meaning in an expression.</param>
internal sealed record JoinedItems(string Name, bool IsAlternation)
{
    /// <summary>A blank or a slash also groups the digits of one number: only two complete numbers, each with a country or area code, count as two.</summary>
    private const int DigitsOfWholeNumber = 10;

    /// <summary>The length of an area code.</summary>
    private const int DigitsOfPrefix = 3;

    /// <summary>The character that seems to join items; null where there is none.</summary>
    /// <param name="item">One item of a list.</param>
    /// <param name="mayHaveBlanks">Whether an item may be a phrase or a number with blanks in it.</param>
    public static JoinedItems? Describe(string item, bool mayHaveBlanks)
    {
        foreach (var character in item)
        {
            switch (character)
            {
                case ',':
                    return new JoinedItems("comma", false);
                case '\t':
                    return new JoinedItems("tab", false);
                case '\n' or '\r':
                    return new JoinedItems("line break", false);
                case ' ' when !mayHaveBlanks:
                    return new JoinedItems("blank", false);
            }
        }

        return JoinsNumbers(item, '|', DigitsOfPrefix) ? new JoinedItems("bar", true)
            : JoinsNumbers(item, ';', DigitsOfPrefix) ? new JoinedItems("semicolon", false)
            : JoinsNumbers(item, '&', DigitsOfPrefix) ? new JoinedItems("'&'", false)
            : JoinsNumbers(item, '/', DigitsOfWholeNumber) ? new JoinedItems("slash", false)
            : JoinsNumbers(item, ' ', DigitsOfWholeNumber) ? new JoinedItems("blank", false)
            : null;
    }

    private static bool JoinsNumbers(string item, char separator, int digits) =>
        item.IndexOf(separator) > 0 && item.Split(separator).Select(part => part.Trim().TrimStart('+')).Where(part => part.Length > 0).ToArray() is { Length: > 1 } parts
        && parts.All(part => part.Length >= digits && part.All(character => character is >= '0' and <= '9'));
}
