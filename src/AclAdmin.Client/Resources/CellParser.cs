using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Reads what a person or a file wrote for a field into the JSON value that a body carries. Strict: nothing is guessed.</summary>
public static class CellParser
{
    /// <summary>The separator between the items of a list cell, unless told otherwise.</summary>
    public const string DefaultListSeparator = ";";

    /// <summary>Whether a cell is empty. An empty cell says nothing.</summary>
    public static bool IsEmpty(object? cell) => cell is null || (cell is string text && text.Length == 0);

    /// <summary>Reads a cell that is not empty.</summary>
    /// <param name="field">The field it is for.</param>
    /// <param name="cell">A string, or a value that already has a type.</param>
    /// <param name="listSeparator">What stands between the items of a list.</param>
    /// <param name="value">The JSON value; JSON null when the cell could not be read.</param>
    /// <returns>False when the cell does not say one of <see cref="FieldDescriptor.Allowed"/>.</returns>
    public static bool TryParse(FieldDescriptor field, object? cell, string listSeparator, out JToken value)
    {
        JToken? read = field.Kind switch
        {
            FieldKind.Boolean => ReadBoolean(cell),
            FieldKind.Integer => ReadInteger(cell),
            FieldKind.Choice => ReadChoice(field, cell),
            FieldKind.TextList => ReadList(cell, listSeparator),
            _ => ReadText(cell),
        };
        value = read ?? JValue.CreateNull();
        return read is not null;
    }

    private static JValue? ReadBoolean(object? cell)
    {
        switch (cell)
        {
            case bool typed:
                return new JValue(typed);
            case int or long:
                return ReadBoolean(Convert.ToString(cell, CultureInfo.InvariantCulture));
            case string text:
                switch (text.Trim().ToUpperInvariant())
                {
                    case "TRUE" or "YES" or "1":
                        return new JValue(true);
                    case "FALSE" or "NO" or "0":
                        return new JValue(false);
                }

                break;
        }

        return null;
    }

    private static JValue? ReadInteger(object? cell)
    {
        switch (cell)
        {
            case sbyte or byte or short or ushort or int or uint or long:
                return new JValue(Convert.ToInt64(cell, CultureInfo.InvariantCulture));
            case double number when Math.Floor(number) == number && Math.Abs(number) < 1L << 53:
                return new JValue((long)number);
            // .NET ignores null characters behind a number.
            case string text when text.IndexOf('\0') < 0 && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed):
                return new JValue(parsed);
            default:
                return null;
        }
    }

    private static JValue? ReadChoice(FieldDescriptor field, object? cell)
    {
        var name = cell as string;
        var match = field.AllowedValues.FirstOrDefault(allowed => string.Equals(allowed, name?.Trim(), StringComparison.OrdinalIgnoreCase));
        return match is null ? null : new JValue(match);
    }

    private static JValue? ReadText(object? cell) => ToText(cell) is { } text && IsWhole(text) ? new JValue(text) : null;

    /// <summary>Whether a text has no half of a character: one that an editor or a program cut in two cannot be sent as it is.</summary>
    private static bool IsWhole(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]))
            {
                if (!char.IsSurrogatePair(text, index))
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }

    private static string? ToText(object? cell) => cell switch
    {
        string text => text,
        char single => single.ToString(),
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        // Only what the framework itself defines as a value has a text of its own; of any other object it would be a type's name or a debugging aid.
        IFormattable value when value.GetType() is { IsEnum: true } or { IsPrimitive: true } or { Namespace: "System" } => value.ToString(null, CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        _ => null,
    };

    private static JArray? ReadList(object? cell, string separator) => cell switch
    {
        string text when text.TrimStart().StartsWith("[", StringComparison.Ordinal) => ReadJsonList(text),
        string text => ReadSeparatedList(text, separator),
        IDictionary => null,
        IEnumerable items => ReadItems(items),
        _ => ToText(cell) is { } single ? new JArray(single) : null,
    } is { } list && list.All(item => IsWhole((string)item!)) ? list : null;

    /// <summary>Reads a JSON array of texts, as JSON has it: the reader itself would take other quotes and a comma too many.</summary>
    private static JArray? ReadJsonList(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        var items = new JArray();
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonToken.String && reader.QuoteChar == '"' && (string)reader.Value! != "")
            {
                items.Add(reader.Value!);
            }

            var isWhole = reader.TokenType == JsonToken.EndArray && !reader.Read();
            return isWhole && !text.TrimEnd().TrimEnd(']').TrimEnd().EndsWith(",", StringComparison.Ordinal) ? items : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JArray? ReadSeparatedList(string text, string separator)
    {
        var items = text.Split([separator], StringSplitOptions.None).Select(item => item.Trim()).ToArray();
        return items.Contains("") ? null : new JArray(items.Cast<object>().ToArray());
    }

    private static JArray? ReadItems(IEnumerable items)
    {
        var list = new JArray();
        foreach (var item in items)
        {
            if (ToText(item) is not { Length: > 0 } text)
            {
                return null;
            }

            list.Add(text);
        }

        return list;
    }
}
