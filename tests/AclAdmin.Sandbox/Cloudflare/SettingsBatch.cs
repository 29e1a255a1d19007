using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AclAdmin.Sandbox.Http;
using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>A batch on one list: all of it or nothing, in the order deletes, patches, puts, posts.</summary>
internal sealed class SettingsBatch<T>(SettingsList<T> list, OrderedStore<T> store, DateTimeOffset now)
    where T : class
{
    private const int MaxItems = 1000;

    private readonly List<EnvelopeError> _problems = [];
    private readonly List<string> _deletes = [];
    private readonly List<KeyValuePair<string, Func<T, T>>> _changes = [];
    private readonly List<T> _posts = [];
    private int _patches;

    public Answer Run(JsonElement body)
    {
        foreach (var property in body.EnumerateObject().Where(property => !list.BatchParts.Contains(property.Name)))
            Refuse($"{property.Name} is not a known field.", "/" + property.Name);
        foreach (var part in list.BatchParts)
            Read(body, part);
        if (_problems.Count > 0)
            return Envelope.Failure(400, _problems);
        if (store.Apply(_deletes, _changes, _posts) is { } unknown)
            return Envelope.Failure(404, new EnvelopeError(Codes.UnknownEntry, $"{list.Noun} {unknown} not found."));
        var changed = _changes.Select(change => store.Find(change.Key)!).ToArray();
        return Envelope.Result(200, changed, (writer, items) => Write(writer, items), applied: true);
    }

    private void Read(JsonElement body, string part)
    {
        if (!body.TryGetProperty(part, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            Refuse($"{part} must be an array.", "/" + part);
            return;
        }
        if (items.GetArrayLength() > MaxItems)
            Refuse($"{part} must hold at most {MaxItems} items.", "/" + part);
        var at = 0;
        foreach (var item in items.EnumerateArray())
            Read(item.Clone(), part, $"/{part}/{at++}");
        if (part == "patches")
            _patches = _changes.Count;
    }

    private void Read(JsonElement item, string part, string pointer)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            Refuse("An item must be an object.", pointer);
            return;
        }
        var id = item.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        if (part != "posts" && !Guid.TryParseExact(id, "D", out _))
            Refuse("id must be a uuid.", pointer + "/id");
        else if (part == "deletes")
            _deletes.Add(id);
        else if (IsGood(item, part, pointer))
            Add(item, part, pointer, id);
    }

    private void Add(JsonElement item, string part, string pointer, string id)
    {
        if (part == "posts")
        {
            var made = list.Create(Guid.NewGuid().ToString("D"), item, now);
            Check(made, pointer);
            _posts.Add(made);
            return;
        }
        Func<T, T> change = part == "patches" ? old => list.Patch(old, item, now) : old => list.Replace(old, item, now);
        if (store.Find(id) is { } present)
            Check(change(present), pointer);
        _changes.Add(new(id, change));
    }

    private void Check(T item, string pointer)
    {
        if (list.Check(item) is { } problem)
            Refuse(problem, pointer);
    }

    private bool IsGood(JsonElement item, string part, string pointer)
    {
        var use = part switch { "patches" => BodyUse.Patch, "puts" => BodyUse.Replace, _ => BodyUse.Create };
        var fields = JsonSerializer.SerializeToElement(item.EnumerateObject().Where(property => property.Name != "id" || part == "posts").ToDictionary(property => property.Name, property => property.Value));
        var problems = BodyCheck.Run(fields, list.Fields, use);
        _problems.AddRange(problems.Select(problem => new EnvelopeError(Codes.Of(problem.Kind), problem.Message, pointer + problem.Pointer)));
        return problems.Count == 0;
    }

    private void Write(Utf8JsonWriter writer, T[] changed)
    {
        writer.WriteStartObject();
        foreach (var part in list.BatchParts)
        {
            writer.WriteStartArray(part);
            switch (part)
            {
                case "deletes":
                    _deletes.ForEach(id => Envelope.WriteId(writer, id));
                    break;
                case "patches":
                    Array.ForEach(changed[.._patches], item => list.Write(writer, item));
                    break;
                case "puts":
                    Array.ForEach(changed[_patches..], item => list.Write(writer, item));
                    break;
                default:
                    _posts.ForEach(item => list.Write(writer, item));
                    break;
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private void Refuse(string message, string pointer) => _problems.Add(new(Codes.Of(ProblemKind.BadValue), message, pointer));
}
