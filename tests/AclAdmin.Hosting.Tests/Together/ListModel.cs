using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>What a step does.</summary>
internal enum Verb
{
    Create,
    Update,
    Remove,
    Sync,
    AddEntry,
    RemoveEntry,
    UndoLast,
    UndoAll,
    Rerun,
    OtherEdits,
    OtherRemoves,
    OtherCreates,
}

/// <summary>What happens to one write of a step.</summary>
internal enum Trouble
{
    None,
    Refused,
    AnswerLost,
    KilledBefore,
    KilledAfter,
}

/// <summary>A row: the number of an item's key, the number of a value, and the id that it specifies.</summary>
internal sealed record ModelRow(int Key, int Value, string? Id = null);

/// <summary>A step of a sequence: a command with its rows, and what happens at one of its writes.</summary>
internal sealed record Step(Verb Verb, ModelRow[] Rows, Trouble Trouble = Trouble.None, int At = 0)
{
    public override string ToString() => $"{Verb}({string.Join(", ", Rows.Select(row => $"{row.Key}={row.Value}"))}){(Trouble == Trouble.None ? "" : $" {Trouble} at {At}")}";
}

/// <summary>An item, also after it was removed: one that an undo creates again is the same, with another id.</summary>
internal sealed class ModelItem(int key)
{
    public int Key { get; } = key;

    public string? Id { get; set; }

    public bool Exists { get; set; } = true;

    /// <summary>The note, and the entries that were added, each under its name.</summary>
    public Dictionary<string, string> Fields { get; set; } = [];
}

/// <summary>A change in the journal.</summary>
internal sealed record ModelChange(int Run, string Action, ModelItem Item, string? Id, Dictionary<string, string> Before, Dictionary<string, string> After, bool IsUndo)
{
    public bool IsUndone { get; set; }

    public bool IsKnown { get; set; } = true;
}

/// <summary>A list, its journal, and what each command does to both.</summary>
/// <param name="isWholeKey">Whether all fields together identify an item.</param>
internal sealed class ListModel(bool isWholeKey)
{
    private int _run;
    private int _lastRun;
    private Func<ModelItem, string, Dictionary<string, string>, bool>? _isApplied;

    public List<ModelItem> Items { get; } = [];

    public List<ModelChange> Changes { get; } = [];

    /// <summary>Whether the step meets a known fault, so that the sequence ends before it.</summary>
    public string? Known { get; private set; }

    /// <summary>Whether the journal has a run that is no undo.</summary>
    public bool HasRuns => _lastRun > 0;

    /// <summary>The item with a key: the present one, or else the last that was there.</summary>
    public ModelItem? Find(int key) => Items.LastOrDefault(item => item.Key == key && item.Exists) ?? Items.LastOrDefault(item => item.Key == key);

    /// <summary>Carries out a command of the module.</summary>
    /// <param name="step">The step; its rows have their ids.</param>
    /// <param name="isApplied">Of a run that is killed, which writes the service has applied: by item, action and fields.</param>
    /// <returns>For each row, or for each change to undo, how it ended.</returns>
    public List<string> Run(Step step, Func<ModelItem, string, Dictionary<string, string>, bool>? isApplied = null)
    {
        _run++;
        _isApplied = isApplied;
        Changes.ForEach(change => change.IsKnown = true);
        var ends = step.Verb switch
        {
            Verb.UndoLast => Undo(change => change.Run == _lastRun),
            Verb.UndoAll => Undo(change => !change.IsUndo),
            Verb.AddEntry or Verb.RemoveEntry => Edit(step),
            Verb.Sync => Sync(step),
            _ => [.. step.Rows.Select((row, index) => One(step, row, step.Trouble is Trouble.Refused or Trouble.AnswerLost && index == step.At ? step.Trouble : Trouble.None))],
        };
        return ends;
    }

    private string One(Step step, ModelRow row, Trouble trouble) => step.Verb switch
    {
        Verb.Create => Create(row, trouble),
        Verb.Update => Update(row, trouble),
        _ => Remove(Items.Find(item => item.Exists && item.Id == row.Id), trouble),
    };

    private string Create(ModelRow row, Trouble trouble)
    {
        var fields = new Dictionary<string, string> { ["note"] = $"{row.Value}", ["entries"] = "" };
        if (Items.Find(item => item.Exists && item.Key == row.Key && (!isWholeKey || IsSame(item.Fields, fields))) is { } present)
        {
            return IsSame(present.Fields, fields) ? "Unchanged" : "AlreadyExists";
        }

        // A create whose answer is lost is looked up, and found.
        return Write("Create", new ModelItem(row.Key) { Exists = false }, fields, trouble == Trouble.AnswerLost ? Trouble.None : trouble);
    }

    private string Update(ModelRow row, Trouble trouble)
    {
        if (Items.Find(item => item.Exists && item.Id == row.Id) is not { } item)
        {
            return "NotFound";
        }

        var isDone = Changes.Exists(change => change is { Action: "Update", IsUndo: false, IsUndone: false } && change.Run < _run && change.Id == row.Id
            && change.After.GetValueOrDefault("note") == $"{row.Value}");
        return isDone && item.Fields["note"] == $"{row.Value}" ? "Unchanged" : Write("Update", item, new() { ["note"] = $"{row.Value}" }, trouble);
    }

    private string Remove(ModelItem? item, Trouble trouble) => item is null ? "Unchanged" : Write("Delete", item, [], trouble);

