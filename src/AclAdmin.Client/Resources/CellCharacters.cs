using System.Globalization;

namespace AclAdmin.Client.Resources;

/// <summary>The invisible characters of a cell: those at its ends, which have no meaning, and those that it must not contain.</summary>
internal static class CellCharacters
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Whether a text consists of printable ASCII and neither begins nor ends with a blank, as most cells do: it needs no further check.</summary>
    public static bool IsPlain(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is not (>= ' ' and <= '~'))
            {
                return false;
            }
        }

        return text.Length == 0 || (text[0] != ' ' && text[text.Length - 1] != ' ');
    }

    /// <summary>Whether a text is blank: it is empty, or consists of white space and invisible characters.</summary>
    public static bool IsBlank(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!ShowsNothing(text[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text without the byte order marks that it begins with.</summary>
    public static string WithoutMark(string text) => text.TrimStart(ByteOrderMark);

    /// <summary>The text without white space and invisible characters at its ends.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && ShowsNothing(text[start]))
        {
            start++;
        }

        while (end > start && ShowsNothing(text[end - 1]))
        {
            end--;
        }

        return end - start == text.Length ? text : text.Substring(start, end - start);
    }

    /// <summary>The sign that a text was damaged on its way here, as a clause that names the remedy; null where there is none.</summary>
    public static string? FindDamage(string text)
    {
        if (text.IndexOf('\uFFFD') >= 0)
        {
            return "U+FFFD stands for what could not be read; specify the encoding of the file, such as Import-Csv -Encoding ansi";
        }

        if (text.IndexOf('\0') >= 0)
        {
            return "it contains the character U+0000; specify the encoding of the file, such as Import-Csv -Encoding unicode";
        }

        if (MisreadEncoding.Find(text) is { } misread)
        {
            return $"'{DisplayText.Of(misread)}' is one character in UTF-8 that was read as Windows-1252; specify the encoding of the file, such as Import-Csv -Encoding utf8";
        }

        return IsWhole(text) ? null : "it contains half of a character, which cannot be sent";
    }

    /// <summary>Whether a text has no half of a character: one that an editor or a program cut in two cannot be sent as it is.</summary>
    public static bool IsWhole(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]))
            {
                if (!char.IsSurrogatePair(text, index))
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }

    /// <summary>A character that cannot be intended in an address, a number or a phrase to compare, as a clause; null for none.</summary>
    public static string? DescribeHidden(string text) =>
        FindHidden(text) is { } character ? $"it contains the character {character}, which cannot be seen or typed there" : null;

    /// <summary>
    /// Finds a character that cannot be intended in an address, a number or a phrase to compare: an invisible one, or a full-width form among ASCII.
    /// </summary>
    /// <returns>The character's name in messages, such as <c>U+200B</c>; null where there is none.</returns>
    private static string? FindHidden(string text)
    {
        char? wide = null;
        var hasLetters = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character is (>= ' ' and <= '~') or '\n' or '\r' or '\t')
            {
                continue;
            }

            // Emoji and some scripts need joiners; between ASCII characters they have no meaning.
            if (character is '\u200C' or '\u200D' && index > 0 && text[index - 1] > '~')
            {
                continue;
            }

            if (ShowsNothing(character))
            {
                return Name(character);
            }

            if (character is >= '\uFF01' and <= '\uFF5E')
            {
                wide ??= character;
            }
            else
            {
                hasLetters = true;
            }
        }

        return wide is char form && !hasLetters ? Name(form) : null;
    }

    /// <summary>A character as messages name it, such as <c>U+200B</c>.</summary>
    public static string Name(char character) => "U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture);

    private static bool ShowsNothing(char character) => character is <= ' ' or '\u007F'
        || (character > '~'
            && (char.IsWhiteSpace(character)
                || char.IsControl(character)
                || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format
                || DisplayText.IsBlankLetter(character)));
}
