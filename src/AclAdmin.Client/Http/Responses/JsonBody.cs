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

    /// <summary>What a value of an object costs in memory besides its text.</summary>
    private const int BytesOfValue = 100;

    private readonly byte[] _utf8 = [];
    private readonly List<JsonMember> _members = [];
    private JObject? _tree;

    private JsonBody(byte[] utf8)
    {
        _utf8 = utf8;
    }

    private JsonBody(JObject tree, long memoryBytes)
    {
        _tree = tree;
        MemoryBytes = memoryBytes;
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
    public static JsonBody Empty { get; } = new(new JObject(), 0);

    /// <summary>About how much memory an object takes that was taken apart at once: its text, and each of its values.</summary>
    internal long MemoryBytes { get; }

    /// <summary>Whether there is nothing in the object.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>The object itself. Not to be changed.</summary>
    public JObject Tree => _tree ??= LoadTree(_utf8, out _)!;

    /// <summary>Reads an object without taking it apart.</summary>
    /// <param name="utf8">The bytes of an answer.</param>
    /// <returns>Null when they are no JSON object, or not the whole of one.</returns>
    public static JsonBody? Read(byte[] utf8)
    {
        var body = new JsonBody(utf8);
        try
        {
            using var reader = OpenReader(new DecodedText(utf8));
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
    public static JsonBody? Load(byte[] utf8) =>
        LoadTree(utf8, out var values) is { } tree ? new JsonBody(tree, (2L * utf8.Length) + ((long)BytesOfValue * values)) : null;

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

    private static JObject? LoadTree(byte[] utf8, out int values)
    {
        values = 0;
        try
        {
            // A page of a list is long: it is read in pieces.
            using var reader = OpenReader(new StreamReader(new MemoryStream(utf8), Encoding.UTF8));
            var token = reader.Read() && reader.TokenType == JsonToken.StartObject ? JObject.Load(reader, LoadSettings) : null;
            values = reader.Tokens;
            return reader.Read() ? null : token;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return null;
        }
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
        PropertyNameTable = NameCache.Instance,
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
        public int Tokens { get; private set; }

        public override bool Read() =>
            ++Tokens <= MaxTokens ? base.Read() : throw new JsonReaderException(FormattableString.Invariant($"More than {MaxTokens:#,0} values."));
    }

    /// <summary>
    /// Keeps names of members that were read, as all items of a list have the same. It is shared by all threads without a lock: a name that another
    /// thread replaces at the same time is only made once more.
    /// </summary>
    private sealed class NameCache : JsonNameTable
    {
        public static readonly NameCache Instance = new();

        /// <summary>More than any name of the services has. No answer can keep long texts alive here.</summary>
        private const int LongestKept = 64;

        private readonly string?[] _names = new string?[256];

        public override string? Get(char[] key, int start, int length)
        {
            if (length > LongestKept)
            {
                return null;
            }

            var hash = length;
            for (var index = start; index < start + length; index++)
            {
                hash = (hash * 31) + key[index];
            }

            ref var place = ref _names[hash & 0xFF];
            var kept = place;
            return kept is not null && IsSame(kept, key, start, length) ? kept : place = new string(key, start, length);
        }

        private static bool IsSame(string kept, char[] key, int start, int length)
        {
            if (kept.Length != length)
            {
                return false;
            }

            for (var index = 0; index < length; index++)
            {
                if (kept[index] != key[start + index])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
