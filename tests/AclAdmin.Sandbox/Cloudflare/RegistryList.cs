using System;
using System.Collections.Generic;
using System.Text.Json;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>The impersonation registry. Its entries have a type of their own, as the benchmarks measure what it answers.</summary>
internal sealed class RegistryList : SettingsList<RegistryEntry>
{
    public RegistryList()
        : base("impersonation_registry", "Impersonation registry entry", RegistryFields.Table)
    {
        Orders = new Dictionary<string, Comparison<RegistryEntry>>
        {
            ["name"] = (a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
            ["email"] = (a, b) => string.Compare(a.Email, b.Email, StringComparison.OrdinalIgnoreCase),
            ["created_at"] = (a, b) => a.CreatedAt.CompareTo(b.CreatedAt),
        };
        Filters = [new("provenance", (entry, value) => string.Equals(entry.Provenance, value, StringComparison.Ordinal), RegistryFields.Provenances)];
        Search = (entry, text) => entry.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || entry.Email.Contains(text, StringComparison.OrdinalIgnoreCase)
            || (entry.Comments?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false);
    }

    public override bool IsLocked(RegistryEntry item) => item.IsSynced;

    public override string IdOf(RegistryEntry item) => item.Id;

    public override DateTimeOffset ModifiedAt(RegistryEntry item) => item.ModifiedAt;

    public override RegistryEntry Create(string id, JsonElement body, DateTimeOffset now) =>
        RegistryFields.Apply(new RegistryEntry { Id = id, CreatedAt = now, ModifiedAt = now }, body);

    public override RegistryEntry Patch(RegistryEntry item, JsonElement body, DateTimeOffset now) => RegistryFields.Apply(item, body) with { ModifiedAt = now };

    public override void Write(Utf8JsonWriter writer, RegistryEntry item) => RegistryFields.Write(writer, item);
}
