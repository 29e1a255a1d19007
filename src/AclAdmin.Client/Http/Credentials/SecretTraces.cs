using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>
/// Recognises secrets, and pieces of them, however a service transformed them. Of every secret it keeps each run of eight letters and digits, as they
/// are, in base64 and in hexadecimal digits; of a text it looks at every such run, without regard to case and to whatever stands in between.
/// </summary>
/// <remarks>
/// Eight letters or digits fit into 64 bits, so a run is a number, and a look at a text costs one look-up a character. Texts with escapes are looked at
/// again with the escapes resolved. base64 needs no decoding: three bytes become four characters, so whatever stands in front of a secret (such as the
/// address and the colon of HTTP's basic scheme), its characters are those of one of three alignments.
/// </remarks>
internal sealed class SecretTraces
{
    /// <summary>A run of fewer characters gives nothing away, and ordinary texts would be full of them.</summary>
    private const int RunLength = 8;

    /// <summary>Fewer letters and digits than that are not known again, except as they are.</summary>
    private const int ShortestRun = 6;

    /// <summary>Two hexadecimal digits stand for a character, so eight characters are this many runs of eight digits in a row.</summary>
    private const int HexRunsInARow = RunLength + 1;

    /// <summary>An escape within an escape within an escape; more are not resolved.</summary>
    private const int MaxPasses = 4;

    /// <summary>What a character that is neither letter nor digit becomes.</summary>
    private const ulong Separator = 0;

    /// <summary>
    /// Words that stand in the texts of the services and of this module. A run within one of them is no trace: whoever has such a word in a password
    /// would have every message masked, and the word gives nothing away.
    /// </summary>
    private static readonly HashSet<ulong> OrdinaryRuns = new(new[]
    {
        "accesscontrol", "administrator", "application", "authentication", "authorization", "cloudflare", "carrierx", "connection", "credential",
        "credentials", "emailsecurity", "environment", "example", "impersonationregistry", "localhost", "password", "passwords", "permission", "permissions",
        "sandbox", "settings", "unauthorized", "username",
    }.SelectMany(word => RunsOf(word, RunLength).Concat(RunsOf(word, RunLength - 1)).Concat(RunsOf(word, ShortestRun))));

    private readonly HashSet<ulong>[] _runs = [new(), new(), new()];
    private readonly HashSet<ulong> _hexRuns = [];

    /// <summary>Keeps the traces of secrets.</summary>
    public SecretTraces(IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            AddRuns(secret);
            var utf8 = Encoding.UTF8.GetBytes(secret);
            AddBase64(utf8);
            _hexRuns.UnionWith(RunsOf(string.Concat(utf8.Select(value => value.ToString("x2", CultureInfo.InvariantCulture))), RunLength));
        }
    }

    /// <summary>Whether a text holds a piece of a secret, transformed or not.</summary>
    public bool AreIn(string text)
    {
        if (AreInAsItIs(text))
        {
            return true;
        }

        for (var pass = 0; pass < MaxPasses && Escapes.Resolve(text) is { } plain; pass++)
        {
            if (AreInAsItIs(plain))
            {
                return true;
            }

            text = plain;
        }

        return false;
    }

    /// <summary>The letter or digit in its small form; 0 for anything else.</summary>
    private static ulong Normalize(char character) => character switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => character,
        >= 'A' and <= 'Z' => (ulong)(character | 0x20),
        _ => Separator,
    };

    private static IEnumerable<ulong> RunsOf(string text, int length)
    {
        ulong window = 0;
        var count = 0;
        foreach (var character in text)
        {
            if (Normalize(character) is not Separator and var kept)
            {
                window = (window << 8) | kept;
                if (++count >= length)
                {
                    yield return Last(window, length);
                }
            }
        }
    }

    private static ulong Last(ulong window, int length) => length == RunLength ? window : window & ((1UL << (8 * length)) - 1);

    private void AddRuns(string secret)
    {
        Add(RunsOf(secret, RunLength), RunLength);

        // Eight characters in a row may hold fewer letters and digits. Without a digit such a short run would be a word.
        for (var start = 0; start + RunLength <= secret.Length; start++)
        {
            AddShort(secret.Substring(start, RunLength));
        }

        if (secret.Length < RunLength)
        {
            AddShort(secret);
        }
    }

    private void AddShort(string piece)
    {
        var length = piece.Count(character => Normalize(character) != Separator);
        if (length is >= ShortestRun and < RunLength && piece.Any(char.IsDigit))
        {
            Add(RunsOf(piece, length), length);
        }
    }

    private void AddBase64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String(new byte[before].Concat(secret).ToArray());

            // The first characters depend on what stands in front, the last ones on what follows.
            var first = before == 0 ? 0 : before + 1;
            var last = (before + secret.Length) * 8 / 6;
            if (last > first)
            {
                Add(RunsOf(text.Substring(first, last - first), RunLength), RunLength);
            }
        }
    }

    private void Add(IEnumerable<ulong> runs, int length) =>
        _runs[length - ShortestRun].UnionWith(runs.Where(run => !IsOrdinary(run)));

    /// <summary>Whether a run is within an ordinary word, or but one character longer: "the password" is not a part of "example-password-1".</summary>
    private static bool IsOrdinary(ulong run) =>
        OrdinaryRuns.Contains(run) || OrdinaryRuns.Contains(Last(run, RunLength - 1)) || OrdinaryRuns.Contains(run >> 8);

    private bool AreInAsItIs(string text)
    {
        if (text.Length < ShortestRun)
        {
            return false;
        }

        var (six, seven, eight) = (_runs[0], _runs[1], _runs[2]);
        ulong window = 0;
        var count = 0;
        var hexRuns = 0;
        foreach (var character in text)
        {
            if (Normalize(character) is not Separator and var kept)
            {
                window = (window << 8) | kept;
                count++;
                if ((count >= RunLength && eight.Contains(window))
                    || (seven.Count > 0 && count >= RunLength - 1 && seven.Contains(Last(window, RunLength - 1)))
                    || (six.Count > 0 && count >= ShortestRun && six.Contains(Last(window, ShortestRun))))
                {
                    return true;
                }

                hexRuns = count >= RunLength && _hexRuns.Contains(window) ? hexRuns + 1 : 0;
                if (hexRuns == HexRunsInARow)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
