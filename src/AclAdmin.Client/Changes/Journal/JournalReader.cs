using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>What a journal contains.</summary>
/// <param name="Runs">The runs, in the order in which they first appear.</param>
/// <param name="Changes">The changes, in the order of their intents.</param>
/// <param name="Problems">A sentence for each line that could not be used, and for runs without a head.</param>
public sealed record JournalContent(IReadOnlyList<AclChangeRun> Runs, IReadOnlyList<AclChange> Changes, IReadOnlyList<string> Problems);

/// <summary>Reads journals. A torn or foreign line is ignored, and the others count.</summary>
public sealed class JournalReader
{
    /// <summary>The number of problems that are described one by one.</summary>
    private const int MaxProblems = 20;

    /// <summary>How many texts are kept for <see cref="Share"/>.</summary>
    private const int MaxShared = 1000;

    private readonly string _path;
    private readonly JournalLines _lines;
    private readonly LineMembers _members = new();
    private readonly Action<AclChange>? _settled;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AclChangeRun> _runs = new(StringComparer.Ordinal);
    private readonly List<AclChangeRun> _runOrder = [];
    private readonly Dictionary<(string Run, long Number), AclChange> _byReference = [];
    private readonly List<string> _problems = [];
    private long _line;
    private LinePlace _place;
    private int _unusable;

    private JournalReader(string path, Action<AclChange>? settled)
    {
        _path = path;
        _settled = settled;
        _lines = new JournalLines(path);
    }

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it does not exist, cannot be read, or is no journal.</exception>
    public static JournalContent Read(string path, CancellationToken cancellationToken = default) => Read(path, null, cancellationToken);

    /// <summary>Reads a journal, and keeps of it only what has no outcome of its own.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="settled">Receives each change when its outcome was read; null where all changes are kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it cannot be read, or is no journal.</exception>
    internal static JournalContent Read(string path, Action<AclChange>? settled, CancellationToken cancellationToken)
    {
        var reader = new JournalReader(path, settled);
        foreach (var (bytes, end, isWhole) in JournalLines.ReadAll(path, cancellationToken))
        {
            reader.Add(bytes, end, isWhole);
        }

        return reader.Finish();
    }

    private JournalContent Finish()
    {
        foreach (var run in _runOrder.Where(run => run.StartedAt is null))
        {
            _problems.Add($"The journal {_path} has no usable head for the run {DisplayText.Of(run.Id)}, so its connection is not known.");
        }

        if (_unusable > MaxProblems)
        {
            _problems.Add($"The journal {_path} has {_unusable} lines in all that are torn, damaged or not its own.");
        }

        var changes = _byReference.Values.OrderBy(change => change.Intent.Offset).ToArray();
        UndoLinks.Set(changes, _byReference);
        return new JournalContent(_runOrder, changes, _problems);
    }

    private void Add(MemoryStream bytes, long end, bool isWhole)
    {
        _line++;
        _place = new LinePlace(end - bytes.Length, (int)bytes.Length);
        var (buffer, first, last, line) = (bytes.GetBuffer(), 0, (int)bytes.Length, _members);
        while (first < last && IsAround(buffer[first]))
        {
            first++;
        }

        while (last > first && IsAround(buffer[last - 1]))
        {
            last--;
        }

        if (first == last)
        {
            return;
        }

        if (!line.TryScan(buffer, first, last))
        {
            Report(buffer[first] != '{' ? "is not a line of a journal" : isWhole ? "is torn or damaged" : "is the last one and torn: the process that wrote it has died");
        }
        else if (line.Number(JournalSchema.VersionMember) is not { } version || line.Text(JournalSchema.Type) is not { } type || line.Text(JournalSchema.Run) is not { } run)
        {
            Report("is JSON, but not a line of a journal");
        }
        else if (version > JournalSchema.Version)
        {
            Report($"has the version {version}, which a newer AclAdmin has written");
        }
        else if (version < 1 || run.Length == 0)
        {
            Report("is not a line that a journal contains");
        }
        else
        {
            Add(type, Share(run)!, line);
        }
    }

    /// <summary>What may stand around a line: a byte order mark, spaces, and what a crash leaves.</summary>
    private static bool IsAround(byte sign) => sign is 0xEF or 0xBB or 0xBF or (byte)'\r' or (byte)' ' or 0;

