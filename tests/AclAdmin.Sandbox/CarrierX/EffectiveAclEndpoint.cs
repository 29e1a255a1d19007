using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>
/// The effective lists, a layer for each object from the top down: what the parent partner has assigned, the partner, and where they are asked for the
/// trunk group and the trunk. A layer without lists is left out, and a list for another direction is not in force.
/// </summary>
internal sealed class EffectiveAclEndpoint(SandboxState state)
{
    private static readonly string[] Directions = ["any", "inbound", "outbound", "undirected"];

    public Answer Get(Exchange exchange, bool sms)
    {
        var direction = ListPage.One(exchange, "direction") ?? "any";
        if (Array.IndexOf(Directions, direction) < 0)
            return CarrierXErrors.One(422, $"direction must be one of {string.Join(", ", Directions)}.", "direction");
        if (state.Owners.Find("partners/" + (ListPage.One(exchange, "partner_sid") ?? SandboxDefaults.PartnerSid)) is not { } partner)
            return Unknown("partner_sid");
        var layers = new List<IReadOnlyList<AccessList>> { partner.ParentLists, partner.Lists };
        var group = sms ? null : ListPage.One(exchange, "trunk_group_sid");
        if (group is not null)
        {
            if (state.Owners.Find("trunk_groups/" + group) is not { } found)
                return Unknown("trunk_group_sid");
            layers.Add(found.Lists);
        }
        if (!sms && ListPage.One(exchange, "trunk_sid") is { } trunk)
        {
            if (state.Owners.All().FirstOrDefault(owner => owner.IsTrunk && owner.Sid == trunk) is not { } found)
                return Unknown("trunk_sid");
            layers.Add(found.Lists);
        }
        var shown = layers.Select(lists => lists.Where(list => IsInForce(list, direction)).Select(list => ForChannel(list, sms)).ToArray()).Where(lists => lists.Length > 0).ToArray();
        return new Answer(200, JsonBytes.Build(shown, static (writer, layers) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            for (var layer = 1; layer <= layers.Length; layer++)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("effective_acls"u8);
                foreach (var list in layers[layer - 1])
                    ListOwnerFields.WriteList(writer, list);
                writer.WriteEndArray();
                writer.WriteNumber("layer"u8, layer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    private static bool IsInForce(AccessList list, string direction) => direction == "any" || list.Direction == "any" || list.Direction == direction;

    private static AccessList ForChannel(AccessList list, bool sms) => sms
        ? list with { VoiceActionFalse = null, VoiceActionTrue = null }
        : list with { SmsActionFalse = null, SmsActionTrue = null };

    private static Answer Unknown(string field) => CarrierXErrors.One(404, "There is no such object.", field);
}
