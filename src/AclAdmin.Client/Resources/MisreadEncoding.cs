namespace AclAdmin.Client.Resources;

/// <summary>
/// Recognises UTF-8 that was read as Windows-1252, as Import-Csv of Windows PowerShell does with a file without a byte order mark: each character outside
/// ASCII then appears as two to four.
/// </summary>
internal static class MisreadEncoding
{
    // The characters of Windows-1252 from 0x80 to 0x9F. The five bytes that it leaves undefined are read as the control characters of the same number.
    private const string UpperControls = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The first character of the text that was misread; null where none was, or where the text also has characters that were not.</summary>
    /// <param name="text">The text.</param>
    public static string? Find(string text)
    {
        string? first = null;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] <= '\u007F')
            {
                continue;
            }

            // A text with one correct accented character was read correctly, and its other characters are intended.
            var length = LengthAt(text, index);
            if (length == 0)
            {
                return null;
            }

            first ??= text.Substring(index, length);
            index += length - 1;
        }

        return first;
    }

    /// <summary>How many characters at an index are the bytes of one UTF-8 character; 0 where they are none.</summary>
    private static int LengthAt(string text, int index)
    {
        var length = ToByte(text[index]) switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        if (length == 0 || index + length > text.Length)
        {
            return 0;
        }

        for (var offset = 1; offset < length; offset++)
        {
            if (ToByte(text[index + offset]) is not (>= 0x80 and <= 0xBF))
            {
                return 0;
            }
        }

        return length;
    }

    private static int ToByte(char character)
    {
        var control = UpperControls.IndexOf(character);
        return control >= 0 ? 0x80 + control : character <= '\u00FF' ? character : -1;
    }
}
