using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>One change of a journal: the action, the item before it, and the outcome.</summary>
public sealed class AclChange
{
    /// <summary>The width that fits beside a mark in 80 columns.</summary>
    private const int DiffWidth = 76;

    private readonly JournalLines _lines;
    private JObject? _found;

    internal AclChange(JournalLines lines, AclChangeRun run, long number)
    {
        _lines = lines;
        Run = run;
        Number = number;
    }

    /// <summary>The journal that it comes from.</summary>
    public string JournalPath => _lines.Path;

    /// <summary>The run that made it.</summary>
    public AclChangeRun Run { get; }

    /// <summary>Identifies the run.</summary>
    public string RunId => Run.Id;

    /// <summary>The change's number in the run, from 1.</summary>
    public long Number { get; }

    /// <summary>When its intent was recorded, in UTC.</summary>
    public DateTime Time { get; internal set; }

    /// <summary>When its outcome was recorded, in UTC; null where none is.</summary>
    public DateTime? EndedAt { get; internal set; }

    /// <summary>Cloudflare or CarrierX.</summary>
    public string Service => Run.Service;

    /// <summary>The account; null where the service has none.</summary>
    public string? AccountId { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>The list, such as <c>impersonation_registry</c> or <c>access_control_rules</c>.</summary>
    public string Resource { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>What was to be done.</summary>
    public ChangeAction Action { get; internal set; }

    /// <summary>The item's id; for a create the new one. Empty where it is not known.</summary>
    public string Id { get; internal set => field = DisplayText.Whole(value); } = "";

    /// <summary>The item's display name; null where it has none.</summary>
    public string? Name { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>How it ended.</summary>
    public AclChangeState State { get; internal set; } = AclChangeState.Unknown;

    /// <summary>Whether the outcome was determined afterwards, from the item's state at the service.</summary>
    public bool IsFinding { get; internal set; }

    /// <summary>The rows that it applies, from 1; none for a call without rows.</summary>
    public IReadOnlyList<long> Rows { get; internal set; } = [];

    /// <summary>The fields that it changes, each with the value before and the value after, in JSON.</summary>
    public IReadOnlyList<FieldDifference> Differences => GetDifferences();

    /// <summary>The body that was sent, in JSON; null for a removal.</summary>
    public string? Body => JsonOf(BodyFields);

    /// <summary>The item before, in JSON; null for a create.</summary>
    public string? Before => JsonOf(BeforeFields);

    /// <summary>The item afterwards, in JSON; null where the service did not show it.</summary>
    public string? After => JsonOf(AfterFields);

    /// <summary>The error id; null where nothing went wrong.</summary>
    public string? ErrorId { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>The failure; null where there is none.</summary>
    public string? Error { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>The service's id for the request; null where the service sent none.</summary>
    public string? RequestId { get; internal set => field = DisplayText.Whole(value); }

    /// <summary>The changes that this one undoes.</summary>
    public IReadOnlyList<ChangeReference> Undoes { get; internal set; } = [];

    /// <summary>The change that has undone this one and is in effect; null where there is none.</summary>
    public ChangeReference? UndoneBy { get; internal set; }

    internal ChangeReference Reference => new(RunId, Number);

    internal JObject? BodyFields => Read(Intent, JournalSchema.Body) as JObject;

    internal JObject? BeforeFields => Read(Intent, JournalSchema.Before) as JObject;

    /// <summary>The item afterwards, as the journal contains it or as it was found since.</summary>
    internal JObject? AfterFields { get => _found ?? Read(Outcome, JournalSchema.After) as JObject; set => _found = value; }

    /// <summary>The line of the intent.</summary>
    internal LinePlace Intent { get; set; }

    /// <summary>The line of the outcome that counts.</summary>
    internal LinePlace Outcome { get; set; }

    /// <summary>Identifies what was sent.</summary>
    internal Guid WriteKey { get; set; }

    /// <summary>The items with the same natural key that were there before a create.</summary>
    internal IReadOnlyList<string> Siblings => (Read(Intent, JournalSchema.Siblings) as JArray)?.OfType<JValue>().Select(id => id.Value as string ?? "").ToArray() ?? [];

    /// <summary>Whether a secret was masked in it, so that it does not hold what was sent.</summary>
    internal bool IsMasked { get; set; }

    /// <summary>The change as a diff, for people: the action, the item, and each field before and after, cut to a line.</summary>
    public string ToDiff()
    {
        var note = (Error is null ? "" : $"\n!  {DisplayText.Of(Error, DiffWidth)}") + (UndoneBy is null ? "" : $"\n   undone by {UndoneBy.RunId}, change {UndoneBy.Number}");
        var lines = Differences.SelectMany(field => new[] { ('-', field.Before), ('+', field.After) }
            .Where(side => side.Item2 != "null" || Action == ChangeAction.Update)
            .Select(side => $"\n{side.Item1}  {DisplayText.Of($"{field.Name}: {side.Item2}", DiffWidth)}"));
        var item = string.Join(", ", new[] { DisplayText.Of(Name, 36), DisplayText.Of(Id, 36) }.Where(part => part.Length > 0));
        return FormattableString.Invariant($"@@ {Time:u} {Action} {Resource}: {State}\n   {item}{string.Concat(lines)}{note}\n");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Resource} {(Name is null ? Id : $"{DisplayText.Of(Name)} ({Id})")}: {State}";

    private static string? JsonOf(JObject? fields) => DisplayText.OfJson(fields?.ToString(Newtonsoft.Json.Formatting.None));

    private JToken? Read(LinePlace line, string name) => line.Length == 0 ? null : _lines.Read(line, this)[name];

    private FieldDifference[] GetDifferences()
    {
        var (beforeFields, bodyFields) = (BeforeFields, BodyFields);
        if (Action == ChangeAction.Delete)
        {
            return (beforeFields?.Properties() ?? [])
                .Where(property => property.Value.Type != JTokenType.Null)
                .Select(property => new FieldDifference(property.Name, property.Value, JValue.CreateNull()))
                .ToArray();
        }

        return (bodyFields?.Properties() ?? [])
            .Select(property => (property.Name, Before: beforeFields?[property.Name] ?? JValue.CreateNull(), After: GetAfter(property.Name)!))
            .Where(field => !JToken.DeepEquals(field.Before, field.After))
            .Select(field => new FieldDifference(field.Name, field.Before, field.After))
            .ToArray();
    }

    /// <summary>The value of a field after the change: as the service showed it, or else as it was sent.</summary>
    internal JToken? GetAfter(string field) => AfterFields?[field] ?? BodyFields?[field];
}
