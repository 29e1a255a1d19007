using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Runs;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>
/// One run of a writing cmdlet, from its first row to its last outcome: gives changes to the runner and writes what comes back, in order, on the
/// pipeline's thread. Every row that was read ends in one outcome, however the run ends. Nothing here is caught around a write: what a downstream
/// command throws must pass.
/// </summary>
internal sealed class ChangeSession<T> : IDisposable
    where T : ApiResource
{
    private readonly PSCmdlet _cmdlet;
    private readonly ChangeRunner<T> _runner;
    private readonly RunnerDrain<T> _drain;
    private readonly RequestReporter _reporter;
    private readonly CancellationToken _stopping;
    private readonly ProgressReporter _progress;
    private readonly ErrorVariable _errorVariable;
    private readonly SessionOptions _options;
    private readonly bool _stopsAtError;
    private readonly RunRecorder _recorder;
    private readonly OutcomeWriter<T> _writer;
    private readonly SessionJournal<T>? _journal;
    private ChangeOutcome<T>? _beingWritten;
    private AclException? _endedBy;
    private ChangeRow? _endingRow;
    private bool _isComplete;

    /// <summary>Starts a run.</summary>
    public ChangeSession(
        PSCmdlet cmdlet, RequestReporter reporter, SessionOptions options, CancellationToken stopping, SessionJournal<T>? journal = null, PresentItems<T>? items = null)
    {
        _cmdlet = cmdlet;
        _reporter = reporter;
        _options = options;
        _stopping = stopping;
        _stopsAtError = ErrorRecords.StopsAtError(cmdlet);
        _journal = journal;
        _runner = new ChangeRunner<T>(options.Window, reporter, _stopsAtError, stopping, journal?.Journal, options.BatchSize, items);
        _drain = new RunnerDrain<T>(_runner, reporter, stopping);
        _progress = new ProgressReporter(cmdlet, cmdlet.MyInvocation.MyCommand.Name);
        _errorVariable = ErrorVariable.Of(cmdlet);
        _recorder = new RunRecorder(cmdlet.MyInvocation.MyCommand.Name);
        _writer = new OutcomeWriter<T>(cmdlet, options);
    }

    /// <summary>How rows ended so far.</summary>
    public RunSummary Summary { get; } = new();

    /// <summary>How many rows there are in all; null where rows still come.</summary>
    public long? TotalRows
    {
        set => _progress.Total = value;
    }

    /// <summary>Whether rows were read, so that a line closes the run.</summary>
    public bool HasRows { get; set; }

    /// <summary>Whether an error has ended the run, so that nothing more is sent.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Is called with each outcome, when it is counted; null for nothing.</summary>
    public Action<ChangeOutcome<T>>? Settled { private get; init; }

    /// <summary>Gives a change to the runner.</summary>
    public void Post(Change<T> change) => _runner.Post(change);

    /// <summary>Gives the outcome of a change that was settled without the runner its place in the order.</summary>
    public void Post(ChangeOutcome<T> settled) => _runner.Post(settled);

    /// <summary>Writes the outcomes that are there; waits only while there is no room for another change.</summary>
    public void WriteReady() => Drain(untilEmpty: false);

    /// <summary>Waits for every outcome so far and writes it; the run goes on.</summary>
    public void WriteOutstanding() => Drain(untilEmpty: true);

    /// <summary>Waits for every outcome and writes it, and then the line that closes the run.</summary>
    public void WriteAll()
    {
        Drain(untilEmpty: true);
        _isComplete = true;
        EndJournal(HasEnded ? "Failed" : "Completed");
        WriteSummary();
        if (HasEnded)
        {
            _cmdlet.ThrowTerminatingError(ErrorRecords.From(_endedBy!, _endingRow!.Value, _endingRow.Number));
        }
    }

    /// <summary>Ends the run at a row because of which no other row can be trusted. What was read and not sent ends as not sent.</summary>
    public void EndWith(AclException reason, ChangeRow row)
    {
        (_endedBy, _endingRow) = (reason, row);
        Summary.Count(ChangeStatus.Failed, _options.Action ?? ChangeAction.Update, 1);
        SettleEnded();
    }

    /// <summary>
    /// Ends the run however the pipeline ends. Ctrl+C has given everything up already; where a command before or behind has ended the pipeline, what
    /// was sent is waited for briefly, so that it does not go on behind the person's back. What could not be written is kept for <c>Get-AclRun</c>.
    /// </summary>
    public void Dispose()
    {
        if (!_isComplete)
        {
            _drain.StopAndWait();
            KeepUnreported();
        }

        _journal?.End("Stopped");

        if (_endedBy is not null)
        {
            _errorVariable.RemoveCopies(_endedBy);
        }

        _runner.Dispose();
        _recorder.Record(Summary, _endedBy is not null ? "Failed" : _isComplete ? "Completed" : "Stopped");
    }

    private void Drain(bool untilEmpty)
    {
        while (true)
        {
            foreach (var outcome in _drain.TakeReady())
            {
                Write(outcome);
            }

            _reporter.Flush();
            _progress.Show(Summary);
            if (_stopping.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            if (_runner.IsEnding && !HasEnded)
            {
                SettleEnded();
                continue;
            }

            if (untilEmpty ? _runner.IsEmpty : _runner.HasRoom)
            {
                return;
            }

            _drain.WaitForMore(untilEmpty);
        }
    }

    private void Write(ChangeOutcome<T> outcome)
    {
        _beingWritten = outcome;
        Count(outcome);
        if (outcome.Error is { } failure)
        {
            if (failure.EndsRun)
            {
                if (_endedBy is null)
                {
                    (_endedBy, _endingRow) = (failure, outcome.Change.Rows[0]);
                }
            }
            else if (_stopsAtError)
            {
                StopAt(outcome, failure);
            }
        }

        _writer.Write(outcome, _endedBy, _endingRow);
        _beingWritten = null;
    }

    private void Count(ChangeOutcome<T> outcome)
    {
        Summary.Count(outcome.Status, outcome.Action, outcome.Change.Rows.Count);
        Settled?.Invoke(outcome);
    }

    /// <summary>Ends the run in its journal. What the journal lacks is reported; the outcomes of the rows stay what they are.</summary>
    private void EndJournal(string endedBy)
    {
        if (_journal?.End(endedBy) is { } failure && _endedBy?.Kind != ErrorKind.JournalFailed)
        {
            _cmdlet.WriteError(ErrorRecords.From(
                new AclException(failure.Kind, $"Outcomes of changes are missing in the journal. {failure.Message}", failure.RecommendedAction, failure), _journal.Path));
        }
    }

    /// <summary>
    /// After an error that no other row can survive: sends nothing more and waits briefly for what was sent. The rows that still come are read and reported
    /// as not sent, so that the error variable is a whole retry list; then the pipeline ends.
    /// </summary>
    private void SettleEnded()
    {
        HasEnded = true;
        _drain.Settle();
    }

    /// <summary>Before <c>-ErrorAction Stop</c> ends the pipeline at an error: settles the rest, and keeps the rows for the error variable.</summary>
    private void StopAt(ChangeOutcome<T> failed, AclException failure)
    {
        (_endedBy, _endingRow) = (failure, failed.Change.Rows[0]);
        _drain.Settle();
        var rest = new List<ChangeOutcome<T>>();
        foreach (var outcome in _drain.TakeReady())
        {
            Count(outcome);
            rest.Add(outcome);
            _writer.WriteResult(outcome);
        }

        if (RestWarning.Describe(rest) is { } warning)
        {
            _cmdlet.ShowWarning(warning);
        }

        _isComplete = true;
        EndJournal("Failed");
        WriteSummary();
        var records = failed.Change.Rows.Skip(1).Select(row => ErrorRecords.From(failure, row.Value, row.Number))
            .Concat(rest
                .Where(outcome => outcome.Error is not null || outcome.Status == ChangeStatus.NotSent)
                .SelectMany(outcome => outcome.Change.Rows, (outcome, row) => ErrorRecords.From(outcome.Error ?? OutcomeWriter<T>.NotSent(failure, _endingRow), row.Value, row.Number)))
            .ToArray();
        try
        {
            _cmdlet.WriteError(ErrorRecords.From(failure, _endingRow.Value, _endingRow.Number));
        }
        finally
        {
            // The engine has added the error that ends the pipeline and adds no other.
            foreach (var record in records)
            {
                _errorVariable.Add(record);
            }
        }
    }

    private void WriteSummary()
    {
        _progress.Complete();
        if (HasRows)
        {
            SummaryLine.Write(_cmdlet, Summary.Summarize(_options.Action, _reporter.Attempts, _reporter.Repeats));
        }
    }

    private void KeepUnreported()
    {
        _runner.Abandon();
        if (_beingWritten is { } torn)
        {
            // It was counted, but a write that threw may not have reached anybody.
            _recorder.Keep(torn);
        }

        foreach (var outcome in _drain.TakeReady())
        {
            Count(outcome);
            _recorder.Keep(outcome);
        }
    }
}
