using System;
using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Recognizes texts that a spreadsheet or an export left in a cell in place of the value.</summary>
internal static class CellLeftover
{
    private static readonly string[] SpreadsheetErrors =
        ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

    /// <summary>What a text is left from, as a clause that names the cure; null where it may be meant. Looks at the first character first.</summary>
    public static string? Find(string text)
    {
        switch (text.Length < 2 ? '\0' : text[0])
        {
            case '#' when SpreadsheetErrors.Contains(text, StringComparer.OrdinalIgnoreCase):
                return "it is the text of a spreadsheet error; correct the formula in the spreadsheet";
            case '#' when text.Length > 2 && text.All(character => character == '#'):
                return "it is what a spreadsheet shows in a column that is too narrow; widen the column and export again";
            case '=' when text.Length > 2 && text[1] == '"' && text[text.Length - 1] == '"':
            case '\'' when text.Skip(1).All(char.IsDigit):
                return "it has a wrapper that makes a spreadsheet keep it as text; remove the wrapper and format the column as text";
            case '+' or '-' or (>= '0' and <= '9') when IsShortenedNumber(text):
                return "it looks like a number that a spreadsheet shortened; format the column as text";
            case '@' when text[1] == '{' && text[text.Length - 1] == '}':
            case 'S' when IsTypeName(text):
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

        if (whole == 0 || index + 2 >= text.Length || text[index] is not ('E' or 'e') || (text[index + 1] != '+' && !(hasFraction && text[index + 1] == '-')))
        {
            return false;
        }

        var exponent = CountDigits(text, index + 2);
        return exponent is >= 1 and <= 3 && index + 2 + exponent == text.Length;
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

    private static bool IsTypeName(string text) => text.StartsWith("System.", StringComparison.Ordinal)
        && !text.Contains(' ')
        && (text.EndsWith("[]", StringComparison.Ordinal)
            || text.StartsWith("System.Collections.", StringComparison.Ordinal)
            || text.StartsWith("System.Management.Automation.", StringComparison.Ordinal)
            || text == "System.Object");
}
