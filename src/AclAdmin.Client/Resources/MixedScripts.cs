namespace AclAdmin.Client.Resources;

/// <summary>
/// Finds letters that look like Latin ones: a word that mixes two alphabets looks right and matches nothing. Registries refuse such domain names for that
/// reason (Unicode Technical Standard 39, "Restriction-level detection").
/// </summary>
internal static class MixedScripts
{
    /// <summary>The first letter of another alphabet in a word that also has letters of ASCII.</summary>
    /// <param name="text">The text. A word ends where no letter and no digit follows.</param>
    /// <returns>The letter, and the name of its alphabet; null where no word mixes alphabets.</returns>
    public static (char Letter, string Alphabet)? Find(string text)
    {
        (char, string)? foreign = null;
        var hasLatin = false;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index == text.Length || !char.IsLetterOrDigit(text[index]))
            {
                if (hasLatin && foreign is not null)
                {
                    return foreign;
                }

                foreign = null;
                hasLatin = false;
            }
            else if (text[index] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            {
                hasLatin = true;
            }
            else if (foreign is null && AlphabetOf(text[index]) is { } alphabet)
            {
                foreign = (text[index], alphabet);
            }
        }

        return null;
    }

    /// <summary>
    /// The alphabets whose letters are drawn like Latin ones. Others, such as Han or Arabic, occur beside Latin letters without being mistaken for
    /// them.
    /// </summary>
    private static string? AlphabetOf(char letter) => letter switch
    {
        >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF' => "Greek",
        >= '\u0400' and <= '\u052F' or >= '\u1C80' and <= '\u1C8F' or >= '\uA640' and <= '\uA69F' => "Cyrillic",
        >= '\u0530' and <= '\u058F' => "Armenian",
        >= '\u13A0' and <= '\u13FF' => "Cherokee",
        _ => null,
    };
}
