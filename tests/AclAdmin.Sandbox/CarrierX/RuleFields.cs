using System;
using System.Collections.Generic;
using System.Text.Json;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>The fields of access control rules: what a body may hold, how it changes a rule, how a rule is written.</summary>
internal static class RuleFields
{
    public static readonly string[] Fields = ["calling", "called", "from", "to", "message", "from_did", "to_did"];

    public static readonly string[] Operations = ["exact", "prefix", "regexp"];

    public static readonly string[] Quantifiers = ["all", "any", "none"];

    /// <summary>The validation table, after the vendor's page on access control rules.</summary>
    public static readonly FieldTable Table = new(
        new FieldRule("entries", FieldShape.TextList) { RequiredOnCreate = true, RequiredOnReplace = true },
        new FieldRule("field", FieldShape.Text) { RequiredOnCreate = true, RequiredOnReplace = true, Choices = Fields },
        new FieldRule("operation", FieldShape.Text) { RequiredOnCreate = true, RequiredOnReplace = true, Choices = Operations },
        new FieldRule("quantifier", FieldShape.Text) { RequiredOnCreate = true, RequiredOnReplace = true, Choices = Quantifiers },
        new FieldRule("name", FieldShape.Text) { RequiredOnReplace = true },
        new FieldRule("read_only", FieldShape.Flag) { ReadOnly = true },
        new FieldRule("rule_sid", FieldShape.Text) { ReadOnly = true });

    /// <summary>The rule with the fields of a body that has passed the table.</summary>
    public static AccessRule Apply(AccessRule rule, JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            var value = property.Value;
            rule = property.Name switch
            {
                "entries" => rule with { Entries = Strings(value) },
                "field" => rule with { Field = value.GetString()! },
                "operation" => rule with { Operation = value.GetString()! },
                "quantifier" => rule with { Quantifier = value.GetString()! },
                "name" => rule with { Name = value.GetString()! },
                _ => throw new InvalidOperationException(property.Name + " passed the table but cannot be applied."),
            };
        }
        return rule;
    }

    public static void Write(Utf8JsonWriter writer, AccessRule rule)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entries"u8);
        foreach (var entry in rule.Entries)
            writer.WriteStringValue(entry);
        writer.WriteEndArray();
        writer.WriteString("field"u8, rule.Field);
        writer.WriteString("name"u8, rule.Name);
        writer.WriteString("operation"u8, rule.Operation);
        writer.WriteString("quantifier"u8, rule.Quantifier);
        writer.WriteBoolean("read_only"u8, rule.ReadOnly);
        writer.WriteString("rule_sid"u8, rule.RuleSid);
        writer.WriteEndObject();
    }

    private static string[] Strings(JsonElement array)
    {
        var strings = new List<string>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
            strings.Add(item.GetString()!);
        return [.. strings];
    }
}
