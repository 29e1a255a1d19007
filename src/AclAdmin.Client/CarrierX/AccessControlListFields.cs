using System.Linq;
using AclAdmin.Client.Resources;
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
        new FieldDescriptor("rule", FieldKind.TextList),
        new FieldDescriptor("trunk_group_sid", FieldKind.Text) { Content = TextContent.Identifier },
        new FieldDescriptor("trunk_sid", FieldKind.Text) { Content = TextContent.Identifier },
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

    /// <summary>Whether a field is an action for messages.</summary>
    internal static bool IsForMessages(string name) => name is "sms_action_false" or "sms_action_true";
}
