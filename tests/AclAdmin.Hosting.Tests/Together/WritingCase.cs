using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AclAdmin.Sandbox;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>A row, and what it stands for.</summary>
/// <param name="Kind">Such as <c>unknown id</c>.</param>
/// <param name="Error">The error id that it ends with; null where it ends well.</param>
/// <param name="Cells">Its columns.</param>
internal sealed record CaseRow(string Kind, string? Error, params IEnumerable<(string Column, object? Cell)> Cells)
{
    /// <summary>Whether it can only be a row: the engine rejects such an argument, or a call with it alone means something else.</summary>
    public bool IsRowOnly { get; init; }

    public PSObject Make() => Engine.Row([.. Cells]);
}

/// <summary>A writing cmdlet and its rows.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Segment">The sandbox's name of what it writes.</param>
/// <param name="Rows">The rows.</param>
internal sealed record WritingCase(string Cmdlet, string Segment, IReadOnlyList<CaseRow> Rows)
{
    private const string Unknown = "0b5e1c1e-7d5e-4c1a-9d51-6f0000000001";
    private const string Impossible = "../other list";
    private const string Unroutable = "no-such-route";
    private const string Damaged = "dam\uFFFDged";

    /// <summary>Parameters that every call has.</summary>
    public IReadOnlyDictionary<string, object?> Always { get; init; } = new Dictionary<string, object?>();

    public bool IsCarrierX => Segment is "rules" or "owners";

    public bool IsSync => Cmdlet.StartsWith("Sync-", StringComparison.Ordinal);

    /// <summary>Whether an array of ids in one call is the same as rows of an id each.</summary>
    public bool IsRemove => Cmdlet.StartsWith("Remove-", StringComparison.Ordinal) && Segment != "owners";

    /// <summary>Calls that do matter, each of which is a case of its own with the same rows.</summary>
    private static readonly (string Verb, string Parameter, object Value)[] Variants =
    [
        ("Set", "SkipUnchanged", true),
        ("New", "IfExists", "Update"),
        ("Sync", "RemoveUnlisted", true),
    ];

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Names => TestList.All.SelectMany(list => VerbsOf(list).Select(verb => $"{verb}-{list.Noun}"))
        .Concat(TestList.All.SelectMany(list => Variants.Select(variant => $"{variant.Verb}-{list.Noun} -{variant.Parameter}")))
        .Concat(["New-AccessControlList", "Set-AccessControlList", "Remove-AccessControlList", "Add-AccessControlListRule", "Remove-AccessControlListRule"]);

    /// <summary>The case with a name.</summary>
    /// <param name="name">The cmdlet, and for a variant its parameter.</param>
    /// <param name="present">The items that its list has.</param>
    public static WritingCase Of(string name, Func<string, IReadOnlyList<JsonObject>> present)
    {
        var cmdlet = name.Split(' ')[0];
        if (cmdlet == name)
        {
            return OfCmdlet(cmdlet, present);
        }

        var (plain, variant) = (OfCmdlet(cmdlet, present), Variants.Single(variant => name.EndsWith(" -" + variant.Parameter, StringComparison.Ordinal)));
        return plain with
        {
            Always = new Dictionary<string, object?>(plain.Always) { [variant.Parameter] = variant.Value },
            Rows =
            [
                .. plain.Rows

                    // A removal is withheld where a row failed.
                    .Where(row => row.Error is null || variant.Parameter != "RemoveUnlisted")
                    .Select(row => row with { Error = variant.Parameter == "IfExists" && row.Error == "AlreadyExists" ? null : row.Error }),
            ],
        };
    }

