using System;
using System.Text.Json;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>The operations on a list, whatever its items are.</summary>
internal interface ISettingsEndpoint
{
    Answer Serve(Exchange exchange);

    Answer Serve(Exchange exchange, string id);

    Answer Batch(Exchange exchange);
}

/// <summary>The operations on one list of the settings.</summary>
internal sealed class SettingsEndpoint<T>(SettingsList<T> list, OrderedStore<T> store, SandboxSettings settings, TimeProvider clock) : ISettingsEndpoint
    where T : class
{
    public Answer Serve(Exchange exchange) => exchange.Method switch
    {
        "GET" => List(exchange),
        "POST" => Create(exchange),
        _ => Envelope.WrongMethod("GET, POST"),
    };

    public Answer Serve(Exchange exchange, string id) => exchange.Method switch
    {
        "GET" => store.Find(id) is { } item ? Envelope.Result(200, item, list.Write) : Unknown(),
        "PATCH" => Change(exchange, id, BodyUse.Patch, list.Patch),
        "PUT" when list.HasReplace => Change(exchange, id, BodyUse.Replace, list.Replace),
        "DELETE" => Delete(id),
        _ => Envelope.WrongMethod(list.HasReplace ? "GET, PATCH, PUT, DELETE" : "GET, PATCH, DELETE"),
    };

    public Answer Batch(Exchange exchange)
    {
        if (exchange.Method != "POST")
            return Envelope.WrongMethod("POST");
        using var body = ReadJson(exchange, out var refusal);
        return body is null ? refusal! : new SettingsBatch<T>(list, store, Now()).Run(body.RootElement);
    }

    private Answer List(Exchange exchange)
    {
        var query = new SettingsQuery<T>(exchange, list);
        if (query.Problems.Count > 0)
            return Envelope.Failure(400, query.Problems);
        var page = query.Select(store);
        // Documented as the total without search parameters: it may well exceed the number of hits.
        return Envelope.Page(page, list.Write, query.Page, query.PerPage, store.Count);
    }

    private Answer Create(Exchange exchange)
    {
        using var body = ReadBody(exchange, BodyUse.Create, out var refusal);
        if (body is null)
            return refusal!;
        var item = list.Create(Guid.NewGuid().ToString("D"), body.RootElement, Now());
        if (list.Check(item) is { } problem)
            return Wrong(problem);
        store.Add(item);
        return Envelope.Result(201, item, list.Write, applied: true);
    }

    private Answer Change(Exchange exchange, string id, BodyUse use, Func<T, JsonElement, DateTimeOffset, T> change)
    {
        using var body = ReadBody(exchange, use, out var refusal);
        if (body is null)
            return refusal!;
        var root = body.RootElement;
        string? problem = null;
        var applied = false;
        var item = store.Update(id, old =>
        {
            if (list.IsLocked(old))
                return old;
            var changed = change(old, root, After(list.ModifiedAt(old)));
            problem = list.Check(changed);
            applied = problem is null;
            return applied ? changed : old;
        });
        return item is null ? Unknown()
            : applied ? Envelope.Result(200, item, list.Write, applied: true)
            : problem is null ? Locked()
            : Wrong(problem);
    }

    private Answer Delete(string id)
    {
        if (store.Find(id) is not { } item)
            return Unknown();
        if (list.IsLocked(item))
            return Locked();
        // Of two deletions at once, one finds nothing left.
        return store.Remove(id) ? Envelope.Result(200, list.IdOf(item), Envelope.WriteId, applied: true) : Unknown();
    }

    private Answer Unknown() => Envelope.Failure(404, new EnvelopeError(Codes.UnknownEntry, list.Noun + " not found."));

    private static Answer Wrong(string problem) => Envelope.Failure(400, new EnvelopeError(Codes.Of(ProblemKind.BadValue), problem));

    // Neither status nor code of this refusal is documented, so the status can be set.
    private Answer Locked() =>
        Envelope.Failure(settings.SyncedRefusalStatus, new EnvelopeError(Codes.SyncedEntry, "Directory-synced entries can't be updated."));

    private static JsonDocument? ReadJson(Exchange exchange, out Answer? refusal)
    {
        refusal = null;
        if (!exchange.Declares(Answer.Json))
        {
            refusal = Envelope.Failure(415, new EnvelopeError(Codes.MediaType, "Content-Type must be application/json."));
            return null;
        }
        var body = JsonBytes.ReadObject(exchange.Body, out var problem);
        if (body is null)
            refusal = Envelope.Failure(400, new EnvelopeError(Codes.BadBody, problem, string.Empty));
        return body;
    }

    private JsonDocument? ReadBody(Exchange exchange, BodyUse use, out Answer? refusal)
    {
        if (ReadJson(exchange, out refusal) is not { } body)
            return null;
        var problems = BodyCheck.Run(body.RootElement, list.Fields, use);
        if (problems.Count == 0)
            return body;
        body.Dispose();
        refusal = Envelope.Invalid(problems);
        return null;
    }

    private DateTimeOffset Now() => ToMicroseconds(clock.GetUtcNow());

    // Two changes within a microsecond still get two times, or a client could not tell the second from none.
    private DateTimeOffset After(DateTimeOffset before) => Now() is var now && now > before ? now : before.AddTicks(10);

    private static DateTimeOffset ToMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % 10));
}
