using System.Collections.Generic;
using System.Globalization;

namespace AclAdmin.Client.Http.Responses;

/// <summary>
/// Reads the members of an object where it stands in the bytes of an answer, and makes no texts of members that are not needed: every write is answered with
/// some hundred bytes, and reading them with the JSON library takes ten times as long. It reads plain JSON only and gives up at anything else, such as another
/// spelling, long numbers or many bytes. What else is an answer, the library decides.
/// </summary>
/// <param name="utf8">The bytes.</param>
internal struct PlainJsonReader(byte[] utf8)
{
    /// <summary>So few bytes contain fewer values than an answer may have.</summary>
    private const int MaxBytes = 64 * 1024;

    private PlainJsonScan _scan = new(utf8);

    /// <summary>Reads the members of an object.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="members">Obtains the members; also some of an object that is not plain.</param>
    /// <returns>False where the bytes are not one object in plain JSON, and the whole of it.</returns>
    public static bool TryRead(byte[] utf8, List<JsonMember> members)
    {
        if (utf8.Length > MaxBytes)
        {
            return false;
        }

        var reader = new PlainJsonReader(utf8);
        return reader._scan.Accept('{') && reader.ReadMembers(members) && reader._scan.IsAtEnd;
    }

    private bool ReadMembers(List<JsonMember> members)
    {
        if (_scan.Accept('}'))
        {
            return true;
        }

        do
        {
            if (!ReadText(out var name) || !_scan.Accept(':'))
            {
                return false;
            }

            if (_scan.Peek() == '{')
            {
                var member = new JsonMember(name!, isObject: true, value: null);
                members.Add(member);
                if (!ReadInner(member))
                {
                    return false;
                }
            }
            else if (ReadScalar(out var value))
            {
                members.Add(new JsonMember(name!, isObject: false, value));
            }
            else
            {
                return false;
            }
        }
        while (_scan.Accept(','));
        return _scan.Accept('}');
    }

    /// <summary>Reads the members of a member, and makes a text only of what is noted of them.</summary>
    private bool ReadInner(JsonMember member)
    {
        _scan.Accept('{');
        if (_scan.Accept('}'))
        {
            return true;
        }

        do
        {
            _scan.Peek();
            var start = _scan.At;
            if (!_scan.SkipText(out var isEscaped) || isEscaped)
            {
                return false;
            }

            // What is noted has a short name, so that the names of other lengths need not become texts.
            var name = _scan.At - start == JsonMember.LengthOfNoted + 2 ? _scan.TextOf(start + 1, _scan.At - 1) : "";
            if (!_scan.Accept(':'))
            {
                return false;
            }

            if (!JsonMember.IsNoted(name))
            {
                if (!_scan.Skip(depth: 2))
                {
                    return false;
                }
            }
            else if (ReadScalar(out var value))
            {
                member.Note(name, value);
            }
            else
            {
                return false;
            }
        }
        while (_scan.Accept(','));
        return _scan.Accept('}');
    }

    /// <summary>Reads a value: a text, a flag or a whole number, or null for any other.</summary>
    private bool ReadScalar(out object? value)
    {
        value = null;
        var first = _scan.Peek();
        if (first == '"')
        {
            var isPlain = ReadText(out var text);
            value = text;
            return isPlain;
        }

        var start = _scan.At;
        if (!_scan.Skip(depth: 1))
        {
            return false;
        }

        value = first switch
        {
            't' => true,
            'f' => false,
            '-' or (>= '0' and <= '9') when long.TryParse(
                _scan.TextOf(start, _scan.At), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
        return true;
    }

    private bool ReadText(out string? text)
    {
        _scan.Peek();
        var start = _scan.At;
        text = _scan.SkipText(out var isEscaped) && !isEscaped ? _scan.TextOf(start + 1, _scan.At - 1) : null;
        return text is not null;
    }
}
