using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>Carries out a sequence of steps in the module and in the model, and compares both after each.</summary>
internal sealed class ModelRun
{
    private const string Unknown = "0b5e1c1e-7d5e-4c1a-9d51-6f0000000001";

    private static readonly string[] Counted = ["Created", "Changed", "Removed", "Unchanged"];
    private static int _connections;

    private readonly ListStage _stage;
    private readonly ModelList _list;
    private readonly ListModel _model;
    private readonly string _journal;
    private string _connection = "";
    private Step? _last;

    public ModelRun(ListStage stage, string noun)
    {
        (_stage, _list, _journal) = (stage, ModelList.Of(noun, stage.State), stage.NewFile(".jsonl"));
        _model = new ListModel(_list.IsWholeKey);
        stage.State.Seed(0, 0);
        stage.State.SeedItems("block_senders", 0);
        stage.State.Faults.Clear();
        Connect();
    }

    /// <summary>How many steps were carried out.</summary>
    public int Steps { get; private set; }

    /// <summary>Carries out the steps.</summary>
    /// <returns>The fault for which the sequence ended early; null where it came to its end.</returns>
    public string? Run(IEnumerable<Step> steps)
    {
        foreach (var step in steps.Select(Fit).OfType<Step>())
        {
            Carry(step);
            Steps++;
            if (_model.Known is { } known)
            {
                return known;
            }
        }

        Disconnect();
        return null;
    }

    /// <summary>The step as this list has it, with the ids of its rows; null where it makes no sense now.</summary>
    private Step? Fit(Step step)
    {
        var isOpen = _model.Changes.Exists(change => !change.IsKnown);
        switch (step.Verb)
        {
            case Verb.UndoLast or Verb.UndoAll:
                return _model.HasRuns ? step with { Trouble = Trouble.None } : null;
            case Verb.Rerun:
                return _last is null ? null : _last with { Trouble = Trouble.None };
            case Verb.OtherCreates:
                return isOpen || _model.Find(step.Rows[0].Key) is { Exists: true } ? null : step;
            case Verb.OtherEdits or Verb.OtherRemoves:
                return isOpen || _model.Find(step.Rows[0].Key) is not { Exists: true } ? null : step;
            case Verb.Sync when _list.IsWholeKey:
                return null;
            case Verb.AddEntry or Verb.RemoveEntry when !_list.IsWholeKey:
                return null;
            case Verb.Sync:
                return step with { Rows = [.. step.Rows.DistinctBy(row => row.Key)], Trouble = step.Trouble is Trouble.Refused or Trouble.AnswerLost ? Trouble.None : step.Trouble };
            case Verb.Create:
                return Troubled(step);
            default:
                return Troubled(step with { Rows = [.. step.Rows.Select(row => row with { Id = _model.Find(row.Key)?.Id ?? Unknown })] });
        }
    }

    /// <summary>A fault finds its row by what it contains: where two rows have it, there is none.</summary>
    private Step Troubled(Step step)
    {
        var at = step.At % step.Rows.Length;
        var isClear = step.Rows.Count(row => row.Key == step.Rows[at].Key) == 1 && step.Verb is not (Verb.AddEntry or Verb.RemoveEntry);
        return step with { At = at, Trouble = (isClear || step.Trouble >= Trouble.KilledBefore) && step.Verb is not (Verb.AddEntry or Verb.RemoveEntry) && !HasIdle(step) ? step.Trouble : Trouble.None };
    }

    /// <summary>Whether an update of the step sets what is there: the list does not show whether such a write has arrived.</summary>
    private bool HasIdle(Step step)
    {
        var notes = _model.Items.Where(item => item.Exists).GroupBy(item => item.Key).ToDictionary(group => group.Key, group => group.Last().Fields["note"]);
        foreach (var row in step.Verb == Verb.Update ? step.Rows : [])
        {
            if (notes.GetValueOrDefault(row.Key) == $"{row.Value}")
            {
                return true;
            }

            notes[row.Key] = $"{row.Value}";
        }

        return false;
    }

