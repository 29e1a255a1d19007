using System;
using System.Collections.Generic;
using System.Text.Json;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>
/// The effective lists: a sample of two layers (parent partner, partner or trunk group), or three when a trunk is asked for, made of the
/// oldest rules there are.
/// </summary>
internal sealed class EffectiveAclEndpoint(SandboxState state)
{
    private static readonly string[] Directions = ["any", "inbound", "outbound", "undirected"];

    public Answer Get(Exchange exchange, bool sms)
    {
        var direction = exchange.Query.TryGetValue("direction", out var given) ? given.ToString() : "any";
        if (Array.IndexOf(Directions, direction) < 0)
            return CarrierXErrors.One(422, $"direction must be one of {string.Join(", ", Directions)}.", "direction");
        var layers = !sms && exchange.Query.ContainsKey("trunk_sid") ? 3 : 2;
        var sids = new List<string>();
        foreach (var rule in state.Rules.All())
        {
            sids.Add(rule.RuleSid);
            if (sids.Count == layers + 1)
                break;
        }
        return new Answer(200, JsonBytes.Build((sids, direction, sms, layers), static (writer, part) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            for (var layer = 1; layer <= part.layers; layer++)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("effective_acls"u8);
                // The topmost object has two rules in its list, those below one each.
                WriteList(writer, layer == 1 ? Slice(part.sids, 0, 2) : Slice(part.sids, layer, 1), part.direction, part.sms, layer);
                writer.WriteEndArray();
                writer.WriteNumber("layer"u8, layer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    private static List<string> Slice(List<string> sids, int from, int count) =>
        from >= sids.Count ? [] : sids.GetRange(from, Math.Min(count, sids.Count - from));

    private static void WriteList(Utf8JsonWriter writer, List<string> sids, string direction, bool sms, int layer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("access_control_rules"u8);
        foreach (var sid in sids)
            writer.WriteStringValue(sid);
        writer.WriteEndArray();
        writer.WriteString("direction"u8, direction);
        var refuse = layer == 1;
        writer.WriteString("sms_action_false"u8, sms && !refuse ? "reject" : null);
        writer.WriteString("sms_action_true"u8, sms ? refuse ? "reject" : "accept" : null);
        writer.WriteString("voice_action_false"u8, !sms && !refuse ? "reject503" : null);
        writer.WriteString("voice_action_true"u8, !sms ? refuse ? "reject403" : "accept" : null);
        writer.WriteEndObject();
    }
}
