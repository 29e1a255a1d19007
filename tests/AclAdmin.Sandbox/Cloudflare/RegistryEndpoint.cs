using System;
using System.Text.Json;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>The five operations on the impersonation registry.</summary>
internal sealed class RegistryEndpoint(SandboxState state, TimeProvider clock)
{
    public Answer List(Exchange exchange)
    {
        var query = RegistryQuery.Read(exchange, out var problems);
        if (problems.Count > 0)
            return Envelope.Failure(400, problems);
        var page = query.Select(state.Entries);
        // Documented as the total without search parameters: it may well exceed the number of hits.
        return Envelope.Page(page, query.Page, query.PerPage, state.Entries.Count);
    }

    public Answer Get(string id) =>
        state.Entries.Find(id) is { } entry ? Envelope.Result(200, entry, RegistryFields.Write) : Unknown();

    public Answer Create(Exchange exchange)
    {
        using var body = ReadBody(exchange, BodyUse.Create, out var refusal);
        if (body is null)
            return refusal!;
        var now = Now();
        var blank = new RegistryEntry { Id = Guid.NewGuid().ToString("D"), CreatedAt = now, ModifiedAt = now };
        var entry = RegistryFields.Apply(blank, body.RootElement);
        state.Entries.Add(entry);
        return Envelope.Result(201, entry, RegistryFields.Write, applied: true);
    }

    public Answer Patch(Exchange exchange, string id)
    {
        using var body = ReadBody(exchange, BodyUse.Patch, out var refusal);
        if (body is null)
            return refusal!;
        var root = body.RootElement;
        var applied = false;
        var entry = state.Entries.Update(id, old =>
        {
            applied = !old.IsSynced;
            return applied ? RegistryFields.Apply(old, root) with { ModifiedAt = After(old.ModifiedAt) } : old;
        });
        return entry is null ? Unknown()
            : applied ? Envelope.Result(200, entry, RegistryFields.Write, applied: true)
            : Synced();
    }

    public Answer Delete(string id)
    {
        if (state.Entries.Find(id) is not { } entry)
            return Unknown();
        if (entry.IsSynced)
            return Synced();
        // Of two deletions at once, one finds nothing left.
        if (!state.Entries.Remove(id))
            return Unknown();
        return Envelope.Result(200, entry.Id, static (writer, id) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, id);
            writer.WriteEndObject();
        }, applied: true);
    }

    private static Answer Unknown() =>
        Envelope.Failure(404, new EnvelopeError(Codes.UnknownEntry, "Impersonation registry entry not found."));

    private static JsonDocument? ReadBody(Exchange exchange, BodyUse use, out Answer? refusal)
    {
        refusal = null;
        if (!exchange.Declares(Answer.Json))
        {
            refusal = Envelope.Failure(415, new EnvelopeError(Codes.MediaType, "Content-Type must be application/json."));
            return null;
        }
        var body = JsonBytes.ReadObject(exchange.Body, out var problem);
        if (body is null)
        {
            refusal = Envelope.Failure(400, new EnvelopeError(Codes.BadBody, problem, string.Empty));
            return null;
        }
        var problems = BodyCheck.Run(body.RootElement, RegistryFields.Table, use);
        if (problems.Count == 0)
            return body;
        body.Dispose();
        refusal = Envelope.Invalid(problems);
        return null;
    }

    // Neither status nor code of this refusal is documented, so the status can be set.
    private Answer Synced() => Envelope.Failure(
        state.Settings.SyncedRefusalStatus,
        new EnvelopeError(Codes.SyncedEntry, "Directory-synced entries can't be updated."));

    private DateTimeOffset Now() => ToMicroseconds(clock.GetUtcNow());

    // Two changes within a microsecond still get two times, or a client could not tell the second from none.
    private DateTimeOffset After(DateTimeOffset before) => Now() is var now && now > before ? now : before.AddTicks(10);

    private static DateTimeOffset ToMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % 10));
}
