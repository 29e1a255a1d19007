using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>What the bodies of partners, trunk groups and trunks may hold, and how they are written.</summary>
internal static class ListOwnerFields
{
    private static readonly string[] Directions = ["any", "inbound", "outbound", "undirected"];
    private static readonly string[] VoiceActions = ["accept", "reject403", "reject503"];
    private static readonly string[] MessageActions = ["accept", "reject"];

    /// <summary>The owner with the fields of a body.</summary>
    /// <exception cref="FormatException">The body cannot be applied; the message begins with the field.</exception>
    public static ListOwner Apply(ListOwner owner, JsonElement body, OrderedStore<AccessRule> rules)
    {
        foreach (var property in body.EnumerateObject())
        {
            owner = property.Name switch
            {
                "acls" when property.Value.ValueKind == JsonValueKind.Array =>
                    owner with { Lists = property.Value.EnumerateArray().Select((list, index) => ReadList(list, $"acls/{index}", owner.IsPartner, rules)).ToArray() },
                "acls" => throw new FormatException("acls must be an array."),
                "name" when property.Value.ValueKind == JsonValueKind.String => owner with { Name = property.Value.GetString()! },
                "parent_assigned_acls" => throw new FormatException("parent_assigned_acls is set by the parent partner."),
                _ => throw new FormatException($"{property.Name} is not a field that the sandbox knows."),
            };
        }
        return owner;
    }

    /// <summary>Writes an owner.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="trunks">The trunks of a trunk group; null where they were not asked for.</param>
    public static void Write(Utf8JsonWriter writer, ListOwner owner, IEnumerable<ListOwner>? trunks = null)
    {
        writer.WriteStartObject();
        WriteLists(writer, "acls", owner.Lists);
        if (owner.IsPartner)
        {
            // A real partner has two dozen such fields; these stand for them, as clients must not keep them.
            writer.WriteString("balance"u8, "4.4");
            writer.WriteString("owner_email"u8, "owner@example.com");
            WriteLists(writer, "parent_assigned_acls", owner.ParentLists);
            writer.WriteString("parent_sid"u8, owner.ParentSid);
        }
        writer.WriteString("name"u8, owner.Name);
        if (!owner.IsTrunk)
            writer.WriteString("partner_sid"u8, owner.PartnerSid);
        if (!owner.IsPartner)
            writer.WriteString(owner.IsTrunk ? "trunk_sid"u8 : "trunk_group_sid"u8, owner.Sid);
        if (trunks is not null)
        {
            writer.WriteStartArray("trunks"u8);
            foreach (var trunk in trunks)
                Write(writer, trunk);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>Writes a list.</summary>
    public static void WriteList(Utf8JsonWriter writer, AccessList list)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("access_control_rules"u8);
        foreach (var sid in list.Rules)
            writer.WriteStringValue(sid);
        writer.WriteEndArray();
        writer.WriteString("direction"u8, list.Direction);
        writer.WriteString("sms_action_false"u8, list.SmsActionFalse);
        writer.WriteString("sms_action_true"u8, list.SmsActionTrue);
        writer.WriteString("voice_action_false"u8, list.VoiceActionFalse);
        writer.WriteString("voice_action_true"u8, list.VoiceActionTrue);
        writer.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter writer, string name, IReadOnlyList<AccessList> lists)
    {
        writer.WriteStartArray(name);
        foreach (var list in lists)
            WriteList(writer, list);
        writer.WriteEndArray();
    }

    private static AccessList ReadList(JsonElement element, string place, bool hasMessages, OrderedStore<AccessRule> rules)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{place} must be an object.");
        if (!element.TryGetProperty("direction", out _))
            throw new FormatException($"{place}/direction is required.");
        var list = new AccessList();
        foreach (var property in element.EnumerateObject())
        {
            var where = $"{place}/{property.Name}";
            list = property.Name switch
            {
                "access_control_rules" => list with { Rules = ReadRules(property.Value, where, rules) },
                "direction" => list with { Direction = ReadChoice(property.Value, where, Directions) ?? throw new FormatException($"{where} must not be null.") },
                "voice_action_false" => list with { VoiceActionFalse = ReadChoice(property.Value, where, VoiceActions) },
                "voice_action_true" => list with { VoiceActionTrue = ReadChoice(property.Value, where, VoiceActions) },

                // The vendor: always null and read-only on trunk groups and trunks.
                "sms_action_false" or "sms_action_true" when !hasMessages => throw new FormatException($"{where} is read-only here."),
                "sms_action_false" => list with { SmsActionFalse = ReadChoice(property.Value, where, MessageActions) },
                "sms_action_true" => list with { SmsActionTrue = ReadChoice(property.Value, where, MessageActions) },
                _ => throw new FormatException($"{where} is not a known field."),
            };
        }
        return list;
    }

    private static string[] ReadRules(JsonElement value, string where, OrderedStore<AccessRule> rules)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw new FormatException($"{where} must be an array of strings.");
        var sids = value.EnumerateArray().Select(item => item.GetString()!).ToArray();
        return Array.Find(sids, sid => rules.Find(sid) is null) is { } unknown ? throw new FormatException($"{where}: there is no rule {unknown}.") : sids;
    }

    private static string? ReadChoice(JsonElement value, string where, string[] choices) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when choices.Contains(value.GetString()) => value.GetString(),
        _ => throw new FormatException($"{where} must be one of {string.Join(", ", choices)}."),
    };
}
