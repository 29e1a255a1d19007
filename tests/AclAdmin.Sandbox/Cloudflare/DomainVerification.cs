using System.Text.Json;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>The TXT record that proves a domain; one that receives mail through an API needs none and gets a 204.</summary>
internal sealed class DomainVerification(SandboxState state)
{
    public Answer Serve(Exchange exchange, string id)
    {
        if (exchange.Method != "GET")
            return Envelope.WrongMethod("GET");
        if (state.Items("domains").Find(id) is not { } domain)
            return Envelope.Failure(404, new EnvelopeError(Codes.UnknownEntry, "Domain not found."));
        foreach (var mode in domain.Fields["allowed_delivery_modes"].EnumerateArray())
        {
            if (mode.GetString() == "API")
                return new Answer(204);
        }
        return Envelope.Result(200, domain, Write);
    }

    private static void Write(Utf8JsonWriter writer, SettingsItem domain)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, domain.Text("status"));
        writer.WriteString("txt_record_name"u8, "_cf-email-sec-challenge." + domain.Text("domain"));
        writer.WriteString("txt_record_value"u8, "challenge-" + domain.Id[..8]);
        writer.WriteNull("last_checked_at"u8);
        writer.WriteEndObject();
    }
}
