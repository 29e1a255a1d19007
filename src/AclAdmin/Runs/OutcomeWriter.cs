using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>How a run goes.</summary>
/// <param name="Action">What the cmdlet does; null for one that creates, changes and removes.</param>
/// <param name="Window">How many changes may be under way at once.</param>
/// <param name="WritesResults">Whether what was created or changed is written.</param>
/// <param name="WritesPresent">Whether what was there already is written.</param>
internal sealed record SessionOptions(ChangeAction? Action, int Window, bool WritesResults, bool WritesPresent)
{
    /// <summary>How many changes go into one request at most, where their list carries them out as one.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Whether what was created is written in any case, as its id is new.</summary>
    public bool WritesCreated { get; init; }

    /// <summary>What is written in place of an item, where rows are about parts of it; null for the item itself.</summary>
    public Func<ApiResource, IEnumerable<ApiResource>>? PartsOf { get; init; }
}

/// <summary>Writes an outcome: an object, an error record for each of its rows, or nothing.</summary>
/// <param name="cmdlet">The cmdlet that writes.</param>
/// <param name="options">What is wanted.</param>
internal sealed class OutcomeWriter<T>(Cmdlet cmdlet, SessionOptions options)
    where T : ApiResource
{
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="endedBy">The error that has ended the run; null where none has.</param>
    /// <param name="endingRow">The row that it is about.</param>
    public void Write(ChangeOutcome<T> outcome, AclException? endedBy, ChangeRow? endingRow)
    {
        if ((outcome.Error ?? (outcome.Status == ChangeStatus.NotSent ? NotSent(endedBy, endingRow) : null)) is { } failure)
        {
            foreach (var row in outcome.Change.Rows)
            {
                cmdlet.WriteError(ErrorRecords.From(failure, row.Value, row.Number));
            }
        }
        else
        {
            WriteResult(outcome);
        }
    }

    /// <summary>Writes the item of an outcome, where it is wanted.</summary>
    public void WriteResult(ChangeOutcome<T> outcome)
    {
        if (outcome is { Action: ChangeAction.Delete, Status: ChangeStatus.Changed })
        {
            _removed.Add(outcome.Change.Id);
        }

        // A second row for what the run itself has removed is no surprise.
        if (outcome.Warning is { } warning && !_removed.Contains(outcome.Change.Id))
        {
            cmdlet.ShowWarning(warning);
        }

        var isWanted = outcome.Status switch
        {
            ChangeStatus.Changed => options.WritesResults || (options.WritesCreated && outcome.Action == ChangeAction.Create),
            ChangeStatus.Unchanged => options.WritesPresent,
            _ => false,
        };
        if (isWanted && outcome.Result is not null)
        {
            cmdlet.WriteObject(options.PartsOf is { } partsOf ? partsOf(outcome.Result) : outcome.Result, enumerateCollection: true);
        }
    }

    /// <summary>
    /// The error of a row that was not sent. It refers to the error that ended the run and does not repeat it, as a thousand rows may follow.
    /// </summary>
    /// <param name="endedBy">The error that has ended the run; null where none of its own has.</param>
    /// <param name="endingRow">The row that it is about.</param>
    public static AclException NotSent(AclException? endedBy, ChangeRow? endingRow)
    {
        if (endedBy is null)
        {
            return new AclException(ErrorKind.NotSent, "It was not sent, as the run was ended before.", "Run the row again.");
        }

        var where = endingRow is { Number: > 0 } row ? $" at row {row.Number}" : "";
        return new AclException(
            ErrorKind.NotSent, $"It was not sent, as the run ended{where} with the error {endedBy.Kind}.", "Correct the cause of that error, and run the row again.");
    }
}
