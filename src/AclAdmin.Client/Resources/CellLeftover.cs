using System;
using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Recognizes texts that a spreadsheet or an export left in a cell in place of the value.</summary>
internal static class CellLeftover
{
    /// <summary>Errors whose texts do not end as all others do.</summary>
    private static readonly string[] SpreadsheetErrors = ["#N/A", "#GETTING_DATA"];

    /// <summary>The texts that database tools and data libraries write for a missing value.</summary>
    private static readonly string[] MissingValues = ["NULL", "<NULL>", "<null>", "(NULL)", "(null)", "[NULL]", "[null]", @"\N", "NaN"];

    /// <summary>The prefixes of the type names that PowerShell shows for an object.</summary>
    private static readonly string[] TypeNamespaces = ["System.", "Microsoft.", "Deserialized."];

    /// <summary>
    /// The origin of a leftover text, as a clause that names the remedy; null where the text may be intended. Checks the first character first.
    /// </summary>
    public static string? Find(string text)
    {
        if (text.Length > 0 && (text[0] == ' ' || text[text.Length - 1] == ' '))
        {
            text = text.Trim();
        }

        switch (text.Length < 2 ? '\0' : text[0])
        {
            case '#' or 'E' when IsSpreadsheetError(text):
                return "it is the text of a spreadsheet error; correct the formula in the spreadsheet";
            case '#' when text.Length > 2 && text.All(character => character == '#'):
                return "it is what a spreadsheet shows in a column that is too narrow; widen the column and export again";
            case '=' when IsQuoted(text) || IsNumber(text, 1):
            case '\'' when IsNumber(text, 1):
                return "it has a wrapper that makes a spreadsheet keep it as text; remove the wrapper and format the column as text";
            case '+' or '-' or (>= '0' and <= '9') when IsShortenedNumber(text):
                return "it looks like a number that a spreadsheet shortened; format the column as text";
            case 'N' or '<' or '(' or '[' or '\\' when MissingValues.Contains(text, StringComparer.Ordinal):
                return "it is the text that a database tool writes for a missing value; leave the cell empty";
            case '@' when text[1] == '{' && text[text.Length - 1] == '}':
            case 'S' or 'M' or 'D' when IsTypeName(text):
                return "it is the text that PowerShell shows for a nested object; export the value itself";
            default:
                return null;
        }
    }

    /// <summary>Whether a text is a number in scientific notation: <c>1.5551E+10</c>, <c>1,5551E+10</c>, <c>4E+11</c>.</summary>
    private static bool IsShortenedNumber(string text)
    {
        var index = text[0] is '+' or '-' ? 1 : 0;
        var whole = CountDigits(text, index);
        index += whole;
        var hasFraction = index < text.Length && text[index] is '.' or ',';
        if (hasFraction)
        {
            var fraction = CountDigits(text, index + 1);
            if (fraction == 0)
            {
                return false;
            }

            index += 1 + fraction;
        }

        if (whole == 0 || index + 1 >= text.Length || text[index] is not ('E' or 'e'))
        {
            return false;
        }

        // Without a fraction, "1E5" and "1E-5" may be a name or a part number; "1E+5" and "1.5E5" are not.
        var sign = text[index + 1];
        if (sign != '+' && !hasFraction)
        {
            return false;
        }

        var digits = index + (sign is '+' or '-' ? 2 : 1);
        var exponent = CountDigits(text, digits);
        return exponent is >= 1 and <= 3 && digits + exponent == text.Length;
    }

    private static int CountDigits(string text, int start)
    {
        var index = start;
        while (index < text.Length && text[index] is >= '0' and <= '9')
        {
            index++;
        }

        return index - start;
    }

    /// <summary>Whether a text is a spreadsheet's error: <c>#REF!</c>, <c>#NAME?</c>, in any language; LibreOffice's <c>Err:502</c>.</summary>
    private static bool IsSpreadsheetError(string text)
    {
        if (text.StartsWith("Err:", StringComparison.Ordinal))
        {
            return CountDigits(text, 4) == text.Length - 4 && text.Length == 7;
        }

        return SpreadsheetErrors.Contains(text, StringComparer.OrdinalIgnoreCase)
            || (text[0] == '#' && text.Length > 3 && text[text.Length - 1] is '!' or '?' && IsErrorName(text));
    }

    // An error's name is in capitals, without blanks: "#1 priority!" and "#help?" are ordinary text.
    private static bool IsErrorName(string text)
    {
        for (var index = 1; index < text.Length - 1; index++)
        {
            if (!char.IsUpper(text[index]) && text[index] is not ('/' or '0' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text after an equals sign is enclosed in quotation marks: <c>="0444"</c>, <c>='0444'</c>.</summary>
    private static bool IsQuoted(string text) => text.Length > 2 && text[1] is '"' or '\'' && text[text.Length - 1] == text[1];

    /// <summary>Whether a text is digits, with a sign or without one, from an index on.</summary>
    private static bool IsNumber(string text, int start)
    {
        var first = start < text.Length && text[start] is '+' or '-' ? start + 1 : start;
        return first < text.Length && first + CountDigits(text, first) == text.Length;
    }

    private static bool IsTypeName(string text)
    {
        if (text.Contains(' ') || !TypeNamespaces.Any(start => text.StartsWith(start, StringComparison.Ordinal)))
        {
            return false;
        }

        // "Microsoft.Teams" may be a name; the name of a type is longer.
        var name = text.EndsWith("[]", StringComparison.Ordinal) ? text.Substring(0, text.Length - 2) : text;
        var parts = name.Split('.');
        return parts.Length > (parts[0] == "System" ? 1 : 2) && parts.All(part => part.Length > 0 && char.IsUpper(part[0]) && part.All(IsOfTypeName));
    }

    private static bool IsOfTypeName(char character) => char.IsLetterOrDigit(character) || character is '_' or '`' or '+' or '[' or ']' or ',';
}
