using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>The contents of a run's head, besides its time and its connection. None of it is secret.</summary>
/// <param name="Module">The module's version.</param>
/// <param name="Command">The cmdlet.</param>
/// <param name="CommandLine">The cmdlet with its parameters, as far as they are no secret.</param>
/// <param name="Script">The script and the line that call it; null at a prompt.</param>
public sealed record JournalRunInfo(string Module, string Command, string CommandLine, string? Script);

/// <summary>A run that writes to a journal: its head, the numbers of its changes and its end. Safe for many threads.</summary>
public sealed class JournalRun
{
    /// <summary>The runs of this process that are under way.</summary>
    private static readonly ConcurrentDictionary<string, bool> Live = new(StringComparer.Ordinal);

    private readonly ApiConnection _connection;
    private readonly JournalRunInfo _info;
    private readonly JournalWriter _writer;
    private long _changes;
    private volatile bool _hasChanges;

    /// <summary>Begins a run. Nothing is written before its first change.</summary>
    /// <param name="file">The journal.</param>
    /// <param name="connection">The connection that it uses.</param>
    /// <param name="info">The contents of its head.</param>
    public JournalRun(JournalFile file, ApiConnection connection, JournalRunInfo info)
    {
        _connection = connection;
        _info = info;
        Id = FormattableString.Invariant($"{Now:yyyyMMddHHmmss}-") + Guid.NewGuid().ToString("N").Substring(0, 8);
        _writer = new JournalWriter(file, BuildHead);
        Live[Id] = true;
    }

    /// <summary>Identifies the run: its time and a random part, so that ids sort by time.</summary>
    public string Id { get; }

    /// <summary>The present time.</summary>
    internal DateTimeOffset Now => _connection.Clock.UtcNow;

    /// <summary>Why the journal cannot be written any more; null while it can.</summary>
    public AclException? Failure => _writer.Failure;

    /// <summary>Whether a run of this process is still under way.</summary>
    internal static bool IsLive(string run) => Live.ContainsKey(run);

    /// <summary>A number for a change.</summary>
    internal long NextChange() => Interlocked.Increment(ref _changes);

    /// <summary>Writes the intent of a change, behind the run's head.</summary>
    /// <returns>Completes when it is on the disk.</returns>
    internal Task WriteIntentAsync(JournalLine line, CancellationToken cancellationToken)
    {
        var written = _writer.WriteAsync(line.ToUtf8(_connection.Redactor), line.Change, cancellationToken);
        _hasChanges = true;
        return written;
    }

    /// <summary>Writes the outcome of a change, soon.</summary>
    internal void Note(JournalLine line) => _writer.Note(line.ToUtf8(_connection.Redactor), line.Change);

    /// <summary>Ends the run.</summary>
    /// <param name="endedBy"><c>Completed</c>, <c>Failed</c> or <c>Stopped</c>.</param>
    /// <returns>Why the journal is incomplete; null where it is complete.</returns>
    public AclException? End(string endedBy)
    {
        if (_hasChanges)
        {
            using var line = new JournalLine(JournalSchema.EndLine, Id, Now);
            line.Add(JournalSchema.EndedBy, endedBy);
            Note(line);
            _writer.Flush();
        }

        Live.TryRemove(Id, out _);
        return Failure;
    }

    private byte[] BuildHead()
    {
        var origin = ListOrigin.Of(_connection);
        using var process = Process.GetCurrentProcess();
        using var line = new JournalLine(JournalSchema.RunLine, Id, Now);
        return line
            .Add(JournalSchema.Module, _info.Module)
            .Add(JournalSchema.Command, _info.Command)
            .Add(JournalSchema.CommandLine, _info.CommandLine)
            .Add(JournalSchema.Script, _info.Script)
            .Add(JournalSchema.User, Environment.UserName)
            .Add(JournalSchema.Host, Environment.MachineName)
            .Add(JournalSchema.ProcessId, process.Id)
            .Add(JournalSchema.ProcessStarted, JournalLine.FormatTime(process.StartTime))
            .Add(JournalSchema.Connection, origin.Connection)
            .Add(JournalSchema.Service, origin.Service)
            .Add(JournalSchema.Address, origin.Address)
            .Add(JournalSchema.Partner, origin.Partner)
            .ToUtf8(_connection.Redactor);
    }
}
