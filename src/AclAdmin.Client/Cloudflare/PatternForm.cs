using System;
using System.Globalization;
using System.Linq;
using System.Net;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Cloudflare;

/// <summary>The forms of addresses, domains and IP addresses: what a pattern of each type can be where it is not an expression.</summary>
internal static class PatternForm
{
    private static readonly string[] Types = ["EMAIL", "IP", "DOMAIN"];

    /// <summary>Characters that are part of expressions, and of no address and no domain.</summary>
    private static readonly char[] ExpressionMarks = ['*', '\\', '^', '$', '|', '(', ')', '[', ']', '{', '}', '?'];

    /// <summary>How indicators of compromise are written so that nobody follows them by accident, and what is meant.</summary>
    private static readonly (string Written, string Meant)[] Defanged =
        [("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("[@]", "@"), ("(@)", "@"), ("[at]", "@"), ("(at)", "@")];

    /// <summary>The type of a pattern whose form leaves no doubt: an address, an IP address or block, or a domain of several labels; null for any other.</summary>
    public static string? TypeOf(string pattern) => Types.FirstOrDefault(type => Describe(type, pattern) is null && (type != "DOMAIN" || pattern.Contains('.')));

    /// <summary>A pattern without the marks that keep it from being followed: <c>evil[.]example</c> is <c>evil.example</c>.</summary>
    public static string Refang(string pattern)
    {
        foreach (var (written, meant) in pattern.IndexOfAny(['[', '(', '{']) < 0 ? [] : Defanged)
        {
            for (var index = pattern.IndexOf(written, StringComparison.OrdinalIgnoreCase); index >= 0; index = pattern.IndexOf(written, StringComparison.OrdinalIgnoreCase))
            {
                pattern = pattern.Remove(index, written.Length).Insert(index, meant);
            }
        }

        return pattern;
    }

    /// <summary>Why a text cannot be a pattern of a type, as a clause; null where it can.</summary>
    /// <param name="type"><c>EMAIL</c>, <c>DOMAIN</c> or <c>IP</c>; null where it is not known.</param>
    /// <param name="pattern">The text.</param>
    public static string? Describe(string? type, string pattern) => DescribeAny(pattern) ?? type switch
    {
        "EMAIL" => DescribeAddress(pattern),
        "DOMAIN" => DescribeDomain(pattern),
        "IP" => IsAddressOrBlock(pattern) ? null : "it is not a whole IP address, nor a block such as 203.0.113.0/24",
        _ => null,
    };

    private static string? DescribeAny(string pattern) =>
        pattern.StartsWith("#", StringComparison.Ordinal) ? "it is a comment"
        : pattern.Contains("://") ? "it is a link; specify its domain alone"
        : pattern.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || pattern.IndexOfAny(['<', '>', '"']) >= 0 ? "specify the address alone, without what is around it"
        : pattern.IndexOfAny([',', ';']) >= 0 || pattern.Any(char.IsWhiteSpace) ? "each pattern needs a row of its own, and has no blank, comma or semicolon in it"
        : pattern.IndexOfAny(ExpressionMarks) >= 0 ? "it looks like an expression, which needs is_regex true"
        : null;

    private static string? DescribeAddress(string pattern) =>
        pattern.IndexOf('@') < 0 ? "there is no @ in it"
        : pattern[0] == '@' ? "there is no name before the @; the pattern_type DOMAIN stands for every address of a domain"
        : EmailCheck.CanBeAddresses(pattern) ? null
        : "it cannot be an address";

    private static string? DescribeDomain(string pattern) =>
        pattern.IndexOf('@') >= 0 ? "there is an @ in it"
        : IsAddressOrBlock(pattern) ? "it is an IP address"
        : pattern.IndexOfAny(['/', ':']) >= 0 ? "it has a path or a port; specify the domain alone"
        : pattern[0] == '.' || pattern[pattern.Length - 1] == '.' ? "it begins or ends with a dot"
        : EmailCheck.CanBeDomain(pattern.Replace('_', '-').Replace("--", "-").Trim('-'), 0) && !IsNumber(pattern.Substring(pattern.LastIndexOf('.') + 1)) ? null
        : "it cannot be a domain";

    /// <summary>Whether a text is an IPv4 or IPv6 address in full, or a block of them.</summary>
    public static bool IsAddressOrBlock(string text)
    {
        var parts = text.Split('/');
        var isFour = IsDottedQuad(parts[0]);
        var isSix = !isFour && parts[0].IndexOf(':') >= 0 && parts[0].All(character => character is ':' or '.' || Uri.IsHexDigit(character)) && IPAddress.TryParse(parts[0], out _);
        return (isFour || isSix)
            && parts.Length <= 2
            && (parts.Length == 1 || (IsNumber(parts[1]) && int.Parse(parts[1], CultureInfo.InvariantCulture) <= (isFour ? 32 : 128)));
    }

    private static bool IsDottedQuad(string text) => text.Split('.') is { Length: 4 } parts
        && parts.All(part => IsNumber(part) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255);

    private static bool IsNumber(string text) => text.Length is >= 1 and <= 3 && text.All(character => character is >= '0' and <= '9');
}