    private static WritingCase OfCmdlet(string cmdlet, Func<string, IReadOnlyList<JsonObject>> present)
    {
        var (verb, noun) = (cmdlet.Split('-')[0], cmdlet.Split('-')[1]);
        if (noun.StartsWith("AccessControlList", StringComparison.Ordinal))
        {
            return new WritingCase(cmdlet, "owners", [.. OwnerRows(cmdlet)]) { Always = verb == "Remove" ? Forced : new Dictionary<string, object?>() };
        }

        var list = TestList.Of(noun);
        var rows = verb switch
        {
            "New" => NewRows(list, present(list.Segment)[2]),
            "Remove" => RemoveRows(list),
            "Sync" => SyncRows(list, present(list.Segment)[2]),
            _ => ChangeRows(list, verb == "Set" && list.IsCarrierX),
        };
        return new WritingCase(cmdlet, list.Segment, [.. rows]) { Always = verb is "Sync" ? new() { ["Force"] = true, ["MaxRemove"] = "100%" } : verb is "Remove" ? Forced : new Dictionary<string, object?>() };
    }

    private static readonly Dictionary<string, object?> Forced = new() { ["Force"] = true };

    private static IEnumerable<string> VerbsOf(TestList list) => list.IsCarrierX ? ["New", "Set", "Update", "Remove", "Sync"] : ["New", "Set", "Remove", "Sync"];

    private static IEnumerable<CaseRow> ChangeRows(TestList list, bool isWhole)
    {
        IEnumerable<(string, object?)> Row(string id, string? note, string? key = null) =>
        [
            (list.Id, id),
            .. isWhole && note is not null ? list.New(1).Where(cell => cell.Column != list.Note) : [],
            .. note is null ? Array.Empty<(string, object?)>() : [(list.Note, note)],
        ];
        yield return new("good", null, Row(list.IdOf(1), "changed"));
        yield return new("unknown id", "NotFound", Row(Unknown, "changed"));
        yield return new("id without a route", "NotFound", Row(Unroutable, "changed"));
        yield return new("impossible id", "ValidationFailed", Row(Impossible, "changed"));
        if (list.HasLocked)
        {
            yield return new("locked", list.IsCarrierX ? "ReadOnlyRule" : "DirectorySyncedEntry", Row(list.IdOf(TestList.Locked), "changed"));
        }

        yield return new("bad cell", "InvalidCell", Row(list.IdOf(2), Damaged)) { IsRowOnly = true };
        yield return new("repeated", null, Row(list.IdOf(1), "changed again"));
        yield return new("unchanged", isWhole ? "ValidationFailed" : null, Row(list.IdOf(6), null)) { IsRowOnly = true };
        yield return new("refused", "ValidationFailed", Row(list.IdOf(3), ListStage.Refused));
        yield return new("good after all", null, Row(list.IdOf(4), "changed"));
    }

    private static IEnumerable<CaseRow> RemoveRows(TestList list)
    {
        yield return new("good", null, (list.Id, list.IdOf(1)));
        yield return new("unknown id", null, (list.Id, Unknown));

        // CarrierX answers one way about both.
        yield return new("id without a route", list.IsCarrierX ? null : "NotFound", (list.Id, Unroutable));
        yield return new("impossible id", "ValidationFailed", (list.Id, Impossible));
        if (list.HasLocked)
        {
            yield return new("locked", list.IsCarrierX ? "ReadOnlyRule" : "DirectorySyncedEntry", (list.Id, list.IdOf(TestList.Locked)));
        }

        yield return new("repeated", null, (list.Id, list.IdOf(1)));
        yield return new("refused", "ValidationFailed", (list.Id, list.IdOf(3)));
        yield return new("good after all", null, (list.Id, list.IdOf(4)));
    }

    private static IEnumerable<CaseRow> NewRows(TestList list, JsonObject present)
    {
        yield return new("good", null, list.New(1));
        yield return new("a field is missing", "ValidationFailed", list.New(2).Where(cell => cell.Column != (list.IsCarrierX ? "entries" : list.Key)));
        yield return new("bad cell", "InvalidCell", WithNote(list, 3, Damaged)) { IsRowOnly = true };
        yield return new("repeated", null, list.New(1));
        yield return new("unchanged", null, Existing(list, present));
        yield return new("there with other values", list.IsCarrierX ? null : "AlreadyExists", [.. Existing(list, present).Where(cell => cell.Column != list.Note), (list.Note, "other")]);
        yield return new("refused", "ValidationFailed", WithNote(list, 4, ListStage.Refused));
        yield return new("good after all", null, WithNote(list, 5, "new"));
    }

