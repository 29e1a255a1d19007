using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AclAdmin.Client.Http;

/// <summary>Takes secrets out of texts that may be shown: the one place that does.</summary>
public sealed class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "********";

    // Cloudflare's newer credentials carry these prefixes, so they are known even when they are not this connection's own.
    private static readonly Regex KnownShapes = new(
        @"\bcf(k|ut|at)_[A-Za-z0-9_\-]{8,}|(?<=\bBearer\s+)[A-Za-z0-9._~+/\-]{8,}=*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1));

    private readonly Func<IEnumerable<string>> _secrets;

    /// <summary>Redacts the secrets that a function names, at the time of asking, as renewal changes them.</summary>
    public Redactor(Func<IEnumerable<string>> secrets)
    {
        _secrets = secrets;
    }

    /// <summary>The text without secrets.</summary>
    public string Redact(string text)
    {
        foreach (var secret in _secrets().Where(secret => secret.Length > 0))
        {
            text = text.Replace(secret, Mask);

            // As a service may quote it back inside a JSON text or an address.
            var escaped = Uri.EscapeDataString(secret);
            if (escaped != secret)
            {
                text = text.Replace(escaped, Mask);
            }
        }

        return KnownShapes.Replace(text, Mask);
    }
}
