using System;
using System.Linq;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace AclAdmin.Client.Resources;

/// <summary>Checks regular expressions that a service reads in a dialect of its own.</summary>
internal static class ExpressionCheck
{
    /// <summary>The error that .NET, whose dialect is close to the others, reports for an expression; null where it reports none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="dialect">What is known of the service's dialect, as a clause.</param>
    public static string? GetWarning(string field, string expression, string dialect)
    {
        try
        {
            _ = new Regex(expression, RegexOptions.None, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (ArgumentException unreadable)
        {
            return $"{field} '{expression}' may not be a regular expression ({unreadable.Message.TrimEnd('.')}). {dialect}, so it is sent as it is.";
        }
    }
}

/// <summary>Rejects e-mail addresses that cannot be valid; the service judges the others.</summary>
internal static class EmailCheck
{
    /// <summary>Characters that are part of expressions and of hardly any address.</summary>
    private static readonly char[] ExpressionMarks = ['\\', '*', '?', '[', ']', '(', ')', '{', '}', '^', '$', '|'];

    /// <summary>Whether a text can be an address, or several between commas.</summary>
    public static bool CanBeAddresses(string text)
    {
        if (text.IndexOf(',') < 0)
        {
            return CanBeAddress(text.Trim());
        }

        return text.Split(',').All(part => CanBeAddress(part.Trim()));
    }

    /// <summary>Whether a text looks like a mistyped address, where it is not specified whether it is an address or an expression.</summary>
    public static bool IsMistyped(string text)
    {
        var at = text.IndexOf('@');
        return at > 0
            && text.LastIndexOf('@') < text.Length - 1
            && !CanBeAddresses(text)
            && text.IndexOfAny(ExpressionMarks) < 0
            && text.IndexOf(".+", StringComparison.Ordinal) < 0;
    }

    private static bool CanBeAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && !IsGuest(text) && CanBeDomain(text, at + 1) && (IsPlainLocalPart(text, at) || IsMailAddress(text));
    }

    /// <summary>Whether a text is the name that Microsoft's directory makes of a guest's address: <c>ann_mail.example#EXT#@corp.onmicrosoft.com</c>.</summary>
    public static bool IsGuest(string text) => text.IndexOf("#EXT#@", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>
    /// Most addresses consist of these characters, so that nothing is allocated for them. Some providers have issued names with two dots in a row or one at
    /// the end.
    /// </summary>
    private static bool IsPlainLocalPart(string text, int end)
    {
        for (var index = 0; index < end; index++)
        {
            var character = text[index];
            var isPlain = character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '+'
                || (character == '.' && index > 0);
            if (!isPlain)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text from an index on is labels of letters, digits and hyphens, none of them empty; letters of any script, as the service may accept them.</summary>
    public static bool CanBeDomain(string text, int start)
    {
        for (var index = start; index < text.Length; index++)
        {
            var isEdge = index == start || index == text.Length - 1 || text[index - 1] == '.';
            var isAllowed = char.IsLetterOrDigit(text[index])
                || char.GetUnicodeCategory(text[index]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
                || (!isEdge && (text[index] == '-' || (text[index] == '.' && text[index - 1] != '-')));
            if (!isAllowed)
            {
                return false;
            }
        }

        return start < text.Length;
    }

    private static bool IsMailAddress(string text)
    {
        // Comments, display names and quoted names are no part of what the services compare.
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || text.IndexOfAny([';', '<', '>', '(', ')', ':', '\\', '[', ']']) >= 0 || text.Any(char.IsWhiteSpace))
        {
            return false;
        }

        try
        {
            return string.Equals(new MailAddress(text).Address, text, StringComparison.Ordinal);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
