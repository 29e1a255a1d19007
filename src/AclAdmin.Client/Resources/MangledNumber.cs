using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Client.Resources;

/// <summary>
/// Reads telephone numbers and prefixes as people, spreadsheets and exports write them, beside the short forms that <see cref="CellLeftover"/> knows: what is certainly
/// one number is read without its separators, and what is no number is named.
/// </summary>
internal static class MangledNumber
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>A number with a country code has at most 15 digits (ITU-T E.164).</summary>
    private const int MostDigits = 15;

    /// <summary>Fewer digits may be a prefix.</summary>
    private const int DigitsOfWholeNumber = 7;

    /// <summary>The digits of a number of North America with its country code.</summary>
    private const int DigitsOfNorthAmerica = 11;

    /// <summary>The characters that are drawn like a hyphen: hyphens, dashes, and the minus sign.</summary>
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE63\uFF0D";

    private static readonly string[] DateFormats =
        ["M/d/yyyy", "d/M/yyyy", "M/d/yy", "d/M/yy", "d.M.yyyy", "d.M.yy", "yyyy-M-d", "yyyy/M/d", "MMM-yy", "MMM-yyyy", "MMM yyyy", "d-MMM", "d-MMM-yy", "d-MMM-yyyy"];

    /// <summary>The forms in which separators can only belong to one number: with a plus sign, with an area code in brackets, or grouped as in North America.</summary>
    private static readonly Regex[] Certain =
    [
        new(@"^\+[1-9]\d{0,3}(?:[ .-]?\(\d{2,4}\))?(?:[ .-]?\d+)*$", Options),
        new(@"^(?:\d{1,3}[ .-]?)?\(\d{2,5}\)(?:[ .-]?\d+)+$", Options),
        new(@"^1([ .-])\d{3}\1\d{3}\1\d{4}$", Options),
        new(@"^\d{3}([.-])\d{3}\1\d{4}$", Options),
    ];

    private static readonly (Regex Form, string Problem)[] Mistakes =
    [
        (new(@"^(?:tel|sip|sips|callto):", Options), "begins with the name of a protocol; remove it"),
        (new(@"(?:^|[\d)])[ ;,.]*(?:ext\w*\.?|x|#|poste|dw)[ =:]*\d+$", Options), "has an extension, which is no part of the number; remove it"),
        (new(@"\d.*?(?:[*%?#]|\.{2,}$|\u2026|x{2,}$)|^[*%?.]+\d", Options), "has a wildcard, which only an expression can have; a rule with the operation prefix matches every number that begins with an entry"),
        (new(@"^\+?(\d{3,}) ?(?:-|\.\.|to|until|bis) ?\+?\d{3,}$", Options), "seems to be a range; specify each number, or a prefix"),
        (new(@"^\+?(?:\d+\.\d+|\d{7,}[.,]0+)$", Options), "has decimals, which a spreadsheet adds to a number; format the column as text"),
        (new(@"^\+?\d{3,}[a-z]+$|^\+?\d[\d -]*-[a-z]+$", Options), "has letters; specify the digits that they stand for"),
    ];

    /// <summary>Digits and separators that leave open how many numbers they are.</summary>
    private static readonly Regex Unclear = new(@"^[+(]?\d[\d ()./+-]*$", Options);

    /// <summary>A number without its separators, where they can only belong to one number; any other text as it is. A plus sign at the beginning stays.</summary>
    public static string Read(string item)
    {
        if (item.All(IsDigit))
        {
            return item;
        }

        var text = WithHyphens(item);
        var digits = new string(text.Where(IsDigit).ToArray());
        return digits.Length is >= DigitsOfWholeNumber and <= MostDigits
            && (!text.StartsWith("+1", StringComparison.Ordinal) || digits.Length == DigitsOfNorthAmerica)
            && Certain.Any(form => form.IsMatch(text))
            ? (text[0] == '+' ? "+" : "") + digits
            : item;
    }

    /// <summary>Why an item is no number, as a clause that names the remedy; null where it may be one, or a name such as those that messages are sent from.</summary>
    /// <param name="item">An item of a list of numbers or prefixes.</param>
    public static string? Describe(string item)
    {
        if (IsPlainNumber(item) || !string.Equals(Read(item), item, StringComparison.Ordinal))
        {
            return null;
        }

        if (item.Any(character => char.IsDigit(character) && !IsDigit(character)))
        {
            return $"'{DisplayText.Of(item)}' has digits of another script; write them as 0 to 9";
        }

        if (IsDate(item))
        {
            return $"'{item}' is a date, which a spreadsheet makes of a number; format the column as text";
        }

        if (IsQuoted(item))
        {
            return $"'{item}' is in quotation marks; remove them";
        }

        var text = WithHyphens(item);
        return Mistakes.FirstOrDefault(mistake => mistake.Form.IsMatch(text)).Problem is { } problem ? $"'{DisplayText.Of(item, 100)}' {problem}"
            : Unclear.IsMatch(text) && JoinedItems.Describe(item, mayHaveBlanks: true) is null
            ? $"'{DisplayText.Of(item, 100)}' is several numbers, or one whose separators leave that open; write a number as digits alone, and several as items of the list"
            : null;
    }

    private static bool IsPlainNumber(string item) => item.Length > 0 && (item[0] == '+' ? item.Length > 1 && item.Skip(1).All(IsDigit) : item.All(IsDigit));

    private static string WithHyphens(string item) => new(item.Select(character => Dashes.IndexOf(character) >= 0 ? '-' : character).ToArray());

    private static bool IsDate(string item) => item.Length is >= 5 and <= 11
        && (IsDigit(item[0]) || IsDigit(item[item.Length - 1]))
        && DateTime.TryParseExact(item, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsQuoted(string item) => item.Length > 2
        && item[0] is '"' or '\''
        && item[item.Length - 1] == item[0]
        && item.Substring(1, item.Length - 2).TrimStart('+').All(IsDigit);

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
