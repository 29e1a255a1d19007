using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The members of a line, found in its bytes: a journal may have a million lines, most of each is the item before and after, and only the members that are
/// asked for become texts. The whole line is checked to be JSON.
/// </summary>
internal sealed class LineMembers
{
    /// <summary>Deeper nesting than an item has.</summary>
    private const int MaxDepth = 64;

    private readonly List<Member> _members = new(16);
    private byte[] _bytes = [];
    private int _at;
    private int _end;
    private bool _hasSpace;

    /// <summary>Finds the members of a line.</summary>
    /// <returns>False where it is no JSON object, or more than one.</returns>
    public bool TryScan(byte[] bytes, int start, int end)
    {
        (_bytes, _at, _end, _hasSpace) = (bytes, start, end, false);
        _members.Clear();
        return Skips((byte)'{') && ScanMembers(1, _members) && IsAtEnd();
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name) => Find(name) is { Length: > 0 } member && _bytes[member.Start] == '"'
        ? Array.IndexOf(_bytes, (byte)'\\', member.Start, member.Length) < 0 ? Utf8(member.Start + 1, member.Length - 2) : Token(name).AsText()
        : null;

    /// <summary>A whole number; null where there is none.</summary>
    public long? Number(string name) =>
        Find(name) is { Length: > 0 and < 20 } member && long.TryParse(Utf8(member.Start, member.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Whether there is such a member.</summary>
    public bool Has(string name) => Find(name).Length > 0;

    /// <summary>The plain values of a list; none where there is no list.</summary>
    public IEnumerable<JValue> List(string name) => Has(name) ? (Token(name) as JArray)?.OfType<JValue>() ?? [] : [];

    /// <summary>The line's time, in UTC; null where it cannot be read.</summary>
    public DateTime? Time() => LineReader.ReadTime(Text(JournalSchema.Time));

    /// <summary>The fields of an object, each with its value in JSON as a journal writes it; none where there is no object.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields(string name)
    {
        var (start, length) = Find(name) is { Length: > 0 } member && _bytes[member.Start] == '{' ? (member.Start, member.Length) : (0, 0);
        var inner = new LineMembers();
        if (length == 0 || !inner.TryScan(_bytes, start, start + length))
        {
            return [];
        }

        return inner._hasSpace
            ? ((JObject)Token(name)!).Properties().Select(field => new KeyValuePair<string, string>(field.Name, field.Value.ToString(Newtonsoft.Json.Formatting.None))).ToArray()
            : inner._members.ConvertAll(field => new KeyValuePair<string, string>(Utf8(field.Name, field.NameLength), Utf8(field.Start, field.Length)));
    }

    private JToken? Token(string name) => LineReader.Parse($"{{\"{name}\":{Utf8(Find(name).Start, Find(name).Length)}}}")?[name];

    private string Utf8(int start, int length) => Encoding.UTF8.GetString(_bytes, start, length);

    /// <summary>The last member of a name, which counts.</summary>
    private Member Find(string name)
    {
        for (var index = _members.Count - 1; index >= 0; index--)
        {
            if (IsNamed(_members[index], name))
            {
                return _members[index];
            }
        }

        return default;
    }

    private bool IsNamed(Member member, string name)
    {
        if (member.NameLength != name.Length)
        {
            return false;
        }

        for (var index = 0; index < name.Length; index++)
        {
            if (_bytes[member.Name + index] != name[index])
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanMembers(int depth, List<Member>? members)
    {
        if (Skips((byte)'}'))
        {
            return true;
        }

        do
        {
            SkipSpace();
            var name = _at + 1;
            if (!ScanText())
            {
                return false;
            }

            var nameLength = _at - 1 - name;
            if (!Skips((byte)':'))
            {
                return false;
            }

            SkipSpace();
            var start = _at;
            if (!ScanValue(depth))
            {
                return false;
            }

            members?.Add(new Member(name, nameLength, start, _at - start));
        }
        while (Skips((byte)','));
        return Skips((byte)'}');
    }

    private bool ScanValue(int depth)
    {
        if (_at >= _end || depth > MaxDepth)
        {
            return false;
        }

        switch (_bytes[_at])
        {
            case (byte)'"':
                return ScanText();
            case (byte)'{':
                _at++;
                return ScanMembers(depth + 1, null);
            case (byte)'[':
                _at++;
                return ScanElements(depth + 1);
            default:
                return ScanLiteral();
        }
    }

    private bool ScanElements(int depth)
    {
        if (Skips((byte)']'))
        {
            return true;
        }

        do
        {
            SkipSpace();
            if (!ScanValue(depth))
            {
                return false;
            }
        }
        while (Skips((byte)','));
        return Skips((byte)']');
    }

    private bool ScanText()
    {
        if (_at >= _end || _bytes[_at] != '"')
        {
            return false;
        }

        for (_at++; _at < _end; _at++)
        {
            switch (_bytes[_at])
            {
                case (byte)'"':
                    _at++;
                    return true;
                case (byte)'\\':
                    _at++;
                    break;
                case < (byte)' ':
                    return false;
            }
        }

        return false;
    }

    private bool ScanLiteral()
    {
        var start = _at;
        while (_at < _end && _bytes[_at] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'E')
        {
            _at++;
        }

        return _at > start && (_bytes[start] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') || Utf8(start, _at - start) is "true" or "false" or "null");
    }

    private bool Skips(byte sign)
    {
        SkipSpace();
        if (_at >= _end || _bytes[_at] != sign)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _end && _bytes[_at] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            _at++;
            _hasSpace = true;
        }
    }

    private bool IsAtEnd()
    {
        SkipSpace();
        return _at == _end;
    }

    private readonly record struct Member(int Name, int NameLength, int Start, int Length);
}
