using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Reads values that a service may send in another type than it documents: such a value is no value, and no exception.</summary>
internal static class TokenValues
{
    /// <summary>The text; null where it is missing or something else.</summary>
    public static string? AsText(this JToken? token) => token is JValue { Value: string text } ? text : null;

    /// <summary>The boolean; null where it is missing or something else.</summary>
    public static bool? AsFlag(this JToken? token) => token is JValue { Value: bool flag } ? flag : null;

    /// <summary>The whole number; null where it is missing or something else.</summary>
    public static long? AsNumber(this JToken? token) => token is JValue { Value: long number } ? number : null;
}
