using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AclAdmin.Client;

/// <summary>
/// Makes a text from outside (a service, a file, a proxy) safe for a message: one line, of a limited length, without invisible characters.
/// A terminal obeys control characters, and marks of direction or of zero width can make a text look like another.
/// </summary>
public static class DisplayText
{
    /// <summary>The most characters that are shown unless specified otherwise: enough for the longest message that the services document.</summary>
    public const int DefaultMaxLength = 500;

    private const char Ellipsis = '…';

    /// <summary>The text with every invisible character as a visible escape, such as <c>\n</c> or <c>[U+200B]</c>.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="maxLength">The most characters of the result; a longer text is cut, and ends with an ellipsis.</param>
    /// <returns>The text itself where it needs no change.</returns>
    public static string Of(string? text, int maxLength = DefaultMaxLength)
    {
        if (text is null)
        {
            return "";
        }

        var shown = text.Length <= maxLength ? text.Length : -1;
        for (var index = 0; index < shown; index++)
        {
            if (!IsPlain(text[index]))
            {
                shown = -1;
            }
        }

        return shown >= 0 ? text : Build(text, maxLength);
    }

    /// <summary>The whole text with every invisible character as a visible escape; null for null.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Whole(string? text) => text is null ? null : Of(text, int.MaxValue);

    /// <summary>JSON with every invisible character as an escape of JSON: the same values, and safe for a terminal.</summary>
    [return: NotNullIfNotNull(nameof(json))]
    internal static string? OfJson(string? json)
    {
        if (json is null || Whole(json) == json)
        {
            return json;
        }

        var escaped = new StringBuilder();
        for (var index = 0; index < json.Length;)
        {
            var width = char.IsSurrogatePair(json, index) ? 2 : 1;
            var isVisible = IsVisible(json, index);
            for (var end = index + width; index < end; index++)
            {
                _ = isVisible ? escaped.Append(json[index]) : escaped.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)json[index]);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Whether a character needs no further check: most texts have no others.</summary>
    private static bool IsPlain(char character) => character is >= ' ' and <= '~' or >= '\u00C0' and <= '\u02AF';

    private static string Build(string text, int maxLength)
    {
        var built = new StringBuilder();
        for (var index = 0; index < text.Length;)
        {
            var width = char.IsSurrogatePair(text, index) ? 2 : 1;
            var piece = IsVisible(text, index) ? text.Substring(index, width) : Escape(text, index);
            var isLast = index + width == text.Length;
            if (built.Length + piece.Length > maxLength - (isLast ? 0 : 1))
            {
                // Neither a surrogate pair nor an escape is split.
                return built.Append(Ellipsis).ToString();
            }

            built.Append(piece);
            index += width;
        }

        return built.ToString();
    }

    private static bool IsVisible(string text, int index) =>
        IsPlain(text[index])
        || (CharUnicodeInfo.GetUnicodeCategory(text, index) is not (UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator)
            && !IsBlankLetter(text[index]));

    /// <summary>Characters that are letters or marks by category, and invisible.</summary>
    internal static bool IsBlankLetter(char character) => character is '\u034F' or '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or (>= '\u180B' and <= '\u180E');

    private static string Escape(string text, int index) => text[index] switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Format(
            CultureInfo.InvariantCulture, "[U+{0:X4}]", char.IsSurrogatePair(text, index) ? char.ConvertToUtf32(text, index) : text[index]),
    };
}
