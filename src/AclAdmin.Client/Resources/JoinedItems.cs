using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Recognises what people write between the items of a list where they forget which separator is in force.</summary>
/// <param name="Name">The character, as a message names it.</param>
/// <param name="IsAlternation">Whether the same text has a meaning in an expression.</param>
internal sealed record JoinedItems(string Name, bool IsAlternation)
{
    /// <summary>A blank also groups the digits of one number: only what is a number with its country or area code on both sides is two.</summary>
    private const int DigitsOfWholeNumber = 10;

    /// <summary>As short as an area code.</summary>
    private const int DigitsOfPrefix = 3;

    /// <summary>What seems to join items in one; null where nothing does.</summary>
    /// <param name="item">One item of a list.</param>
    public static JoinedItems? Describe(string item)
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
            }
        }

        return JoinsNumbers(item, '|', DigitsOfPrefix) ? new JoinedItems("bar", true)
            : JoinsNumbers(item, ' ', DigitsOfWholeNumber) ? new JoinedItems("blank", false)
            : null;
    }

    private static bool JoinsNumbers(string item, char separator, int digits) =>
        item.IndexOf(separator) > 0 && item.Split(separator).Select(part => part.Trim().TrimStart('+')).Where(part => part.Length > 0).ToArray() is { Length: > 1 } parts
        && parts.All(part => part.Length >= digits && part.All(character => character is >= '0' and <= '9'));
}