    private void Carry(Step step)
    {
        var row = step.Rows.FirstOrDefault();
        switch (step.Verb)
        {
            case Verb.OtherCreates:
                var id = Guid.NewGuid().ToString();
                _list.Add(id, row!);
                _model.Items.Add(new ModelItem(row!.Key) { Id = id, Fields = new() { ["note"] = $"{row.Value}", ["entries"] = "" } });
                break;
            case Verb.OtherEdits:
                _list.Edit(_model.Find(row!.Key)!.Id!, $"{row.Value}");
                _model.Find(row.Key)!.Fields["note"] = $"{row.Value}";
                break;
            case Verb.OtherRemoves:
                _list.Remove(_model.Find(row!.Key)!.Id!);
                _model.Find(row.Key)!.Exists = false;
                break;
            default:
                _last = step.Verb is Verb.UndoLast or Verb.UndoAll ? _last : step;
                Command(step);
                break;
        }

        Assert.Equal(Show(_model.Items.Where(item => item.Exists).Select(_list.Show)), Show(_stage.ReadAsync(_list.List.Segment).GetAwaiter().GetResult().Select(_list.Show)));
    }

    private void Command(Step step)
    {
        var isKilled = false;
        var copy = _journal + ".killed";
        var before = _stage.State.Log.Requests() is [.., var last] ? last.Seq : 0;
        if (step.Trouble is Trouble.KilledBefore or Trouble.KilledAfter)
        {
            // The process is gone while its write is at the service: the journal stays as it is then, and nothing more is sent.
            var writes = 0;
            _stage.State.Arriving = request =>
            {
                if (request.IsWrite && ++writes == step.At + 1)
                {
                    isKilled = true;
                    Copy(_journal, copy);
                    FaultRule[] end = [new() { Kind = FaultKinds.Reset }];
                    _stage.State.Faults.Add(step.Trouble == Trouble.KilledAfter ? [new() { Kind = FaultKinds.ResetAfterApply, Times = 1 }, .. end] : end);
                }
            };
        }
        else if (step.Trouble != Trouble.None)
        {
            var target = step.Rows[step.At];
            _stage.State.Faults.Add(new FaultRule
            {
                Kind = step.Trouble == Trouble.Refused ? FaultKinds.Status : FaultKinds.ResetAfterApply,
                Status = step.Trouble == Trouble.Refused ? 422 : null,
                Times = 1,
                Match = new() { Writes = true, Contains = target.Id ?? _list.Key(target.Key) },
            });
        }

        var run = Invoke(step);
        _stage.State.Arriving = null;
        _stage.State.Faults.Clear();
        if (isKilled)
        {
            File.Move(copy, _journal, overwrite: true);
            Disconnect();
            Connect();
            var applied = _stage.State.Log.Requests(writesOnly: true).Where(request => request.Applied && request.Seq > before).Select(request => request.Path + request.Body).ToList();
            _model.Run(step, (item, action, fields) =>
            {
                string[] parts = [item.Id ?? _list.Key(item.Key), .. action == "Delete" ? Array.Empty<string>() : [_list.Note(fields["note"])]];
                return applied.Remove(applied.Find(text => parts.All(part => text.Contains(part, StringComparison.Ordinal))) ?? "");
            });
            AssignIds();
            run = Invoke(step);
        }

        var expected = _model.Run(step);
        if (_model.Known is not null)
        {
            return;
        }

        AssignIds();
        Compare(expected, run, step);
    }

    private void Compare(List<string> expected, Run run, Step step)
    {
        Assert.Null(run.Failure);
        var errors = run.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(Show(expected.Where(end => !Counted.Contains(end))), Show(errors));
        if (expected.Count > 0)
        {
            var counts = _stage.Runspace.Invoke("Get-AclRun", new { Last = true }).Output.Single();
            Assert.Equal(Counted.Select(name => $"{name} {expected.Count(end => end == name)}"), Counted.Select(name => $"{name} {counts.Properties[name].Value}"));
        }

        if (File.Exists(_journal))
        {
            var changes = _stage.Runspace.Invoke("Get-AclChange", new { JournalPath = _journal }).Output
                .Where(change => $"{change.Properties["State"].Value}" is "Applied" or "Unknown")
                .Select(change => $"{change.Properties["Action"].Value} {change.Properties["State"].Value} {change.Properties["UndoneBy"].Value is not null}");
            Assert.Equal(Show(_model.Changes.Select(change => $"{change.Action} {(change.IsKnown ? "Applied" : "Unknown")} {change.IsUndone}")), Show(changes));
        }
    }

