using System;
using Newtonsoft.Json;

namespace AclAdmin.Client;

/// <summary>Keeps buffers of each thread, as each reader and writer of JSON would otherwise make its own.</summary>
internal sealed class CharacterPool : IArrayPool<char>
{
    /// <summary>The pool.</summary>
    public static readonly CharacterPool Instance = new();

    private const int LargestKept = 16 * 1024;

    /// <summary>Two, as one holds an answer's text while the other is the buffer of its reader.</summary>
    [ThreadStatic]
    private static char[]? _kept;

    [ThreadStatic]
    private static char[]? _alsoKept;

    /// <inheritdoc/>
    public char[] Rent(int minimumLength) => Take(ref _kept, minimumLength) ?? Take(ref _alsoKept, minimumLength) ?? new char[minimumLength];

    /// <inheritdoc/>
    public void Return(char[]? array)
    {
        if (array is { Length: <= LargestKept })
        {
            Keep(ref IsSmaller(_kept, _alsoKept) ? ref _kept : ref _alsoKept, array);
        }
    }

    private static char[]? Take(ref char[]? place, int minimumLength)
    {
        if (place is not { } kept || kept.Length < minimumLength)
        {
            return null;
        }

        place = null;
        return kept;
    }

    private static void Keep(ref char[]? place, char[] array)
    {
        if (IsSmaller(place, array))
        {
            place = array;
        }
    }

    private static bool IsSmaller(char[]? one, char[]? other) => (one?.Length ?? 0) < (other?.Length ?? 0);
}
