using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>Removes secrets from texts that may be shown, in one place.</summary>
public sealed class Redactor
{
    /// <summary>The text that replaces a secret.</summary>
    public const string Mask = "********";

    /// <summary>No secret of these services is longer, however it is quoted.</summary>
    private const int LongestSecret = 2048;

    // Cloudflare's newer credentials carry these prefixes, so they are known even when they are not this connection's own.
    private static readonly Regex KnownShapes = new(
        @"\bcf(k|ut|at)_[A-Za-z0-9_\-]{8,}|(?<=\bBearer\s+)[A-Za-z0-9._~+/\-]{8,}=*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Fewer letters and digits leave no trace that is known again; masking them wherever they stand would make ordinary texts unreadable.</summary>
    private const int ShortestTrace = 8;

    private static readonly List<WeakReference<Redactor>> Live = [];

    private static readonly Redactor Everything = new(() => Live.SelectMany(live => live.TryGetTarget(out var redactor) ? redactor._secrets() : []).Where(LeavesATrace), false);

    private readonly ConcurrentDictionary<string, Regex> _patterns = new(StringComparer.Ordinal);
    private readonly Func<IEnumerable<string>> _secrets;
    private Known _known = new([]);

    /// <summary>Redacts the secrets that a function names, at the time of asking, as renewal changes them.</summary>
    public Redactor(Func<IEnumerable<string>> secrets)
        : this(secrets, isKept: true)
    {
    }

    private Redactor(Func<IEnumerable<string>> secrets, bool isKept)
    {
        _secrets = secrets;
        if (isKept)
        {
            lock (Live)
            {
                Live.RemoveAll(live => !live.TryGetTarget(out _));
                Live.Add(new WeakReference<Redactor>(this));
            }
        }
    }

    /// <summary>
    /// The text without the secrets of any connection of this process, for what is shown away from a request: a view, a question, a completion. Secrets of
    /// fewer than eight letters and digits are left to the redactors of their connections.
    /// </summary>
    public static string RedactAll(string text)
    {
        lock (Live)
        {
            return Everything.Redact(text);
        }
    }

    /// <summary>JSON without secrets: each text and each name is redacted by itself, so that the rest stays readable.</summary>
    /// <param name="token">The JSON, which is left as it is.</param>
    /// <returns>The token itself where there is no secret in it; the mask alone where one spans several of its texts.</returns>
    public JToken Redact(JToken token)
    {
        var text = token.ToString(Formatting.None);
        if (Redact(text) == text)
        {
            return token;
        }

        var masked = token.DeepClone();
        MaskTexts(masked);
        text = masked.ToString(Formatting.None);
        return Redact(text) == text ? masked : new JValue(Mask);
    }

    /// <summary>
    /// The text without secrets. Where one stands as it is, or in an escape that is known, it alone is masked; where a piece of one is left after that, or
    /// one that was transformed, the whole text is.
    /// </summary>
    public string Redact(string text)
    {
        var known = GetKnown();
        if (known.MayBeIn(text))
        {
            // The longest first, so that one which starts another leaves no tail of it.
            foreach (var secret in known.LongestFirst)
            {
                text = _patterns.GetOrAdd(secret, BuildPattern).Replace(text, Mask);
            }

            if (known.Traces.AreIn(text))
            {
                return Mask;
            }
        }

        return MayContainKnownShape(text) ? KnownShapes.Replace(text, Mask) : text;
    }

    /// <summary>
    /// The start of a text without secrets, and without half a secret where it is cut. However long the text is, only its start is looked at.
    /// </summary>
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

    /// <summary>Masks every text and every name in JSON by itself.</summary>
    internal void MaskTexts(JToken token)
    {
        var all = (token as JContainer)?.DescendantsAndSelf().ToArray() ?? [token];
        foreach (var text in all.OfType<JValue>())
        {
            if (text.Value is string value)
            {
                text.Value = Redact(value);
            }
        }

        foreach (var property in all.OfType<JProperty>().Where(property => Redact(property.Name) != property.Name))
        {
            var name = Mask;
            while (property.Parent![name] is not null)
            {
                name += "*";
            }

            property.Replace(new JProperty(name, property.Value));
        }
    }

    private static bool LeavesATrace(string secret) => secret.Count(char.IsLetterOrDigit) >= ShortestTrace;

    private Known GetKnown()
    {
        // A handful of texts, and the same ones nearly always.
        var known = _known;
        var secrets = _secrets();
        if (!AreSame(known.Secrets, secrets))
        {
            _known = known = new Known(secrets.Where(secret => secret.Length > 0).ToArray());
        }

        return known;
    }

    private static bool AreSame(string[] known, IEnumerable<string> secrets)
    {
        // Compared for each text that is shown, which is one for each answer: so without iterators.
        var count = 0;
        foreach (var secret in secrets)
        {
            if (secret.Length > 0 && (count == known.Length || !string.Equals(known[count++], secret, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return count == known.Length;
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
        return FormattableString.Invariant($@"(?:\\?{literal}|%(?i:{code:x2})|\\u(?i:{code:x4})|&\#0*{code};|&\#[xX]0*(?i:{code:x});{named})");
    }

    /// <summary>The secrets of a moment, and how they are recognised.</summary>
    private sealed class Known(string[] secrets)
    {
        /// <summary>Too short, or with too few letters and digits, to leave a trace: looked for as they are.</summary>
        private readonly string[] _short = secrets.Where(secret => !LeavesATrace(secret)).ToArray();

        public string[] Secrets => secrets;

        public string[] LongestFirst { get; } = secrets.OrderByDescending(secret => secret.Length).ToArray();

        public SecretTraces Traces { get; } = new(secrets);

        public bool MayBeIn(string text) => Traces.AreIn(text) || Array.Exists(_short, secret => secret.Length <= text.Length);
    }
}
