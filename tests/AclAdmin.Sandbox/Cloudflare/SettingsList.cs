using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>What a query parameter leaves out of a list.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Matches">Whether an item has a value.</param>
/// <param name="Choices">The only values allowed; null for any.</param>
internal sealed record SettingsFilter<T>(string Name, Func<T, string, bool> Matches, IReadOnlyList<string>? Choices = null)
{
    /// <summary>Whether the parameter may be given several times, for any of the values.</summary>
    public bool IsRepeatable { get; init; }
}

/// <summary>One list of the settings: its fields, its queries, and how an item is made, changed and written.</summary>
internal abstract class SettingsList<T>(string segment, string noun, FieldTable fields)
    where T : class
{
    public string Segment { get; } = segment;

    public string Noun { get; } = noun;

    public FieldTable Fields { get; } = fields;

    /// <summary>What it can be sorted by; none where it cannot.</summary>
    public IReadOnlyDictionary<string, Comparison<T>> Orders { get; init; } = new Dictionary<string, Comparison<T>>();

    public IReadOnlyList<SettingsFilter<T>> Filters { get; init; } = [];

    /// <summary>Whether an item has a text; null where the list cannot be searched.</summary>
    public Func<T, string, bool>? Search { get; init; }

    /// <summary>Whether an item can be replaced.</summary>
    public bool HasReplace { get; init; }

    /// <summary>The arrays of a batch; none where the list has no batch.</summary>
    public IReadOnlyList<string> BatchParts { get; init; } = [];

    /// <summary>What is wrong with the fields of an item taken together; null where nothing is.</summary>
    public Func<T, string?> Check { get; init; } = _ => null;

    /// <summary>Whether the service refuses to change an item, as a directory owns it.</summary>
    public virtual bool IsLocked(T item) => false;

    public abstract string IdOf(T item);

    public abstract DateTimeOffset ModifiedAt(T item);

    public abstract T Create(string id, JsonElement body, DateTimeOffset now);

    public abstract T Patch(T item, JsonElement body, DateTimeOffset now);

    public virtual T Replace(T item, JsonElement body, DateTimeOffset now) => throw new NotSupportedException(Segment + " has no PUT.");

    public abstract void Write(Utf8JsonWriter writer, T item);

    // Six digits always: finer than what DateTime parsing in some clients keeps, and what the service was seen to send.
    protected static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
}

/// <summary>A list that its table describes wholly.</summary>
internal sealed class TableList(string segment, string noun, FieldTable fields) : SettingsList<SettingsItem>(segment, noun, fields)
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The body that would create the item with an index, counted from 1.</summary>
    public required Func<int, object> Seed { get; init; }

    /// <summary>The item with an index, the same in every run.</summary>
    public SettingsItem Make(int index) =>
        Create(SandboxIds.Item(Segment, index), JsonSerializer.SerializeToElement(Seed(index)), Start.AddMinutes(index * 41L));

    public override string IdOf(SettingsItem item) => item.Id;

    public override DateTimeOffset ModifiedAt(SettingsItem item) => item.ModifiedAt;

    public override SettingsItem Create(string id, JsonElement body, DateTimeOffset now) => new(id, Merge(Defaults(), body), now, now);

    public override SettingsItem Patch(SettingsItem item, JsonElement body, DateTimeOffset now) =>
        item with { Fields = Merge(new(item.Fields), body), ModifiedAt = now };

    public override SettingsItem Replace(SettingsItem item, JsonElement body, DateTimeOffset now)
    {
        var kept = Defaults();
        foreach (var rule in Fields.Rules)
        {
            if ((rule.CreateOnly || rule.ReadOnly) && item.Fields.TryGetValue(rule.Name, out var value))
                kept[rule.Name] = value;
        }
        return item with { Fields = Merge(kept, body), ModifiedAt = now };
    }

    public override void Write(Utf8JsonWriter writer, SettingsItem item)
    {
        writer.WriteStartObject();
        foreach (var rule in Fields.Rules)
        {
            switch (rule.Name)
            {
                case "id":
                    writer.WriteString("id"u8, item.Id);
                    break;
                case "created_at":
                    WriteTime(writer, rule.Name, item.CreatedAt);
                    break;
                case "modified_at" or "last_modified":
                    WriteTime(writer, rule.Name, item.ModifiedAt);
                    break;
                default:
                    writer.WritePropertyName(rule.Name);
                    if (item.Fields.TryGetValue(rule.Name, out var value))
                        value.WriteTo(writer);
                    else
                        writer.WriteNullValue();
                    break;
            }
        }
        writer.WriteEndObject();
    }

    private Dictionary<string, JsonElement> Defaults()
    {
        var fields = new Dictionary<string, JsonElement>();
        foreach (var rule in Fields.Rules)
        {
            if (rule.Default is { } json)
                fields[rule.Name] = JsonElement.Parse(json);
        }
        return fields;
    }

    private Dictionary<string, JsonElement> Merge(Dictionary<string, JsonElement> fields, JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            // The items of a batch have their id among the fields.
            if (Fields.Find(property.Name) is null or { Name: "id" })
                continue;
            if (property.Value.ValueKind == JsonValueKind.Null)
                fields.Remove(property.Name);
            else
                fields[property.Name] = property.Value.Clone();
        }
        return fields;
    }
}
