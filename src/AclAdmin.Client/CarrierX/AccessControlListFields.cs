using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>The field table of an access control list, from CarrierX's API documentation, and the one form in which lists are compared and sent.</summary>
public static class AccessControlListFields
{
    /// <summary>The rules of a list, by sid.</summary>
    public const string Rules = "access_control_rules";

    /// <summary>What a list is for.</summary>
    public const string Direction = "direction";

    private static readonly string[] VoiceActions = ["accept", "reject403", "reject503"];
    private static readonly string[] MessageActions = ["accept", "reject"];

    /// <summary>The fields, in the order in which they are sent.</summary>
    public static readonly FieldDescriptor[] Table =
    [
        new FieldDescriptor(Rules, FieldKind.TextList),
        new FieldDescriptor(Direction, FieldKind.Choice) { RequiredOnCreate = true, AllowedValues = ["any", "inbound", "outbound", "undirected"] },
        new FieldDescriptor("sms_action_false", FieldKind.Choice) { Nullable = true, AllowedValues = MessageActions },
        new FieldDescriptor("sms_action_true", FieldKind.Choice) { Nullable = true, AllowedValues = MessageActions },
        new FieldDescriptor("voice_action_false", FieldKind.Choice) { Nullable = true, AllowedValues = VoiceActions },
        new FieldDescriptor("voice_action_true", FieldKind.Choice) { Nullable = true, AllowedValues = VoiceActions },
    ];

    /// <summary>What a row can specify about lists besides their fields: whose list, which one of them, and rules to add or to remove.</summary>
    internal static readonly FieldDescriptor[] References =
    [
        new FieldDescriptor("index", FieldKind.Integer) { Minimum = 1 },
        new FieldDescriptor("partner_sid", FieldKind.Text) { Content = TextContent.Identifier },
        new FieldDescriptor("rule", FieldKind.TextList) { Content = TextContent.Name },
        new FieldDescriptor("trunk_group_sid", FieldKind.Text) { Content = TextContent.Identifier },
        new FieldDescriptor("trunk_sid", FieldKind.Text) { Content = TextContent.Identifier },
        new FieldDescriptor("version", FieldKind.Text) { Content = TextContent.Identifier },
    ];

    /// <summary>
    /// A list in the form that is compared and sent: every field of the table, the actions that are not there as null, and after them what this version does
    /// not know. Trunk groups and trunks have no actions for messages: the service keeps them null there and read-only, so they are left out.
    /// </summary>
    /// <param name="list">The list as the service sent it.</param>
    /// <param name="hasMessages">Whether its owner has messages.</param>
    internal static JObject Normalize(JObject list, bool hasMessages)
    {
        var normal = new JObject();
        foreach (var field in Table.Where(field => hasMessages || !IsForMessages(field.Name)))
        {
            normal[field.Name] = list[field.Name]?.DeepClone() ?? (field.Name == Rules ? new JArray() : JValue.CreateNull());
        }

        foreach (var unknown in list.Properties().Where(property => normal[property.Name] is null && !IsForMessages(property.Name)))
        {
            normal[unknown.Name] = unknown.Value.DeepClone();
        }

        return normal;
    }

    /// <summary>What keeps a list from being written back: a field without the kind of value that the documentation states.</summary>
    /// <param name="list">The list as the service sent it. A missing action is none; rules and a direction are in every list.</param>
    /// <returns>Null where the list is understood.</returns>
    internal static string? FindProblem(JObject list) => Table.Select(field => (field.Name, Value: list[field.Name])).Where(field => field.Name switch
    {
        Rules => field.Value is not JArray rules || rules.Any(rule => rule.Type != JTokenType.String),
        Direction => field.Value?.Type != JTokenType.String,
        _ => field.Value is not (null or { Type: JTokenType.String or JTokenType.Null }),
    }).Select(field => $"{field.Name} is {(field.Value is null ? "missing" : DisplayText.Of(field.Value.ToString(Formatting.None), maxLength: 80))}").FirstOrDefault();

    /// <summary>A checksum of lists in the form in which they are compared: the same for the same content.</summary>
    internal static string GetChecksum(JToken lists)
    {
        using var hash = SHA256.Create();
        var bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(Sort(lists).ToString(Formatting.None)));
        return string.Concat(bytes.Take(8).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>What a list does with calls and messages, in words.</summary>
    internal static string DescribeActions(JObject list)
    {
        var actions = new[] { ("voice_action_true", "call match"), ("voice_action_false", "call mismatch"), ("sms_action_true", "message match"), ("sms_action_false", "message mismatch") }
            .Where(action => list[action.Item1] is { Type: JTokenType.String })
            .Select(action => $"{action.Item2}: {DisplayText.Of(list[action.Item1].AsText())}")
            .ToArray();
        return actions.Length == 0 ? "no action" : string.Join(", ", actions);
    }

    private static JToken Sort(JToken token) => token switch
    {
        JObject item => new JObject(item.Properties().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => new JProperty(property.Name, Sort(property.Value)))),
        JArray items => new JArray(items.Select(Sort)),
        _ => token.DeepClone(),
    };

    /// <summary>Whether a field is an action for messages.</summary>
    internal static bool IsForMessages(string name) => name is "sms_action_false" or "sms_action_true";
}
