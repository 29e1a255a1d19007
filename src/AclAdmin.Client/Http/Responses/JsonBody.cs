using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Http.Responses;

/// <summary>
/// The JSON object of an answer. It is read to its end when it arrives, as one that is cut off must not pass for a success; but it is only taken apart
/// when its content is needed, which is rare after writes.
/// </summary>
public sealed class JsonBody
{
    /// <summary>Deeper than anything that the services send.</summary>
    private const int MaxDepth = 64;

    /// <summary>
    /// The most values of an answer: a thousand items with a thousand values each. A value costs a hundred bytes of memory, and may have come in two.
    /// </summary>
    private const int MaxTokens = 1_000_000;

    private static readonly JsonLoadSettings LoadSettings = new() { LineInfoHandling = LineInfoHandling.Ignore, CommentHandling = CommentHandling.Ignore };

    private readonly byte[] _utf8 = [];
    private readonly List<JsonMember> _members = [];
    private JObject? _tree;

    private JsonBody(byte[] utf8)
    {
        _utf8 = utf8;
    }

    private JsonBody(JObject tree)
    {
        _tree = tree;
        foreach (var property in tree.Properties())
        {
            var member = new JsonMember(property.Name, property.Value.Type == JTokenType.Object, (property.Value as JValue)?.Value);
            _members.Add(member);
            foreach (var inner in (property.Value as JObject)?.Properties() ?? [])
            {
                member.Note(inner.Name, (inner.Value as JValue)?.Value);
            }
        }
    }

    /// <summary>An object without anything in it.</summary>
    public static JsonBody Empty { get; } = new(new JObject());

    /// <summary>Whether there is nothing in the object.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>The object itself. Not to be changed.</summary>
    public JObject Tree => _tree ??= LoadTree(_utf8)!;

    /// <summary>Reads an object without taking it apart.</summary>
    /// <param name="utf8">The bytes of an answer.</param>
    /// <returns>Null when they are no JSON object, or not the whole of one.</returns>
    public static JsonBody? Read(byte[] utf8)
    {
        var body = new JsonBody(utf8);
        try
        {
            using var reader = OpenReader(new StringReader(ReadText(utf8)));
            return body.ReadMembers(reader) ? body : null;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return null;
        }
    }

    /// <summary>Reads an object that will be taken apart, and does so at once.</summary>
    /// <param name="utf8">The bytes of an answer.</param>
    /// <returns>Null when they are no JSON object, or not the whole of one.</returns>
    public static JsonBody? Load(byte[] utf8) => LoadTree(utf8) is { } tree ? new JsonBody(tree) : null;

    /// <summary>Whether the object has a member.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether the object has a member that is an object.</summary>
    public bool HasObject(string name) => Find(name)?.IsObject == true;

    /// <summary>A member that is a boolean; null where it is missing or something else.</summary>
    public bool? Flag(string name) => Find(name)?.Flag;

    /// <summary>A member that is a text or a number, as an id is; null where it is missing or something else.</summary>
    public string? GetId(string name) => Find(name)?.Text;

    /// <summary>A member of a member, where it is a text or a number, as an id is; null where it is missing or something else.</summary>
    /// <param name="parent">The member.</param>
    /// <param name="name">Its member.</param>
    public string? GetIdOf(string parent, string name) => Find(parent)?.GetId(name);

    private static JObject? LoadTree(byte[] utf8)
    {
        try
        {
            // A page of a list is long: it is read in pieces.
            using var reader = OpenReader(new StreamReader(new MemoryStream(utf8), Encoding.UTF8));
            var token = reader.Read() && reader.TokenType == JsonToken.StartObject ? JObject.Load(reader, LoadSettings) : null;
            return reader.Read() ? null : token;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return null;
        }
    }

    private static string ReadText(byte[] utf8)
    {
        // A byte order mark is no part of the text.
        var start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        return Encoding.UTF8.GetString(utf8, start, utf8.Length - start);
    }

    /// <summary>Whether a reader gives up an answer in that way: malformed, too deep, too many values, or a number that nothing holds.</summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or OverflowException or FormatException or ArgumentException;

    private static CountingReader OpenReader(TextReader text) => new(text)
    {
        // Times stay as the service wrote them, and a number keeps its digits.
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MaxDepth,
        ArrayPool = CharacterPool.Instance,
    };

    private bool ReadMembers(JsonTextReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonToken.StartObject)
        {
            return false;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonToken.EndObject && reader.Depth == 0)
            {
                return !reader.Read();
            }

            if (reader.TokenType == JsonToken.PropertyName && reader.Depth == 1)
            {
                var name = (string)reader.Value!;
                if (reader.Read())
                {
                    _members.Add(new JsonMember(name, reader.TokenType == JsonToken.StartObject, reader.Value));
                }
            }
            else if (reader.TokenType == JsonToken.PropertyName && reader.Depth == 2 && _members.Count > 0 && _members[_members.Count - 1].IsObject)
            {
                var name = (string)reader.Value!;
                if (JsonMember.IsNoted(name) && reader.Read())
                {
                    _members[_members.Count - 1].Note(name, reader.Value);
                }
            }
        }

        return false;
    }

    /// <summary>Of members with the same name the last one counts, as in the tree.</summary>
    private JsonMember? Find(string name)
    {
        for (var index = _members.Count - 1; index >= 0; index--)
        {
            if (string.Equals(_members[index].Name, name, StringComparison.Ordinal))
            {
                return _members[index];
            }
        }

        return null;
    }

    /// <summary>Reads no more values than an answer may have.</summary>
    private sealed class CountingReader(TextReader text) : JsonTextReader(text)
    {
        private int _tokens;

        public override bool Read() =>
            ++_tokens <= MaxTokens ? base.Read() : throw new JsonReaderException(FormattableString.Invariant($"More than {MaxTokens:#,0} values."));
    }

    /// <summary>Keeps one buffer a thread, as each reader would otherwise make its own.</summary>
    private sealed class CharacterPool : IArrayPool<char>
    {
        public static readonly CharacterPool Instance = new();

        private const int LargestKept = 16 * 1024;

        [ThreadStatic]
        private static char[]? _kept;

        public char[] Rent(int minimumLength)
        {
            var kept = _kept;
            if (kept is null || kept.Length < minimumLength)
            {
                return new char[minimumLength];
            }

            _kept = null;
            return kept;
        }

        public void Return(char[]? array)
        {
            if (array is { Length: <= LargestKept } && (_kept is null || _kept.Length < array.Length))
            {
                _kept = array;
            }
        }
    }
}