    /// <summary>All edits of an item come to one write.</summary>
    private List<string> Edit(Step step)
    {
        var ends = step.Rows.Select(_ => "NotFound").ToList();
        foreach (var group in step.Rows.Select((row, index) => (row, index)).GroupBy(pair => pair.row.Id).Where(group => Items.Exists(item => item.Exists && item.Id == group.Key)))
        {
            var item = Items.Find(item => item.Exists && item.Id == group.Key)!;
            var after = group.Aggregate(Entries(item.Fields), (entries, pair) => step.Verb == Verb.AddEntry ? [.. entries.Append($"{pair.row.Value}").Distinct()] : [.. entries.Where(entry => entry != $"{pair.row.Value}")]);
            var end = after.SequenceEqual(Entries(item.Fields)) ? "Unchanged" : Write("Update", item, new() { ["entries"] = string.Join(",", after) }, Trouble.None);
            foreach (var (_, index) in group)
            {
                ends[index] = end;
            }
        }

        return ends;
    }

    private List<string> Sync(Step step)
    {
        var ends = new List<string>();
        var unlisted = Items.Where(item => item.Exists && !step.Rows.Any(row => row.Key == item.Key)).ToArray();
        foreach (var row in step.Rows)
        {
            var item = Items.Find(item => item.Exists && item.Key == row.Key);
            ends.Add(item is null ? Create(row, Trouble.None) : item.Fields["note"] == $"{row.Value}" ? "Unchanged" : Write("Update", item, new() { ["note"] = $"{row.Value}" }, Trouble.None));
        }

        return [.. ends, .. unlisted.Select(item => Remove(item, Trouble.None))];
    }

    private string Write(string action, ModelItem item, Dictionary<string, string> fields, Trouble trouble, IReadOnlyList<ModelChange>? undoes = null)
    {
        if (_isApplied?.Invoke(item, action, fields) == false)
        {
            return "NotSent";
        }

        _lastRun = undoes is null ? _run : _lastRun;
        if (trouble == Trouble.Refused)
        {
            return "ValidationFailed";
        }

        var before = new Dictionary<string, string>(item.Fields);
        Changes.Add(new ModelChange(_run, action, item, item.Id, before, fields, undoes is not null) { IsKnown = trouble != Trouble.AnswerLost });
        foreach (var (name, value) in fields)
        {
            item.Fields[name] = value;
        }

        item.Exists = action != "Delete";
        item.Id = action == "Create" ? null : item.Id;
        if (action == "Create" && !Items.Contains(item))
        {
            Items.Add(item);
        }

        return trouble == Trouble.AnswerLost ? "Unreachable" : action switch { "Create" => "Created", "Delete" => "Removed", _ => "Changed" };
    }

    private List<string> Undo(Func<ModelChange, bool> isWanted)
    {
        var selected = Changes.Where(isWanted).ToArray();
        var ends = selected.Where(change => change.IsUndone).Select(_ => "Unchanged").ToList();
        foreach (var plan in selected.Where(change => !change.IsUndone).Reverse().GroupBy(change => change.Item).ToArray())
        {
            ends.AddRange(Enumerable.Repeat(Undo(plan.Key, [.. plan]), plan.Count()));
        }

        return ends;
    }

    /// <summary>Undoes the changes of an item, the newest first, with one write.</summary>
    private string Undo(ModelItem item, ModelChange[] newestFirst)
    {
        var (expected, wanted, action) = (new Dictionary<string, string?>(), new Dictionary<string, string?>(), "Update");
        foreach (var change in newestFirst)
        {
            var names = change.Action == "Delete" ? change.Before.Keys : change.After.Keys.Where(name => change.After[name] != change.Before.GetValueOrDefault(name));
            foreach (var name in names)
            {
                if (change.Action == "Update" && wanted.TryGetValue(name, out var newer) && newer != change.After[name])
                {
                    Known = "An undo of several changes of an item with another client's change between them.";
                }

                if (change.Action != "Delete" && action != "Create")
                {
                    expected.TryAdd(name, change.After[name]);
                }

                wanted[name] = change.Before.GetValueOrDefault(name);
            }

            action = change.Action switch { "Delete" => "Create", "Create" => action == "Create" ? "" : "Delete", _ => action };
        }

        var present = item.Exists ? item.Fields : null;
        var differs = wanted.Where(field => present?.GetValueOrDefault(field.Key) != field.Value).Select(field => field.Key).ToArray();
        string? refusal = action switch
        {
            "Create" => item.Exists || Items.Exists(other => other.Exists && other.Key == item.Key && (!isWholeKey || IsSame(other.Fields, item.Fields))) ? "Drifted" : null,
            "Delete" => present is not null && expected.Any(field => present.GetValueOrDefault(field.Key) != field.Value) ? "Drifted" : null,
            "Update" => present is null ? "NotFound" : differs.Any(name => present.GetValueOrDefault(name) != expected[name]) ? "Drifted" : null,
            _ => null,
        };
        if (refusal is not null || action.Length == 0 || (action == "Delete" && present is null) || (action == "Update" && differs.Length == 0))
        {
            return refusal ?? "Unchanged";
        }

        foreach (var change in newestFirst)
        {
            change.IsUndone = true;
        }

        return Write(action, item, action == "Delete" ? [] : wanted.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!), Trouble.None, newestFirst);
    }

    private static string[] Entries(Dictionary<string, string> fields) => fields.GetValueOrDefault("entries", "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSame(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one["note"] == other["note"] && Entries(one).SequenceEqual(Entries(other));
}
