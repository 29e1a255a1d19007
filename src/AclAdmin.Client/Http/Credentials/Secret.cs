using System;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>A text that must not be shown. It prints as stars, and only the code that writes the authentication headers reveals it.</summary>
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps a secret.</summary>
    /// <exception cref="ArgumentException">It is empty, or holds a character that cannot stand in a header.</exception>
    public Secret(string value)
    {
        CheckHeaderText(value, nameof(value));
        _value = value;
    }

    /// <summary>Refuses a text that cannot stand in a header. The message does not repeat it.</summary>
    /// <exception cref="ArgumentException">It is empty, or holds a character that cannot stand in a header.</exception>
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

    /// <summary>The secret itself.</summary>
    internal string Reveal() => _value;

    /// <summary>Stars, always.</summary>
    public override string ToString() => "********";
}
