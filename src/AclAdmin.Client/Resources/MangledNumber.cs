using System;
using System.Globalization;
using System.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Recognizes what spreadsheets and exports make of a telephone number, beside the short forms that <see cref="CellLeftover"/> knows.</summary>
internal static class MangledNumber
{
    /// <summary>Fewer digits may be a prefix with a decimal point in place of a blank.</summary>
    private const int DigitsOfWholeNumber = 7;

    private static readonly string[] DateFormats =
        ["M/d/yyyy", "d/M/yyyy", "M/d/yy", "d/M/yy", "d.M.yyyy", "d.M.yy", "yyyy-M-d", "yyyy/M/d", "MMM-yy", "MMM-yyyy", "MMM yyyy", "d-MMM", "d-MMM-yy", "d-MMM-yyyy"];

    /// <summary>What seems to have been made of a number, as a clause that names the remedy; null where the item may be one.</summary>
    /// <param name="item">An item of a list of numbers or prefixes.</param>
    public static string? Describe(string item) =>
        HasDecimals(item) ? $"'{item}' has decimals, which a spreadsheet adds to a number; format the column as text"
        : IsDate(item) ? $"'{item}' is a date, which a spreadsheet makes of a number; format the column as text"
        : IsQuoted(item) ? $"'{item}' is in quotation marks; remove them"
        : null;

    /// <summary>Whether an item is a whole number with a decimal point or comma and zeros: <c>15551234567.0</c>.</summary>
    private static bool HasDecimals(string item)
    {
        var mark = item.LastIndexOfAny(['.', ',']);
        return mark > 0
            && mark < item.Length - 1
            && item.Substring(mark + 1).All(character => character == '0')
            && item.Substring(0, mark).TrimStart('+') is { Length: >= DigitsOfWholeNumber } digits
            && digits.All(IsDigit);
    }

    private static bool IsDate(string item) => item.Length is >= 5 and <= 11
        && (IsDigit(item[0]) || IsDigit(item[item.Length - 1]))
        && DateTime.TryParseExact(item, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsQuoted(string item) => item.Length > 2
        && item[0] is '"' or '\''
        && item[item.Length - 1] == item[0]
        && item.Substring(1, item.Length - 2).TrimStart('+').All(IsDigit);

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
