using System;
using System.Linq;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>A text that must not be shown. It prints as stars, and only the code that writes the authentication headers reveals it.</summary>
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps a secret.</summary>
    /// <exception cref="ArgumentException">It is empty, or contains a character that a header cannot contain.</exception>
    public Secret(string value)
    {
        CheckHeaderText(value, nameof(value));
        _value = value;
    }

    /// <summary>
    /// Wraps a token or a key as people paste it: white space around it, and the name of the header and the scheme in front of it (<c>Bearer</c>, in any
    /// case), are no part of it.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// It is empty, or contains a space or another character that no token contains. The message does not repeat it.
    /// </exception>
    public static Secret FromPasted(string pasted)
    {
        var token = RemoveStart(RemoveStart(pasted.Trim(), "Authorization:").Trim(), "Bearer", "Bearer:");
        CheckHeaderText(token, nameof(pasted));
        return token.IndexOf(' ') < 0
            ? new Secret(token)
            : throw new ArgumentException("A token or key holds a space, which none of these services has in it. Copy it again, and only it.", nameof(pasted));
    }

    /// <summary>Refuses a text that a header cannot contain. The message does not repeat it.</summary>
    /// <exception cref="ArgumentException">It is empty, or contains a character that a header cannot contain.</exception>
    internal static void CheckHeaderText(string value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException("A credential must not be empty.", name);
        }

        foreach (var character in value)
        {
            // A line break pasted along with a token would end the header.
            if (character is < ' ' or > '~')
            {
                throw new ArgumentException(
                    "A credential holds a line break or another character that no credential of these services has. Copy it again.", name);
            }
        }
    }

    /// <summary>The text without a word that it starts with, where something else follows on the word.</summary>
    private static string RemoveStart(string text, params string[] words)
    {
        foreach (var word in words.OrderByDescending(word => word.Length))
        {
            if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = text.Substring(word.Length);
            if (rest.Length == 0 || char.IsWhiteSpace(rest[0]) || word[word.Length - 1] == ':')
            {
                return rest.Trim();
            }
        }

        return text;
    }

    /// <summary>The secret itself.</summary>
    internal string Reveal() => _value;

    /// <summary>Stars, always.</summary>
    public override string ToString() => "********";
}