    private Run Invoke(Step step)
    {
        using var shell = PowerShell.Create(_stage.Runspace);
        shell.AddCommand(step.Verb switch
        {
            Verb.UndoLast or Verb.UndoAll => "Undo-AclChange",
            Verb.Create => "New-" + _list.List.Noun,
            Verb.Remove => "Remove-" + _list.List.Noun,
            Verb.Sync => "Sync-" + _list.List.Noun,
            _ => (_list.List.IsCarrierX ? "Update-" : "Set-") + _list.List.Noun,
        });
        shell.AddParameter("Connection", _connection).AddParameter("JournalPath", _journal).AddParameter("Confirm", false).AddParameter("MaxRetryCount", 0);
        if (step.Trouble != Trouble.None)
        {
            shell.AddParameter("ThrottleLimit", 1);
            if (_list.List.Segment == "block_senders")
            {
                shell.AddParameter("BatchSize", 1);
            }
        }

        switch (step.Verb)
        {
            case Verb.UndoLast or Verb.UndoAll:
                return AclAdmin.Hosting.Tests.Run.Of(shell.AddParameter(step.Verb == Verb.UndoLast ? "Last" : "All"), null);
            case Verb.Sync:
                shell.AddParameter("RemoveUnlisted").AddParameter("MaxRemove", "100%");
                break;
        }

        return AclAdmin.Hosting.Tests.Run.Of(shell, step.Rows.Select(row => Engine.Row([.. CellsOf(step.Verb, row)])).ToArray());
    }

    private IEnumerable<(string, object?)> CellsOf(Verb verb, ModelRow row) => verb switch
    {
        Verb.Create or Verb.Sync => _list.Create(row),
        Verb.Remove => [(_list.List.Id, row.Id)],
        Verb.AddEntry => [(_list.List.Id, row.Id), ("add_entry", $"1900{row.Value}")],
        Verb.RemoveEntry => [(_list.List.Id, row.Id), ("remove_entry", $"1900{row.Value}")],
        _ => [(_list.List.Id, row.Id), _list.NoteCell(row)],
    };

    /// <summary>Finds the ids that the service has assigned.</summary>
    private void AssignIds()
    {
        var shown = _stage.ReadAsync(_list.List.Segment).GetAwaiter().GetResult().Select(item => (Id: (string)item[_list.List.Id]!, Text: _list.Show(item))).ToList();
        foreach (var item in _model.Items.Where(item => item is { Exists: true, Id: null }))
        {
            item.Id = shown.Find(present => _model.Items.TrueForAll(other => other.Id != present.Id) && present.Text == present.Id + _list.Show(item)).Id;
        }
    }

    private void Connect()
    {
        _connection = $"model-{++_connections}";
        if (_list.List.IsCarrierX)
        {
            _stage.Runspace.Invoke("Connect-CarrierXAccount", new { AccessToken = Engine.Secret(SandboxDefaults.CarrierXToken), BaseUri = _stage.Sandbox.CarrierXUri, Name = _connection });
        }
        else
        {
            _stage.Runspace.Invoke("Connect-CloudflareAccount", new { SandboxDefaults.AccountId, ApiToken = Engine.Secret(SandboxDefaults.CloudflareToken), BaseUri = _stage.Sandbox.CloudflareUri, Name = _connection });
        }
    }

    /// <summary>Copies the journal, which is locked while a line is added.</summary>
    private static void Copy(string from, string to)
    {
        while (true)
        {
            try
            {
                File.Copy(from, to, overwrite: true);
                return;
            }
            catch (IOException) when (File.Exists(from))
            {
                Thread.Yield();
            }
        }
    }

    private void Disconnect() => _stage.Runspace.Invoke("Disconnect-AclConnection", new { Connection = _connection });

    private static string Show(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
