using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Changes;

/// <summary>
/// One run of a writing cmdlet, from its first row to its last outcome: gives changes to the runner and writes what comes back, in order, on the
/// pipeline's thread. Nothing here is caught around a write: what a downstream command throws must pass.
/// </summary>
internal sealed class ChangeSession<T> : IDisposable
    where T : ApiResource
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a run that stops at an error waits for what it had sent.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    private readonly PSCmdlet _cmdlet;
    private readonly ChangeRunner<T> _runner;
    private readonly RequestReporter _reporter;
    private readonly CancellationToken _stopping;
    private readonly ProgressReporter _progress;
    private readonly bool _stopsAtError;
    private readonly bool _passThru;

    /// <summary>Starts a run.</summary>
    public ChangeSession(PSCmdlet cmdlet, RequestReporter reporter, int window, bool passThru, string title, CancellationToken stopping)
    {
        _cmdlet = cmdlet;
        _reporter = reporter;
        _passThru = passThru;
        _stopping = stopping;
        _runner = new ChangeRunner<T>(window, reporter, stopping);
        _progress = new ProgressReporter(cmdlet, title);
        _stopsAtError = ErrorRecords.StopsAtError(cmdlet);
    }

    /// <summary>How rows ended so far.</summary>
    public ChangeTally Tally { get; } = new();

    /// <summary>How many rows there are in all; null where rows still come.</summary>
    public long? TotalRows
    {
        set => _progress.Total = value;
    }

    /// <summary>Gives a change to the runner.</summary>
    public void Post(Change<T> change) => _runner.Post(change);

    /// <summary>Gives the outcome of a change that was settled without the runner its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled) => _runner.Post(settled);

    /// <summary>Writes the outcomes that are there; waits only while there is no room for another change.</summary>
    public void WriteReady() => Drain(untilEmpty: false);

    /// <summary>Waits for every outcome and writes it.</summary>
    public void WriteAll()
    {
        Drain(untilEmpty: true);
        _progress.Complete();
    }

    /// <summary>Says how the run went, as an information record.</summary>
    public void WriteSummary() => _cmdlet.WriteInformation(Tally.Summarize(_reporter.Attempts, _reporter.Repeats), ["AclAdmin", "Summary"]);

    /// <summary>
    /// Ends the run however the pipeline ends. Ctrl+C has given everything up already; where a command before or behind has ended the pipeline, what
    /// was sent is waited for briefly, so that it does not go on behind the person's back.
    /// </summary>
    public void Dispose()
    {
        _runner.StopSending();
        _runner.WaitUntilIdle(SettleTime);
        _runner.Dispose();
    }

    private void Drain(bool untilEmpty)
    {
        while (true)
        {
            while (_runner.TryTake(out var outcome))
            {
                Write(outcome!);
            }

            _reporter.Flush();
            _progress.Show(Tally);
            if (_stopping.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            if (untilEmpty ? _runner.IsEmpty : _runner.HasRoom)
            {
                return;
            }

            if (untilEmpty)
            {
                _runner.WaitForNext(ReportInterval);
            }
            else
            {
                _runner.WaitForRoom(ReportInterval);
            }
        }
    }

    private void Write(ChangeOutcome<T> outcome)
    {
        Tally.Count(outcome.Status, outcome.Change.Rows.Count);
        WriteResult(outcome);
        if (outcome.Error is { } failure)
        {
            WriteFailure(failure, outcome.Change.Rows);
        }
    }

    private void WriteResult(ChangeOutcome<T> outcome)
    {
        if (outcome.Status == ChangeStatus.Changed && _passThru && outcome.Result is not null)
        {
            _cmdlet.WriteObject(outcome.Result);
        }
    }

    private void WriteFailure(AclException failure, IReadOnlyList<ChangeRow> rows)
    {
        if (failure.EndsRun || _stopsAtError)
        {
            SettleRest(failure, writeErrors: failure.EndsRun);
        }

        foreach (var row in rows)
        {
            _cmdlet.WriteError(ErrorRecords.From(failure, row.Value, row.Number));
        }

        if (failure.EndsRun)
        {
            // Besides the row's own record: an error variable does not get this one.
            _cmdlet.ThrowTerminatingError(ErrorRecords.From(failure, rows[0].Value, rows[0].Number));
        }
    }

    /// <summary>
    /// Before an error ends the run: sends nothing more, waits briefly for what was sent, and says of each row that was taken how it ended.
    /// </summary>
    private void SettleRest(AclException cause, bool writeErrors)
    {
        _runner.StopSending();
        var deadline = DateTime.UtcNow + SettleTime;
        var unsent = new List<ChangeRow>();
        var failed = new List<ChangeRow>();
        var changed = 0;
        while (!_runner.IsEmpty && DateTime.UtcNow < deadline && !_stopping.IsCancellationRequested)
        {
            if (!_runner.TryTake(out var outcome))
            {
                _runner.WaitForNext(ReportInterval);
                continue;
            }

            Tally.Count(outcome!.Status, outcome.Change.Rows.Count);
            if (outcome.Status is ChangeStatus.NotSent or ChangeStatus.Failed)
            {
                (outcome.Status == ChangeStatus.NotSent ? unsent : failed).AddRange(outcome.Change.Rows);
                if (writeErrors)
                {
                    WriteAlso(outcome, cause);
                }
            }
            else if (outcome.Status == ChangeStatus.Changed)
            {
                changed += outcome.Change.Rows.Count;
                WriteResult(outcome);
            }
        }

        if (!writeErrors && unsent.Count + failed.Count + changed > 0)
        {
            var parts = new[] { Describe(failed, "failed as well"), Describe(unsent, "were not sent"), changed > 0 ? $"{changed} were carried out" : "" };
            _cmdlet.WriteWarning($"Stopped at the error that follows. Of the rows read after it {string.Join(", ", parts.Where(part => part.Length > 0))}.");
        }
    }

    private void WriteAlso(ChangeOutcome<T> outcome, AclException cause)
    {
        var failure = outcome.Error ?? new AclException(cause.Kind, "It was not sent, as the service does not take the credential.", cause.RecommendedAction);
        foreach (var row in outcome.Change.Rows)
        {
            _cmdlet.WriteError(ErrorRecords.From(failure, row.Value, row.Number));
        }
    }

    private static string Describe(List<ChangeRow> rows, string what) =>
        rows.Count == 0 ? "" : $"{rows.Count} {what} ({string.Join(", ", rows.Take(20).Select(row => row.Number))}{(rows.Count > 20 ? ", …" : "")})";
}
