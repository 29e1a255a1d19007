using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Client.Resources;

/// <summary>Looks at regular expressions that a service reads in a dialect of its own.</summary>
internal static class ExpressionCheck
{
    /// <summary>What .NET, whose dialect is close to the others, finds wrong with an expression; null where it finds nothing.</summary>
    /// <param name="field">The field it is for.</param>
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

/// <summary>Looks at e-mail addresses, only for what no address can be: the service judges the rest.</summary>
internal static class EmailCheck
{
    /// <summary>Whether a text can be an address, or several between commas.</summary>
    public static bool CanBeAddresses(string text) => text.Split(',').All(part => CanBeAddress(part.Trim()));

    private static bool CanBeAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.Any(char.IsWhiteSpace) && !text.Substring(at).Contains("..");
    }
}
