using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using AclAdmin.Client;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Binding;

/// <summary>Makes JSON of what people write for a body, and objects of what a service answers.</summary>
internal static class JsonConversion
{
    private const int MaxDepth = 64;

    /// <summary>JSON for a value: a text is JSON itself, anything else is converted by its keys or properties.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it cannot be JSON.</exception>
    public static JToken ToBody(object value)
    {
        if (FieldAttribute.Unwrap(value) is not string text)
        {
            return ToJson(value, 0);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refuse("The text of -Body is empty. Omit -Body to send none.");
        }

        try
        {
            using var reader = new JsonTextReader(new System.IO.StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = MaxDepth,
            };
            var token = JToken.ReadFrom(reader);
            return reader.Read() ? throw new JsonReaderException("There is text behind the value.") : token;
        }
        catch (JsonException malformed)
        {
            throw Refuse($"The text of -Body is not JSON: {DisplayText.Of(malformed.Message)}");
        }
    }

    /// <summary>The text of a query parameter's value.</summary>
    public static string ToText(object value) => FieldAttribute.Unwrap(value) switch
    {
        bool flag => flag ? "true" : "false",
        SwitchParameter flag => flag ? "true" : "false",
        DateTime time => ToText(time),
        DateTimeOffset time => ToText(time.UtcDateTime),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        var other => other?.ToString() ?? "",
    };

    /// <summary>An object with the properties of a JSON object, as ConvertFrom-Json makes it; times stay texts.</summary>
    public static object? ToObject(JToken? token) => token switch
    {
        null => null,
        JObject fields => ToObject(fields),
        JArray items => items.Select(ToObject).ToArray(),
        JValue value => value.Value,
        _ => token.ToString(Formatting.None),
    };

    private static PSObject ToObject(JObject fields)
    {
        var made = new PSObject();
        foreach (var field in fields.Properties())
        {
            // Names of JSON differ by case and may be empty; those of an object do neither.
            var name = field.Name.Length == 0 ? "_" : field.Name;
            while (made.Properties[name] is not null)
            {
                name += "_";
            }

            made.Properties.Add(new PSNoteProperty(name, ToObject(field.Value)));
        }

        return made;
    }

    private static JToken ToJson(object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Refuse($"-Body is nested more than {MaxDepth} levels deep.");
        }

        switch (FieldAttribute.Unwrap(value))
        {
            case null or DBNull:
                return JValue.CreateNull();
            case string or bool or char or sbyte or byte or short or ushort or int or uint or long or decimal or Guid or Uri:
                return FieldAttribute.Unwrap(value) is Guid or Uri or char ? new JValue(ToText(value!)) : new JValue(FieldAttribute.Unwrap(value));
            case ulong or System.Numerics.BigInteger:
                return new JRaw(ToText(value!));
            case double or float:
                var number = Convert.ToDouble(FieldAttribute.Unwrap(value), CultureInfo.InvariantCulture);
                return double.IsNaN(number) || double.IsInfinity(number) ? throw Refuse("-Body contains a number that JSON has no form for.") : new JValue(number);
            case SwitchParameter flag:
                return new JValue(flag.IsPresent);
            case DateTime or DateTimeOffset or Enum:
                return new JValue(ToText(value!));
            case IDictionary entries:
                return new JObject(entries.Keys.Cast<object>().Select(key => new JProperty(ToText(key), ToJson(entries[key], depth + 1))));
            case PSObject or PSCustomObject:
                return new JObject(PSObject.AsPSObject(value!).Properties.Select(property => new JProperty(property.Name, ToJson(property.Value, depth + 1))));
            case IEnumerable items:
                return new JArray(items.Cast<object?>().Select(item => ToJson(item, depth + 1)));
            case var other:
                throw Refuse($"-Body contains a {other.GetType().Name}, which is not converted to JSON.");
        }
    }

    /// <summary>A time as ISO 8601 in UTC; one without a zone is local time.</summary>
    private static string ToText(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static AclException Refuse(string message) =>
        new(ErrorKind.ValidationFailed, message, "Specify a hashtable, an object made by [pscustomobject] or ConvertFrom-Json, or a JSON text.");
}
