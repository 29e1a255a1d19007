using System;
using System.Collections.Generic;
using System.Text.Json;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>An item of a list that a table alone describes: what the service keeps of it by field.</summary>
/// <param name="Id">A uuid, lower case.</param>
/// <param name="Fields">The fields that are not null.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ModifiedAt">When it last changed; also sent as <c>last_modified</c>.</param>
public sealed record SettingsItem(string Id, IReadOnlyDictionary<string, JsonElement> Fields, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    /// <summary>A text field; null where it has none.</summary>
    public string? Text(string name) => Fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
