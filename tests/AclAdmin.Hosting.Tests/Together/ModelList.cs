using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.CarrierX;
using AclAdmin.Sandbox.Cloudflare;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>A list as the model needs it: its columns for a number, and what another client does to it. A further list is one more of these.</summary>
internal abstract class ModelList(TestList list, SandboxState state)
{
    public static IReadOnlyList<string> Nouns { get; } = ["ImpersonationRegistryEntry", "EmailBlockedSender", "AccessControlRule"];

    public TestList List { get; } = list;

    /// <summary>Whether all fields together identify an item.</summary>
    public virtual bool IsWholeKey => false;

    protected SandboxState State { get; } = state;

    public static ModelList Of(string noun, SandboxState state) => noun switch
    {
        "ImpersonationRegistryEntry" => new Registry(TestList.Of(noun), state),
        "AccessControlRule" => new Rules(TestList.Of(noun), state),
        _ => new Settings(TestList.Of(noun), state),
    };

    /// <summary>The text of a key.</summary>
    public virtual string Key(int key) => string.Create(CultureInfo.InvariantCulture, $"key{key}@example.net");

    /// <summary>The text of a note.</summary>
    public virtual string Note(string note) => "note " + note;

    /// <summary>The columns of a new item.</summary>
    public abstract IEnumerable<(string, object?)> Create(ModelRow row);

    /// <summary>The column of a note.</summary>
    public virtual (string, object?) NoteCell(ModelRow row) => ("comments", Note($"{row.Value}"));

    /// <summary>An item as one text: its id, key, note and entries.</summary>
    public abstract string Show(JsonObject item);

    /// <summary>The same of the model's.</summary>
    public virtual string Show(ModelItem item) => $"{item.Id} {Key(item.Key)} {Note(item.Fields["note"])}";

    public abstract void Edit(string id, string note);

    public abstract void Remove(string id);

    public abstract void Add(string id, ModelRow row);

    private sealed class Registry(TestList list, SandboxState state) : ModelList(list, state)
    {
        public override IEnumerable<(string, object?)> Create(ModelRow row) => [("name", "N"), ("email", Key(row.Key)), ("comments", Note($"{row.Value}"))];

        public override string Show(JsonObject item) => $"{item["id"]} {item["email"]} {item["comments"]}";

        public override void Edit(string id, string note) => State.Entries.Update(id, entry => entry with { Comments = Note(note) });

        public override void Remove(string id) => State.Entries.Remove(id);

        public override void Add(string id, ModelRow row) => State.Entries.Add(new RegistryEntry { Id = id, Name = "N", Email = Key(row.Key), Comments = Note($"{row.Value}") });
    }

    private sealed class Settings(TestList list, SandboxState state) : ModelList(list, state)
    {
        public override IEnumerable<(string, object?)> Create(ModelRow row) => [("pattern", Key(row.Key)), ("pattern_type", "EMAIL"), ("comments", Note($"{row.Value}"))];

        public override string Show(JsonObject item) => $"{item["id"]} {item["pattern"]} {item["comments"]}";

        public override void Edit(string id, string note) => State.Items(List.Segment).Update(
            id, item => item with { Fields = new Dictionary<string, JsonElement>(item.Fields) { ["comments"] = JsonSerializer.SerializeToElement(Note(note)) } });

        public override void Remove(string id) => State.Items(List.Segment).Remove(id);

        public override void Add(string id, ModelRow row) => State.Items(List.Segment).Add(new SettingsItem(
            id,
            JsonSerializer.SerializeToElement(new { pattern = Key(row.Key), pattern_type = "EMAIL", is_regex = false, comments = Note($"{row.Value}") })
                .EnumerateObject().ToDictionary(field => field.Name, field => field.Value),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch));
    }

    private sealed class Rules(TestList list, SandboxState state) : ModelList(list, state)
    {
        private const string First = "1900";

        public override bool IsWholeKey => true;

        public override string Note(string note) => new[] { "all", "any", "none" }[int.Parse(note, CultureInfo.InvariantCulture)];

        public override IEnumerable<(string, object?)> Create(ModelRow row) =>
            [("name", Key(row.Key)), ("entries", new[] { First }), ("field", "to"), ("operation", "prefix"), ("quantifier", Note($"{row.Value}"))];

        public override (string, object?) NoteCell(ModelRow row) => ("quantifier", Note($"{row.Value}"));

        public override string Show(JsonObject item) =>
            $"{item["rule_sid"]} {item["name"]} {item["quantifier"]} {string.Join(",", item["entries"]!.AsArray().Select(entry => (string)entry!).Skip(1).Select(entry => entry[First.Length..]))}";

        public override string Show(ModelItem item) => $"{base.Show(item)} {item.Fields["entries"]}";

        public override void Edit(string id, string note) => State.Rules.Update(id, rule => rule with { Quantifier = Note(note) });

        public override void Remove(string id) => State.Rules.Remove(id);

        public override void Add(string id, ModelRow row) =>
            State.Rules.Add(new AccessRule { RuleSid = id, Name = Key(row.Key), Entries = [First], Field = "to", Operation = "prefix", Quantifier = Note($"{row.Value}") });
    }
}
