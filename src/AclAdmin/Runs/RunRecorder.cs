using System;
using System.Collections.Generic;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>Collects what <c>Get-AclRun</c> shows of a run: the counts, and the rows whose outcome could not be written.</summary>
/// <param name="command">The cmdlet.</param>
internal sealed class RunRecorder(string command)
{
    private readonly DateTime _startedAt = DateTime.UtcNow;
    private readonly List<AclRunRow> _unreported = [];

    /// <summary>Keeps an outcome that could not be written.</summary>
    public void Keep<T>(ChangeOutcome<T> outcome)
        where T : ApiResource
    {
        foreach (var row in outcome.Change.Rows)
        {
            _unreported.Add(new AclRunRow
            {
                Number = row.Number,
                Status = outcome.Status.ToString(),
                Message = outcome.Error?.Message,
                InputObject = row.Value,
            });
        }
    }

    /// <summary>Adds the run to the history of the session; one without rows leaves nothing there.</summary>
    /// <param name="summary">The counts.</param>
    /// <param name="endedBy"><c>Completed</c>, <c>Failed</c> or <c>Stopped</c>.</param>
    public void Record(RunSummary summary, string endedBy)
    {
        if (summary.Rows > 0)
        {
            RunHistory.Add(new AclRun
            {
                Command = command,
                StartedAt = _startedAt,
                Duration = summary.Elapsed,
                EndedBy = endedBy,
                Rows = summary.Rows,
                Created = summary.Created,
                Changed = summary.Changed,
                Removed = summary.Removed,
                Unchanged = summary.Unchanged,
                Skipped = summary.Skipped,
                Failed = summary.Failed,
                Unknown = summary.Unknown,
                Unreported = _unreported,
            });
        }
    }
}