    private void Report(string problem)
    {
        _unusable++;
        if (_unusable <= MaxProblems)
        {
            _problems.Add($"Line {_line} of the journal {_path} {problem}. It is ignored.");
        }
    }

    private void Add(string type, string runId, LineMembers line)
    {
        switch (type)
        {
            case JournalSchema.RunLine:
                LineReader.ReadHead(FindRun(runId), line);
                break;
            case JournalSchema.EndLine:
                FindRun(runId).EndedBy = line.Text(JournalSchema.EndedBy);
                break;
            case JournalSchema.IntentLine
                when line.Number(JournalSchema.Change) is { } number and > 0 && line.Time() is not null && JournalSchema.TryReadWord(line.Text(JournalSchema.Verb), out ChangeAction action):
                if (!_byReference.ContainsKey((runId, number)))
                {
                    var change = new AclChange(_lines, FindRun(runId), number) { Action = action };
                    ReadIntent(change, line);
                    _byReference[(runId, number)] = change;
                }

                break;
            case JournalSchema.OutcomeLine or JournalSchema.FindingLine
                when line.Number(JournalSchema.Change) is { } number && JournalSchema.TryReadWord(line.Text(JournalSchema.State), out AclChangeState state):
                if (_byReference.TryGetValue((runId, number), out var intended))
                {
                    ReadOutcome(intended, state, line, isFinding: type == JournalSchema.FindingLine);
                    if (_settled is not null && intended is { State: not AclChangeState.Unknown, IsFinding: false })
                    {
                        _byReference.Remove((runId, number));
                        _settled(intended);
                    }
                }
                else
                {
                    Report($"is the outcome of a change whose intent is missing ({DisplayText.Of(runId)}, {number})");
                }

                break;
            default:
                Report($"is of a kind that is not known, '{DisplayText.Of(type, 40)}', or incomplete");
                break;
        }
    }

    private AclChangeRun FindRun(string id)
    {
        if (!_runs.TryGetValue(id, out var run))
        {
            run = _runs[id] = new AclChangeRun(id);
            _runOrder.Add(run);
        }

        return run;
    }

    private void ReadIntent(AclChange change, LineMembers line)
    {
        change.Time = line.Time() ?? DateTime.MinValue;
        change.AccountId = Share(line.Text(JournalSchema.Account));
        change.Resource = Share(line.Text(JournalSchema.Resource)) ?? "";
        change.Id = line.Text(JournalSchema.Id) ?? "";
        change.Name = line.Text(JournalSchema.Name);
        change.Rows = line.List(JournalSchema.Rows).Select(row => row.Value as long? ?? 0).ToArray();
        change.Intent = _place;
        change.Undoes = line.List(JournalSchema.Undoes).Select(undone => LineReader.ReadReference(undone.Value as string ?? "")).OfType<ChangeReference>().ToArray();
        change.IsMasked = line.Has(JournalSchema.Masked);
        if (change is { Undoes.Count: 0, Action: not ChangeAction.Delete })
        {
            change.WriteKey = WriteKey.Of(change.AccountId, change.Resource, change.Action, change.Id, line.Fields(JournalSchema.Body));
        }
    }

    /// <summary>An outcome that the run itself recorded takes precedence over one that was determined afterwards.</summary>
    private void ReadOutcome(AclChange change, AclChangeState state, LineMembers line, bool isFinding)
    {
        var isSettled = change.EndedAt is not null && change.State != AclChangeState.Unknown;
        if (isFinding && isSettled && !change.IsFinding)
        {
            return;
        }

        change.State = state;
        change.IsFinding = isFinding;
        change.EndedAt = line.Time();
        change.Id = Share(line.Text(JournalSchema.Id)) ?? change.Id;
        change.Outcome = _place;
        change.ErrorId = Share(line.Text(JournalSchema.ErrorId));
        change.Error = Share(line.Text(JournalSchema.Error));
        change.RequestId = line.Text(JournalSchema.RequestId) ?? change.RequestId;
        change.IsMasked |= line.Has(JournalSchema.Masked);
    }

    /// <summary>The same text for equal ones: few differ, and a journal may contain a million.</summary>
    private string? Share(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return _texts.TryGetValue(text, out var known) ? known : _texts.Count < MaxShared ? _texts[text] = text : text;
    }
}
