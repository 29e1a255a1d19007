using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using AclAdmin.Client.Http.Credentials;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Builds one line of a journal: a JSON object, with no secret in it, and its end of line.</summary>
internal sealed class JournalLine : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);
    private readonly JsonTextWriter _json;

    /// <summary>Begins a line.</summary>
    /// <param name="type">The kind of the line.</param>
    /// <param name="run">The run that it is about.</param>
    /// <param name="time">When it is written.</param>
    /// <param name="change">The change that it is about; null where it is about the run.</param>
    public JournalLine(string type, string run, DateTimeOffset time, long? change = null)
    {
        Change = change;
        _json = new JsonTextWriter(_text) { Formatting = Formatting.None };
        _json.WriteStartObject();
        Add(JournalSchema.VersionMember, JournalSchema.Version);
        Add(JournalSchema.Type, type);
        Add(JournalSchema.Run, run);
        if (change is { } number)
        {
            Add(JournalSchema.Change, number);
        }

        Add(JournalSchema.Time, FormatTime(time.UtcDateTime));
    }

    /// <summary>The number of the change that it is about; null where it is about the run.</summary>
    public long? Change { get; }

    /// <summary>A time as a journal contains it: UTC, with all its digits.</summary>
    public static string FormatTime(DateTime time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Adds a text; nothing for a null.</summary>
    public JournalLine Add(string name, string? value)
    {
        if (value is not null)
        {
            _json.WritePropertyName(name);
            _json.WriteValue(value);
        }

        return this;
    }

    /// <summary>Adds a number.</summary>
    public JournalLine Add(string name, long value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
        return this;
    }

    /// <summary>Adds what is JSON already; nothing for a null.</summary>
    public JournalLine AddJson(string name, string? json)
    {
        if (json is not null)
        {
            _json.WritePropertyName(name);
            _json.WriteRawValue(json);
        }

        return this;
    }

    /// <summary>Adds a list; nothing for an empty one.</summary>
    public JournalLine AddList<T>(string name, IReadOnlyList<T> values)
    {
        if (values.Count > 0)
        {
            _json.WritePropertyName(name);
            _json.WriteStartArray();
            foreach (var value in values)
            {
                _json.WriteValue(value);
            }

            _json.WriteEndArray();
        }

        return this;
    }

    /// <summary>Ends the line.</summary>
    /// <param name="redactor">Finds the secrets that it must not contain.</param>
    /// <returns>Its bytes.</returns>
    public byte[] ToUtf8(Redactor redactor)
    {
        _json.WriteEndObject();
        var line = _text.ToString();
        return Utf8.GetBytes((redactor.Redact(line) == line ? line : Mask(line, redactor)) + "\n");
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Close();

    /// <summary>Masks each text separately, so that the line stays readable, and records that it does not hold what was sent.</summary>
    private static string Mask(string line, Redactor redactor)
    {
        using var reader = new JsonTextReader(new StringReader(line)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
        var whole = JObject.Load(reader);
        redactor.MaskTexts(whole);
        whole[JournalSchema.Masked] = true;
        var masked = whole.ToString(Formatting.None);

        // Where a secret spans several texts, none of the content is kept.
        return redactor.Redact(masked) == masked ? masked : Strip(whole).ToString(Formatting.None);
    }

    private static JObject Strip(JObject whole)
    {
        foreach (var name in new[] { JournalSchema.Body, JournalSchema.Before, JournalSchema.After, JournalSchema.Name, JournalSchema.Error, JournalSchema.CommandLine })
        {
            whole.Remove(name);
        }

        return whole;
    }
}
