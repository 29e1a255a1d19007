using System.Text;

namespace AclAdmin.Client.Http.Responses;

/// <summary>Passes values of plain JSON in the bytes of an answer, and gives up at any other: a method that returns false has found one.</summary>
/// <param name="utf8">The bytes.</param>
internal struct PlainJsonScan(byte[] utf8)
{
    /// <summary>Less than the depth that an answer may have.</summary>
    private const int MaxDepth = 16;

    /// <summary>Any number of so many characters fits into every type that the library may choose.</summary>
    private const int MaxNumberLength = 16;

    private readonly byte[] _utf8 = utf8;
    private int _at = 0;

    /// <summary>Where the next byte stands.</summary>
    public readonly int At => _at;

    /// <summary>Whether nothing but white space is left.</summary>
    public bool IsAtEnd => Peek() == '\0' && _at == _utf8.Length;

    /// <summary>A piece of the bytes as text.</summary>
    public readonly string TextOf(int start, int end) => Encoding.UTF8.GetString(_utf8, start, end - start);

    /// <summary>Passes a value of any kind.</summary>
    public bool Skip(int depth)
    {
        switch (Peek())
        {
            case '"':
                return SkipText(out _);
            case '{':
                return depth < MaxDepth && SkipItems('}', hasNames: true, depth + 1);
            case '[':
                return depth < MaxDepth && SkipItems(']', hasNames: false, depth + 1);
            case 't':
                return SkipWord("true");
            case 'f':
                return SkipWord("false");
            case 'n':
                return SkipWord("null");
            default:
                return SkipNumber();
        }
    }

    private bool SkipItems(char end, bool hasNames, int depth)
    {
        _at++;
        if (Accept(end))
        {
            return true;
        }

        do
        {
            if (hasNames && !(Peek() == '"' && SkipText(out _) && Accept(':')))
            {
                return false;
            }

            if (!Skip(depth))
            {
                return false;
            }
        }
        while (Accept(','));
        return Accept(end);
    }

    /// <summary>Passes a text. A byte of a character beyond ASCII is never one that means something here.</summary>
    public bool SkipText(out bool isEscaped)
    {
        isEscaped = false;
        if (Peek() != '"')
        {
            return false;
        }

        // Most of an answer is texts, so the place is kept in a local variable on the way.
        var utf8 = _utf8;
        for (var at = _at + 1; at < utf8.Length; at++)
        {
            var character = utf8[at];
            if (character == '"')
            {
                _at = at + 1;
                return true;
            }

            if (character < ' ')
            {
                return false;
            }

            if (character == '\\')
            {
                isEscaped = true;
                _at = at;
                if (!SkipEscape())
                {
                    return false;
                }

                at = _at;
            }
        }

        return false;
    }

    /// <summary>Passes an escape up to its last character.</summary>
    private bool SkipEscape()
    {
        if (++_at >= _utf8.Length)
        {
            return false;
        }

        if (_utf8[_at] != 'u')
        {
            return _utf8[_at] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
        }

        for (var digit = 0; digit < 4; digit++)
        {
            if (++_at >= _utf8.Length || _utf8[_at] is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F')))
            {
                return false;
            }
        }

        return true;
    }

    private bool SkipWord(string word)
    {
        foreach (var letter in word)
        {
            if (_at >= _utf8.Length || _utf8[_at] != letter)
            {
                return false;
            }

            _at++;
        }

        return true;
    }

    /// <summary>Passes a number without an exponent.</summary>
    private bool SkipNumber()
    {
        var start = _at;
        if (_utf8.Length > _at && _utf8[_at] == '-')
        {
            _at++;
        }

        var whole = SkipDigits();

        // A number with a zero in front is none in JSON, and one to the base of eight elsewhere.
        var isPlain = whole == 1 || (whole > 1 && _utf8[_at - whole] != '0');
        if (isPlain && _at < _utf8.Length && _utf8[_at] == '.')
        {
            _at++;
            isPlain = SkipDigits() > 0;
        }

        return isPlain && _at - start <= MaxNumberLength;
    }

    private int SkipDigits()
    {
        var start = _at;
        while (_at < _utf8.Length && _utf8[_at] is >= (byte)'0' and <= (byte)'9')
        {
            _at++;
        }

        return _at - start;
    }

    /// <summary>Passes white space and, if it comes then, a character.</summary>
    public bool Accept(char character)
    {
        if (Peek() != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Passes white space.</summary>
    /// <returns>The character that comes then; U+0000 at the end.</returns>
    public char Peek()
    {
        while (_at < _utf8.Length && _utf8[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }

        return _at < _utf8.Length ? (char)_utf8[_at] : '\0';
    }
}
