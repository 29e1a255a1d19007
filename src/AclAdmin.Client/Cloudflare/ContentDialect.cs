using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Client.Cloudflare;

/// <summary>
/// The expressions of content policies, from Cloudflare's documentation (November 2026): <c>. * + ? | ^ $ \d \w \s \b</c>, classes in brackets, and counts
/// of at most 50. Groups are not listed and occur in its examples, so they are only warned of.
/// </summary>
internal static class ContentDialect
{
    private const int MostRepeats = 50;

    /// <summary>An element of an expression. Alternatives that refuse stand before those that would read their beginning as something else.</summary>
    private static readonly Regex Element = new(
        @"(?<look>\(\?<?[=!])|(?<group>\(\?:)|(?<special>\(\?[^:]?[a-zA-Z]*|\(\*)|(?<back>\\[1-9]|\\k)|(?<escape>\\[^dwsb\W_])|\\.|(?<class>\[\^?\]?(?:\\.|[^\]\\])*\]?)"
        + @"|(?<count>\{(?<least>\d+)(?:,(?<most>\d*))?\}|[*+?])(?<suffix>[?+]?)|.",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>The construct that is outside of the dialect, as a clause; null where there is none.</summary>
    public static string? Describe(string expression) => Element.Matches(expression).Cast<Match>().Select(DescribeElement).FirstOrDefault(problem => problem is not null);

    /// <summary>Whether an expression has a group.</summary>
    public static bool HasGroup(string expression) => Element.Matches(expression).Cast<Match>().Any(element => element.Groups["group"].Success || element.Value == "(");

    private static string? DescribeElement(Match element)
    {
        bool Is(string name) => element.Groups[name].Success;

        var text = element.Value;
        return Is("look") ? $"'{text}' is a lookaround"
            : Is("special") ? (Regex.IsMatch(text, @"^\(\?-?[a-zA-Z]") && !text.StartsWith("(?P", StringComparison.Ordinal) ? $"'{text}' sets flags" : $"'{text}' begins a group of a special kind")
            : Is("back") ? $"'{text}' is a backreference"
            : Is("escape") ? $"'{text}' is no escape that the service documents"
            : Is("class") && (text.Contains("[:") || text.Contains("&&") || Regex.IsMatch(text, @"\\[^dwsb\W_]")) ? $"'{text}' is a class of a kind that the service does not document"
            : Is("count") ? DescribeCount(element)
            : null;
    }

    private static string? DescribeCount(Match element)
    {
        var suffix = element.Groups["suffix"].Value;
        if (suffix.Length > 0)
        {
            return $"'{element.Value}' is a {(suffix == "?" ? "lazy" : "possessive")} quantifier";
        }

        if (!element.Groups["least"].Success)
        {
            return null;
        }

        var most = element.Groups["most"].Success ? element.Groups["most"].Value : element.Groups["least"].Value;
        return most.Length == 0 ? $"'{element.Value}' has no upper bound; at most {MostRepeats} repetitions are allowed"
            : int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostRepeats ? null
            : $"'{element.Value}' allows more than {MostRepeats} repetitions";
    }
}
