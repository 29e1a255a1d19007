using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Reads the values of a journal's line: a value that is damaged or of another type counts as missing.</summary>
internal static class LineReader
{
    /// <summary>Reads a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="skipsItems">Whether the items before and after, the most of a line, are left out.</param>
    /// <returns>Null where it is no JSON object, or more than one.</returns>
    public static JObject? Parse(string text, bool skipsItems = false)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = 64,
            };
            var line = reader.Read() && reader.TokenType == JsonToken.StartObject ? Load(reader, skipsItems) : null;
            return reader.Read() ? null : line;
        }
        catch (Exception damaged) when (damaged is JsonException or OverflowException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static JObject Load(JsonTextReader reader, bool skipsItems)
    {
        var line = new JObject();
        while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
        {
            var name = (string)reader.Value!;
            if (!reader.Read())
            {
                break;
            }

            if (skipsItems && name is (JournalSchema.Before or JournalSchema.After))
            {
                reader.Skip();
            }
            else
            {
                line[name] = JToken.ReadFrom(reader);
            }
        }

        return reader.TokenType == JsonToken.EndObject ? line : throw new JsonReaderException("The line ends within an object.");
    }

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(this JObject line, string name) => line[name] is JValue { Value: string text } ? text : null;

    /// <summary>A whole number; null where there is none.</summary>
    public static long? Number(this JObject line, string name) => line[name] is JValue { Value: long number } ? number : null;

    /// <summary>The plain values of a list; none where there is no list.</summary>
    public static IEnumerable<JValue> List(this JObject line, string name) => (line[name] as JArray)?.OfType<JValue>() ?? [];

    /// <summary>The line's time, in UTC; null where it cannot be read.</summary>
    public static DateTime? Time(this JObject line) =>
        DateTime.TryParse(line.Text(JournalSchema.Time), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>Reads the head of a run.</summary>
    public static void ReadHead(AclChangeRun run, JObject line)
    {
        run.StartedAt = line.Time();
        run.ModuleVersion = line.Text(JournalSchema.Module) ?? "";
        run.Command = line.Text(JournalSchema.Command) ?? "";
        run.CommandLine = line.Text(JournalSchema.CommandLine) ?? "";
        run.Script = line.Text(JournalSchema.Script);
        run.User = line.Text(JournalSchema.User) ?? "";
        run.Host = line.Text(JournalSchema.Host) ?? "";
        run.Connection = line.Text(JournalSchema.Connection) ?? "";
        run.Service = line.Text(JournalSchema.Service) ?? "";
        run.Address = line.Text(JournalSchema.Address) ?? "";
        run.Process = (line.Number(JournalSchema.ProcessId) ?? 0, line.Text(JournalSchema.ProcessStarted) ?? "");
    }

    /// <summary>Reads a reference to a change, run#change; null where it is none.</summary>
    public static ChangeReference? ReadReference(string text)
    {
        var separator = text.LastIndexOf('#');
        return separator > 0 && long.TryParse(text.Substring(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ChangeReference(text.Substring(0, separator), number)
            : null;
    }
}