    private static IEnumerable<CaseRow> SyncRows(TestList list, JsonObject present)
    {
        yield return new("good", null, (list.Id, list.IdOf(1)), (list.Note, "changed"));
        yield return new("new", null, list.New(1));
        yield return new("unknown id", "NotFound", (list.Id, Unknown), (list.Note, "changed"));
        yield return new("impossible id", "ValidationFailed", (list.Id, Impossible), (list.Note, "changed"));
        if (list.HasLocked)
        {
            yield return new("locked", list.IsCarrierX ? "ReadOnlyRule" : "DirectorySyncedEntry", (list.Id, list.IdOf(TestList.Locked)), (list.Note, "changed"));
        }

        yield return new("bad cell", "InvalidCell", (list.Id, list.IdOf(2)), (list.Note, Damaged));
        yield return new("unchanged", null, Existing(list, present));
        yield return new("refused", "ValidationFailed", (list.Id, list.IdOf(6)), (list.Note, ListStage.Refused));
        yield return new("good after all", null, (list.Id, list.IdOf(4)), (list.Note, "changed"));
    }

    private static IEnumerable<CaseRow> OwnerRows(string cmdlet)
    {
        var (group, trunk) = ($"trunk_groups/{SandboxIds.TrunkGroup(2)}", $"trunk_groups/{SandboxIds.TrunkGroup(1)}/trunks/{SandboxIds.Trunk(1)}");
        var partner = $"partners/{SandboxDefaults.PartnerSid}";
        var refused = $"trunk_groups/{SandboxIds.TrunkGroup(3)}";
        (string, object?)[] Row(string owner, params (string, object?)[] more) => [("Owner", owner), .. more];
        (string, object?)[] Work(string owner) => cmdlet switch
        {
            "New-AccessControlList" => Row(owner, ("direction", "outbound"), ("voice_action_true", "accept")),
            "Set-AccessControlList" => Row(owner, ("direction", "any"), ("voice_action_true", "reject403")),
            "Remove-AccessControlList" => Row(owner, ("direction", "any")),
            "Add-AccessControlListRule" => Row(owner, ("direction", "any"), ("rule", new[] { SandboxIds.Rule(6) })),
            _ => Row(owner, ("direction", "any"), ("rule", new[] { SandboxIds.Rule(owner == trunk ? 4 : 3) })),
        };
        var isNew = cmdlet == "New-AccessControlList";
        yield return new("good", null, Work(isNew ? group : trunk));
        yield return new("unknown id", "NotFound", Work($"trunk_groups/{Unknown}"));
        yield return new("impossible id", "ValidationFailed", Work(Impossible));
        yield return new("bad cell", "InvalidCell", Row(partner, ("direction", Damaged))) { IsRowOnly = true };
        yield return new("list that is not there", isNew ? null : "NotFound", isNew ? Work(partner) : Row($"trunk_groups/{SandboxIds.TrunkGroup(2)}", [.. Work(group).Skip(1)]));
        yield return new("refused", "ValidationFailed", Work(isNew ? refused : partner)) { IsRowOnly = false };
    }

    private static IEnumerable<(string, object?)> WithNote(TestList list, int number, string note) =>
        [.. list.New(number).Where(cell => cell.Column != list.Note), (list.Note, note)];

    /// <summary>The columns of an item that is there, as a row that would create it has them.</summary>
    private static IEnumerable<(string Column, object? Cell)> Existing(TestList list, JsonObject present) =>
        list.Whole.Select(column => (column, present[column] switch
        {
            JsonArray items => items.Select(item => (string?)item).ToArray(),
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
            var value => (object?)(string?)value,
        }));
}
