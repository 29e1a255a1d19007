using System;
using System.Text;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>Resolves the escapes in which a service may send a text back: those of addresses, web pages, JSON and program texts.</summary>
internal static class Escapes
{
    private static readonly char[] Marks = ['%', '\\', '&'];

    /// <summary>The text with its escapes (in addresses, web pages, JSON and program texts) resolved; null where there are none.</summary>
    public static string? Resolve(string text)
    {
        var next = text.IndexOfAny(Marks);
        if (next < 0)
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        var isChanged = false;
        for (var index = 0; index < text.Length;)
        {
            var length = 0;
            var character = '\0';
            switch (text[index])
            {
                case '%':
                    length = ReadNumber(text, index + 1, 2, 16, out character) ? 3 : 0;
                    break;
                case '\\':
                    length = ReadBackslash(text, index, out character);
                    break;
                case '&':
                    length = ReadEntity(text, index, out character);
                    break;
            }

            isChanged |= length > 0;
            plain.Append(length > 0 ? character : text[index]);
            index += Math.Max(length, 1);
        }

        return isChanged ? plain.ToString() : null;
    }

    /// <summary>\u0041, \x41 and \n; of any other escape the character after the mark stands for itself.</summary>
    private static int ReadBackslash(string text, int index, out char character)
    {
        character = ' ';
        if (index + 1 == text.Length)
        {
            return 0;
        }

        switch (text[index + 1])
        {
            case 'u' or 'U' when ReadNumber(text, index + 2, 4, 16, out character):
                return 6;
            case 'x' or 'X' when ReadNumber(text, index + 2, 2, 16, out character):
                return 4;
            case 'n' or 'r' or 't' or 'b' or 'f':
                // Where the letter belongs to a secret after all, the text as it is has shown it.
                return 2;
            default:
                character = text[index + 1];
                return 2;
        }
    }

    /// <summary>
    /// &amp;#65; and &amp;#x41; and named ones. A name stands for no ASCII letter or digit, so it separates and nothing else, unless it hides another escape.
    /// </summary>
    private static int ReadEntity(string text, int index, out char character)
    {
        const int LongestEntity = 12;
        character = ' ';
        var end = text.IndexOf(';', index, Math.Min(LongestEntity, text.Length - index));
        if (end < 0 || end == index + 1)
        {
            return 0;
        }

        if (text[index + 1] != '#')
        {
            for (var at = index + 1; at < end; at++)
            {
                if (text[at] is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'))
                {
                    return 0;
                }
            }

            character = text.Substring(index + 1, end - index - 1).ToUpperInvariant() switch
            {
                "AMP" => '&',
                "NUM" => '#',
                "SEMI" => ';',
                "PERCNT" => '%',
                "BSOL" => '\\',
                _ => ' ',
            };
            return end - index + 1;
        }

        var isHex = text[index + 2] is 'x' or 'X';
        var start = index + (isHex ? 3 : 2);
        return ReadNumber(text, start, end - start, isHex ? 16 : 10, out character) ? end - index + 1 : 0;
    }

    private static bool ReadNumber(string text, int start, int count, int radix, out char character)
    {
        character = '\0';
        if (count <= 0 || start + count > text.Length)
        {
            return false;
        }

        var number = 0;
        for (var index = start; index < start + count; index++)
        {
            var digit = text[index] switch
            {
                >= '0' and <= '9' => text[index] - '0',
                >= 'a' and <= 'f' => text[index] - 'a' + 10,
                >= 'A' and <= 'F' => text[index] - 'A' + 10,
                _ => radix,
            };
            if (digit >= radix || number > char.MaxValue)
            {
                return false;
            }

            number = (number * radix) + digit;
        }

        character = number <= char.MaxValue ? (char)number : ' ';
        return true;
    }
}
