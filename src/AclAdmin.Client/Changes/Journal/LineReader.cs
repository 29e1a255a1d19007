using System;
using System.Globalization;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Reads the values of a journal's line: a value that is damaged or of another type counts as missing.</summary>
internal static class LineReader
{
    /// <summary>Reads a whole line.</summary>
    /// <returns>Null where it is no JSON object, or more than one.</returns>
    public static JObject? Parse(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = 64,
            };
            var line = reader.Read() && reader.TokenType == JsonToken.StartObject ? JObject.Load(reader) : null;
            return reader.Read() ? null : line;
        }
        catch (Exception damaged) when (damaged is JsonException or OverflowException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(this JObject line, string name) => line[name] is JValue { Value: string text } ? text : null;

    /// <summary>A whole number; null where there is none.</summary>
    public static long? Number(this JObject line, string name) => line[name] is JValue { Value: long number } ? number : null;

    /// <summary>Reads a time, in UTC; null where there is none.</summary>
    public static DateTime? ReadTime(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Reads the head of a run.</summary>
    public static void ReadHead(AclChangeRun run, LineMembers line)
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
        run.Partner = line.Text(JournalSchema.Partner);
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
