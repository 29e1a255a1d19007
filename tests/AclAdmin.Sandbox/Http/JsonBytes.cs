using System;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AclAdmin.Sandbox.Http;

/// <summary>Writes and reads the JSON of both services.</summary>
internal static class JsonBytes
{
    // Text goes out as it is, not as \u escapes: clients must cope with raw UTF-8, the more so as the services send it.
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };

    public static ReadOnlyMemory<byte> Build<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            write(writer, state);
        return buffer.WrittenMemory;
    }

    /// <summary>The body as a JSON object, or null and what is wrong with it.</summary>
    public static JsonDocument? ReadObject(byte[] body, out string problem)
    {
        problem = "The body must be a JSON object.";
        if (!System.Text.Unicode.Utf8.IsValid(body))
        {
            problem = "The body is not valid UTF-8.";
            return null;
        }
        try
        {
            var document = JsonDocument.Parse(body, Reading);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException failure)
        {
            problem = "The body is not valid JSON: " + failure.Message;
        }
        return null;
    }
}
