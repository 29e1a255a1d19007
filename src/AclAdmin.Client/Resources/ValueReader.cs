using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Mail;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Converts a text or a typed value into the JSON value of a field. Null marks a value that cannot be converted without a guess.</summary>
internal static class ValueReader
{
    /// <summary>A date, whose time is midnight in UTC, or a time with its zone.</summary>
    private static readonly string[] TimeFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary>Reads a value; a text of a list is not split.</summary>
    public static JToken? Read(FieldDescriptor field, object? value) => field.Kind switch
    {
        FieldKind.Boolean => ReadBoolean(value),
        FieldKind.Integer => ReadInteger(value),
        FieldKind.Choice => ReadChoice(field, value),
        FieldKind.TextList => field.Spell(ReadList(value)),
        FieldKind.Timestamp => ReadTime(value),
        _ => ReadText(value),
    };

    /// <summary>
    /// Why a typed value cannot be meant in a text or a list that a service compares, as a clause; null where it can be. Only a note has a use for the text of a time.
    /// </summary>
    public static string? DescribeTyped(FieldDescriptor field, object? value) =>
        field.Kind is not (FieldKind.Text or FieldKind.TextList) || (field.Content == TextContent.Free && !field.RequiredOnCreate) ? null
        : value is IEnumerable items and not (string or IDictionary) ? items.Cast<object?>().Select(DescribeTyped).FirstOrDefault(cause => cause is not null)
        : DescribeTyped(value);

    private static string? DescribeTyped(object? value) => value switch
    {
        DateTime or DateTimeOffset => "it is a date, and no text; export the value as text",
        TimeSpan => "it is a span of time, and no text; export the value as text",
        bool => "it is true or false, and no text",
        double or float or decimal when ToText(value) is not { } text || text.Any(character => character is not ('-' or (>= '0' and <= '9'))) =>
            "it is a number with decimals, and no text; format the column as text",
        not null when value.GetType() is { Namespace: "System", Name: "DateOnly" or "TimeOnly" } => "it is a date or a time, and no text; export the value as text",
        _ => null,
    };

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
            case double or float when Convert.ToDouble(cell, CultureInfo.InvariantCulture) is var number && IsWholeNumber(number):
                return new JValue((long)number);
            case decimal exact when decimal.Truncate(exact) == exact && exact is >= long.MinValue and <= long.MaxValue:
                return new JValue((long)exact);
            // .NET ignores null characters after a number.
            case string text when text.IndexOf('\0') < 0 && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed):
                return new JValue(parsed);
            default:
                return null;
        }
    }

    private static JValue? ReadTime(object? cell) => cell switch
    {
        DateTime time => Format(time.ToUniversalTime()),
        DateTimeOffset time => Format(time.UtcDateTime),
        string text when HasZone(text) && DateTime.TryParseExact(text.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) =>
            Format(time),
        _ => null,
    };

    /// <summary>Whether a text is a date alone, or ends with a zone: which one is meant otherwise is not known.</summary>
    private static bool HasZone(string text) => text.IndexOf(':') < 0 || text.TrimEnd().EndsWith("Z", StringComparison.OrdinalIgnoreCase) || text.LastIndexOfAny(['+', '-']) > text.IndexOf(':');

    private static JValue Format(DateTime time) => new(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    private static JValue? ReadChoice(FieldDescriptor field, object? cell) => field.FindValue(cell as string) is { } match ? new JValue(match) : null;

    private static JValue? ReadText(object? cell) => ToText(cell) is { } text && CellCharacters.IsWhole(text) ? new JValue(text) : null;

    private static bool IsWholeNumber(double number) => Math.Floor(number) == number && Math.Abs(number) < 1L << 53;

    private static string? ToText(object? cell) => cell switch
    {
        string text => text,
        DBNull => null,
        double number when IsWholeNumber(number) => ((long)number).ToString(CultureInfo.InvariantCulture),
        decimal exact when decimal.Truncate(exact) == exact => decimal.Truncate(exact).ToString("0", CultureInfo.InvariantCulture),
        char single => single.ToString(),
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        // Only what the framework itself defines as a value has a text of its own; of any other object it would be a type's name or a debugging aid.
        IFormattable value when value.GetType() is { IsEnum: true } or { IsPrimitive: true } or { Namespace: "System" } => value.ToString(null, CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        MailAddress address => address.Address,
        IPAddress address => address.ToString(),
        _ => null,
    };

    private static JArray? ReadList(object? value) => value switch
    {
        IDictionary => null,
        IEnumerable items and not string => ReadItems(items),
        _ => ToText(value) is { } single ? new JArray(single) : null,
    } is { } list && list.All(item => CellCharacters.IsWhole((string)item!)) ? list : null;

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
