using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>Takes secrets out of texts that may be shown: the one place that does.</summary>
public sealed class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "********";

    /// <summary>No secret of these services is longer, however it is quoted.</summary>
    private const int LongestSecret = 2048;

    // Cloudflare's newer credentials carry these prefixes, so they are known even when they are not this connection's own.
    private static readonly Regex KnownShapes = new(
        @"\bcf(k|ut|at)_[A-Za-z0-9_\-]{8,}|(?<=\bBearer\s+)[A-Za-z0-9._~+/\-]{8,}=*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private readonly ConcurrentDictionary<string, Regex> _patterns = new(StringComparer.Ordinal);
    private readonly Func<IEnumerable<string>> _secrets;

    /// <summary>Redacts the secrets that a function names, at the time of asking, as renewal changes them.</summary>
    public Redactor(Func<IEnumerable<string>> secrets)
    {
        _secrets = secrets;
    }

    /// <summary>The text without secrets.</summary>
    public string Redact(string text)
    {
        // A secret is never quoted in fewer characters than it has, so a short text needs no look. The longest first, so that one which starts another
        // leaves no tail of it.
        foreach (var secret in _secrets().Where(secret => secret.Length > 0 && secret.Length <= text.Length).OrderByDescending(secret => secret.Length))
        {
            text = _patterns.GetOrAdd(secret, BuildPattern).Replace(text, Mask);
        }

        return MayContainKnownShape(text) ? KnownShapes.Replace(text, Mask) : text;
    }

    /// <summary>The start of a text without secrets, and without half a secret where it is cut. However long the text is, only its start is looked at.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters are kept.</param>
    public string Redact(string text, int maxLength)
    {
        var window = maxLength + LongestSecret;
        if (text.Length <= window)
        {
            var whole = Redact(text);
            return whole.Length <= maxLength ? whole : whole.Substring(0, maxLength) + "…";
        }

        // A secret that the window cuts is not known as one, so the window's end is dropped.
        var start = Redact(text.Substring(0, window));
        return start.Substring(0, Math.Max(0, Math.Min(maxLength, start.Length - LongestSecret))) + "…";
    }

    private static bool MayContainKnownShape(string text) =>
        text.IndexOf("cf", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("Bearer", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Finds a secret however a service may quote it back: as it is, in an address, in a JSON text, in a web page.</summary>
    private static Regex BuildPattern(string secret) =>
        new(string.Concat(secret.Select(EncodingsOf)), RegexOptions.CultureInvariant);

    private static string EncodingsOf(char character)
    {
        var literal = Regex.Escape(character.ToString());
        if (char.IsLetterOrDigit(character))
        {
            return literal;
        }

        var code = (int)character;
        var named = character switch
        {
            '&' => "|&amp;",
            '<' => "|&lt;",
            '>' => "|&gt;",
            '"' => "|&quot;",
            '\'' => "|&apos;",
            _ => "",
        };
        return $@"(?:\\?{literal}|%(?i:{code:x2})|\\u(?i:{code:x4})|&\#0*{code};|&\#[xX]0*(?i:{code:x});{named})";
    }
}
