using System;
using System.Collections.Generic;
using System.Text.Json;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>One entry of <c>errors</c>.</summary>
/// <param name="Code">The service's number.</param>
/// <param name="Message">For a person.</param>
/// <param name="Pointer">The field it is about, if any.</param>
internal readonly record struct EnvelopeError(int Code, string Message, string? Pointer = null)
{
    /// <summary>What led to it, if anything.</summary>
    public IReadOnlyList<EnvelopeError>? Chain { get; init; }
}

/// <summary>The shape around every Cloudflare answer.</summary>
internal static class Envelope
{
    public static Answer Result<TState>(int status, TState state, Action<Utf8JsonWriter, TState> result, bool applied = false) =>
        new(status, JsonBytes.Build((state, result), static (writer, part) =>
        {
            Open(writer, success: true);
            writer.WritePropertyName("result"u8);
            part.result(writer, part.state);
            writer.WriteEndObject();
        }))
        { Applied = applied };

    public static Answer Page<T>(ArraySegment<T> entries, Action<Utf8JsonWriter, T> write, int page, int perPage, int total) =>
        new(200, JsonBytes.Build((entries, write, page, perPage, total), static (writer, part) =>
        {
            Open(writer, success: true);
            writer.WriteStartArray("result"u8);
            foreach (var entry in part.entries)
                part.write(writer, entry);
            writer.WriteEndArray();
            writer.WriteStartObject("result_info"u8);
            writer.WriteNumber("count"u8, part.entries.Count);
            writer.WriteNumber("page"u8, part.page);
            writer.WriteNumber("per_page"u8, part.perPage);
            writer.WriteNumber("total_count"u8, part.total);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }));

    public static void WriteId(Utf8JsonWriter writer, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteEndObject();
    }

    public static Answer WrongMethod(string allowed) =>
        Failure(405, new EnvelopeError(Codes.Method, "Method not allowed for this endpoint.")).With("Allow", allowed);

    public static Answer Failure(int status, params IReadOnlyList<EnvelopeError> errors) =>
        new(status, JsonBytes.Build(errors, static (writer, errors) =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("success"u8, false);
            writer.WriteStartArray("errors"u8);
            foreach (var error in errors)
                WriteError(writer, error);
            writer.WriteEndArray();
            writer.WriteStartArray("messages"u8);
            writer.WriteEndArray();
            writer.WriteNull("result"u8);
            writer.WriteEndObject();
        }));

    /// <summary>A 400 that lists everything wrong with a body.</summary>
    public static Answer Invalid(List<Problem> problems) =>
        Failure(400, problems.ConvertAll(problem => new EnvelopeError(Codes.Of(problem.Kind), problem.Message, problem.Pointer)));

    private static void Open(Utf8JsonWriter writer, bool success)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("errors"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("messages"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("success"u8, success);
    }

    private static void WriteError(Utf8JsonWriter writer, EnvelopeError error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        if (error.Pointer is not null)
        {
            writer.WriteStartObject("source"u8);
            writer.WriteString("pointer"u8, error.Pointer);
            writer.WriteEndObject();
        }
        if (error.Chain is { } chain)
        {
            writer.WriteStartArray("error_chain"u8);
            foreach (var link in chain)
                WriteError(writer, link);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
