using System;
using System.Globalization;
using System.Text.Json;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>The fields of the impersonation registry: what a body may hold, how it changes an entry, how an entry is written.</summary>
internal static class RegistryFields
{
    public static readonly string[] Provenances =
        [RegistryEntry.Internal, "SNOOPY-CASB_OFFICE_365", RegistryEntry.Office365, "SNOOPY-GOOGLE_DIRECTORY"];

    /// <summary>The validation table, after the schemas
    /// <c>CreateImpersonationRegistry</c> and <c>UpdateImpersonationRegistry</c>.</summary>
    public static readonly FieldTable Table = new(
        new FieldRule("email", FieldShape.Text) { RequiredOnCreate = true },
        new FieldRule("is_email_regex", FieldShape.Flag) { RequiredOnCreate = true },
        new FieldRule("name", FieldShape.Text) { RequiredOnCreate = true, MaxLength = 1024 },
        new FieldRule("comments", FieldShape.Text) { Nullable = true },
        new FieldRule("provenance", FieldShape.Text) { Choices = Provenances, Nullable = true },
        new FieldRule("directory_id", FieldShape.Integer) { Nullable = true },
        new FieldRule("directory_node_id", FieldShape.Integer) { Nullable = true },
        new FieldRule("external_directory_node_id", FieldShape.Text) { Nullable = true },
        new FieldRule("id", FieldShape.Text) { ReadOnly = true },
        new FieldRule("created_at", FieldShape.Text) { ReadOnly = true },
        new FieldRule("modified_at", FieldShape.Text) { ReadOnly = true },
        new FieldRule("last_modified", FieldShape.Text) { ReadOnly = true });

    /// <summary>The entry with the fields of a body that has passed the table.</summary>
    public static RegistryEntry Apply(RegistryEntry entry, JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            var value = property.Value;
            var isNull = value.ValueKind == JsonValueKind.Null;
            entry = property.Name switch
            {
                "name" => entry with { Name = value.GetString()! },
                "email" => entry with { Email = value.GetString()! },
                "is_email_regex" => entry with { IsEmailRegex = value.GetBoolean() },
                "comments" => entry with { Comments = value.GetString() },
                "provenance" => entry with { Provenance = value.GetString() },
                "directory_id" => entry with { DirectoryId = isNull ? null : value.GetInt64() },
                "directory_node_id" => entry with { DirectoryNodeId = isNull ? null : value.GetInt64() },
                "external_directory_node_id" => entry with { ExternalDirectoryNodeId = value.GetString() },
                _ => throw new InvalidOperationException(property.Name + " passed the table but cannot be applied."),
            };
        }
        return entry;
    }

    public static void Write(Utf8JsonWriter writer, RegistryEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, entry.Id);
        writer.WriteString("comments"u8, entry.Comments);
        WriteTime(writer, "created_at", entry.CreatedAt);
        WriteNumber(writer, "directory_id", entry.DirectoryId);
        WriteNumber(writer, "directory_node_id", entry.DirectoryNodeId);
        writer.WriteString("email"u8, entry.Email);
        writer.WriteString("external_directory_node_id"u8, entry.ExternalDirectoryNodeId);
        writer.WriteBoolean("is_email_regex"u8, entry.IsEmailRegex);
        if (entry.HasLastModified)
            WriteTime(writer, "last_modified", entry.ModifiedAt);
        WriteTime(writer, "modified_at", entry.ModifiedAt);
        writer.WriteString("name"u8, entry.Name);
        writer.WriteString("provenance"u8, entry.Provenance);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    // Six digits always: finer than what DateTime parsing in some clients keeps, and what the service was seen to send.
    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
}
