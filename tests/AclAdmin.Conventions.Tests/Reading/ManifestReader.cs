using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>
/// Reads a PowerShell data file without an engine: quoted texts, bare words, lists and tables, with comments anywhere. It knows what
/// manifests are made of and no more; what it takes for a bare word, such as <c>$true</c>, stays the text it is.
/// </summary>
internal sealed class ManifestReader
{
    private readonly string _text;
    private int _at;

    private ManifestReader(string text)
    {
        _text = text;
    }

    /// <summary>Reads the manifest of the module.</summary>
    public static IReadOnlyDictionary<string, object> ReadModule() => Parse(File.ReadAllText(Repository.Manifest));

    /// <summary>Reads the text of a data file.</summary>
    /// <returns>Its table: each value is a text, a list of values, or a table. Keys have no case.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyDictionary<string, object> Parse(string text) =>
        new ManifestReader(text).ReadValue() as Dictionary<string, object>
            ?? throw new FormatException("A data file must be one table, @{ }.");

    /// <summary>A value as the list that the engine makes of it: a single one is a list of one.</summary>
    public static IReadOnlyList<string> ListOf(object value) =>
        value is List<object> items ? items.Select(item => item.ToString()!).ToArray() : [value.ToString()!];

    private object ReadValue()
    {
        SkipBlanks();
        if (Takes("@("))
        {
            return ReadList();
        }

        if (Takes("@{"))
        {
            return ReadTable();
        }

        return Current is '\'' or '"' ? ReadQuoted(_text[_at++]) : ReadWord();
    }

    private List<object> ReadList()
    {
        var items = new List<object>();
        while (true)
        {
            SkipBlanks(",;");
            if (Takes(")"))
            {
                return items;
            }

            items.Add(ReadValue());
        }
    }

    private Dictionary<string, object> ReadTable()
    {
        var table = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            SkipBlanks(";");
            if (Takes("}"))
            {
                return table;
            }

            var key = ReadValue().ToString()!;
            SkipBlanks();
            if (!Takes("="))
            {
                throw Unreadable($"'{key}' is not followed by '='");
            }

            table[key] = ReadAssigned();
        }
    }

    /// <summary>A list of several needs no brackets after <c>=</c>.</summary>
    private object ReadAssigned()
    {
        var first = ReadValue();
        List<object>? items = null;
        SkipBlanks();
        while (Takes(","))
        {
            (items ??= [first]).Add(ReadValue());
            SkipBlanks();
        }

        return items ?? first;
    }

    private string ReadQuoted(char quote)
    {
        var text = new StringBuilder();
        while (Current is not '\0')
        {
            var character = _text[_at++];
            if (character == quote && Current != quote)
            {
                return text.ToString();
            }

            if (character == quote || (character == '`' && quote == '"'))
            {
                character = _text[_at++];
            }

            text.Append(character);
        }

        throw Unreadable("a text does not end");
    }

    private string ReadWord()
    {
        var start = _at;
        while (Current is not '\0' && !char.IsWhiteSpace(Current) && !"=,;(){}#'\"".Contains(Current))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Unreadable("a value is missing");
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool Takes(string expected)
    {
        var isThere = string.CompareOrdinal(_text, _at, expected, 0, expected.Length) == 0;
        _at += isThere ? expected.Length : 0;
        return isThere;
    }

    private void SkipBlanks(string separators = "")
    {
        while (Current is not '\0')
        {
            if (Takes("<#"))
            {
                SkipPast("#>");
            }
            else if (Current == '#')
            {
                SkipPast("\n");
            }
            else if (char.IsWhiteSpace(Current) || separators.Contains(Current))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipPast(string end)
    {
        var found = _text.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : found + end.Length;
    }

    private FormatException Unreadable(string problem) =>
        new($"Line {_text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1} of the data file cannot be read: {problem}.");
}
