using System.Collections.Generic;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Error bodies: an <c>errors</c> key at the top is all that is known of the real ones.</summary>
internal static class CarrierXErrors
{
    public static Answer One(int status, string message, string? field = null) =>
        new(status, JsonBytes.Build((status, message, field), static (writer, part) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("errors"u8);
            WriteError(writer, part.status, part.message, part.field);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));

    /// <summary>A 422 that lists everything wrong with a body.</summary>
    public static Answer Invalid(List<Problem> problems) =>
        new(422, JsonBytes.Build(problems, static (writer, problems) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("errors"u8);
            foreach (var problem in problems)
                WriteError(writer, 422, problem.Message, problem.Field.Length == 0 ? null : problem.Field);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));

    private static void WriteError(System.Text.Json.Utf8JsonWriter writer, int code, string message, string? field)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code"u8, code);
        writer.WriteString("message"u8, message);
        if (field is not null)
            writer.WriteString("field"u8, field);
        writer.WriteEndObject();
    }
}
