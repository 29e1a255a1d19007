using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Control;

/// <summary>The JSON of the control side: snake case, and closed, so that a misspelt setting is an error and not a passed test.</summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Answer Show<T>(T value) => new(200, JsonSerializer.SerializeToUtf8Bytes(value, Options));

    public static T Read<T>(byte[] body) =>
        JsonSerializer.Deserialize<T>(body, Options) ?? throw new JsonException("The body must not be null.");
}
