using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that makes one change of each row, or one of its arguments.</summary>
/// <typeparam name="T">What it changes.</typeparam>
public abstract class RowCommand<T> : ConnectedCommand
    where T : ApiResource
{
    private protected const string ByIdSet = "Id";
    private protected const string RowSet = "Row";

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private RowReader? _reader;
    private ChangeRunner<T>? _runner;
    private long _rowNumber;

    /// <summary>A row: an object whose columns are named like the parameters, or like the service's fields; or a result of the matching Get- cmdlet, which says which one and nothing else.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowSet, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Fields to clear (JSON null) on every row, by parameter name or API name.</summary>
    [Parameter]
    public string[] Clear { get; set; } = [];

    /// <summary>What an empty cell means.</summary>
    [Parameter]
    public EmptyValue EmptyValue { get; set; }

    /// <summary>What stands between the items of a list in a cell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ListSeparator { get; set; } = CellParser.DefaultListSeparator;

    /// <summary>How many changes may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Writes each changed thing as the service shows it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The field table.</summary>
    private protected abstract ResourceDescriptor Resource { get; }

    /// <summary>What is done with each.</summary>
    private protected abstract ChangeAction Action { get; }

    /// <summary>The ids in the id's parameter.</summary>
    private protected abstract IReadOnlyList<string> Ids { get; }

    /// <summary>The columns that hold the id.</summary>
    private protected abstract IReadOnlyList<string> IdentityNames { get; }

    /// <summary>The columns that hold the account.</summary>
    private protected virtual IReadOnlyList<string> AccountNames => [];

    /// <summary>The account in the account's parameter.</summary>
    private protected virtual string? Account => null;

    /// <summary>The client for a row.</summary>
    /// <exception cref="AclException">The row does not say enough to find it.</exception>
    private protected abstract IResourceClient<T> FindClient(RowContent content);

    /// <summary>The account that a result belongs to.</summary>
    private protected virtual string? AccountOf(ApiResource resource) => null;

    /// <summary>Remembers what the command line said: from the first row on, the engine's bound parameters no longer tell.</summary>
    protected override void BeginProcessing()
    {
        // Asked for first, so that a missing connection is told before any row is read.
        _ = ActiveConnection;
        _reader = new RowReader(Resource, FieldParameter.Of(GetType()), ReadCommandLine(), new RowReaderOptions
        {
            EmptyValue = EmptyValue,
            ListSeparator = ListSeparator,
            IdentityNames = IdentityNames,
            AccountNames = AccountNames,
            DerivedColumns = typeof(T).GetProperties().Select(property => property.Name).ToArray(),
            ResultTypeName = typeof(T).FullName!,
            AccountOf = AccountOf,
        }, WriteWarning);
        _runner = new ChangeRunner<T>(ThrottleLimit, Reporter, Cancellation);
    }

    /// <summary>Takes a row, or the arguments.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == RowSet)
        {
            _rowNumber++;
            Take(InputObject, _rowNumber, () => _reader!.Read(InputObject!));
        }
        else
        {
            foreach (var id in Ids)
            {
                Take(id, 0, () => _reader!.ReadCommandLine(id));
            }
        }

        WriteOutcomes(all: false);
    }

    /// <summary>Waits for everything that is under way.</summary>
    protected override void EndProcessing() => WriteOutcomes(all: true);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _runner?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The fields that a body must have besides those that were said.</summary>
    private IEnumerable<string> RequiredFields => Action == ChangeAction.Replace ? Resource.WritableFields.Select(writable => writable.Name) : [];

    /// <summary>Makes a change of what was said, and posts it if it is wanted.</summary>
    private void Take(object? row, long rowNumber, Func<RowContent> read)
    {
        var change = new Change<T> { Row = row, RowNumber = rowNumber };
        try
        {
            var content = read();
            var client = FindClient(content);
            change = new Change<T>
            {
                Action = Action,
                Client = client,
                Id = CheckId(content),
                Patch = content.Patch,
                Row = row,
                RowNumber = rowNumber,
            };
            if (content.State?.FindWriteObstacle() is { } obstacle)
            {
                throw obstacle;
            }

            CheckPatch(change);
            if (change.Patch.IsEmpty)
            {
                WriteVerbose($"Row {rowNumber} says nothing for the {Describe(content)}: unchanged.");
                _runner!.Post(ChangeOutcome<T>.Unchanged(change));
            }
            else if (ShouldProcess(Describe(content), DescribeAction(change.Patch)))
            {
                _runner!.Post(change);
            }
            else
            {
                _runner!.Post(ChangeOutcome<T>.Skipped(change));
            }
        }
        catch (AclException failure)
        {
            _runner!.Post(ChangeOutcome<T>.Failed(change, failure));
        }
    }

    private string CheckId(RowContent content) => content.Id.Length > 0
        ? Client.Http.RequestPath.CheckId(content.Id, Resource.Identity.Name)
        : throw new AclException(
            ErrorKind.ValidationFailed,
            $"It does not say which {Resource.Noun}: there is no value in a column named {string.Join(", ", IdentityNames)}. Nothing was sent.",
            "Add the column, or leave the row out.");

    private void CheckPatch(Change<T> change)
    {
        if (change.Patch.IsEmpty && change.RowNumber == 0)
        {
            throw new AclException(
                ErrorKind.NothingToUpdate,
                $"Nothing was said that could be updated on {Resource.Noun} {change.Id}.",
                $"Name at least one of {string.Join(", ", FieldParameter.Of(GetType()).Select(parameter => "-" + parameter.Name))}, or -Clear.");
        }

        var problems = change.Patch.IsEmpty && Action == ChangeAction.Update ? [] : change.Patch.FindProblems(Resource, RequiredFields);
        if (problems.Count > 0)
        {
            throw new AclException(
                ErrorKind.ValidationFailed, string.Join("; ", problems) + ". Nothing was sent.", "Correct the value and run the row again.");
        }
    }

    private string Describe(RowContent content) =>
        string.IsNullOrEmpty(content.DisplayName) ? $"{Resource.Noun} {content.Id}" : $"{Resource.Noun} {content.Id} ({content.DisplayName})";

    private string DescribeAction(FieldPatch patch) => (Action == ChangeAction.Replace ? "Replace " : "Update ") + string.Join(", ", patch.Names);

    private CommandLine ReadCommandLine()
    {
        try
        {
            return new CommandLine(this, Clear, ListSeparator) { Id = Ids.Count > 0 ? Ids[0] : null, AccountId = Account };
        }
        catch (AclException contradiction)
        {
            ThrowTerminatingError(Streams.ErrorRecords.From(contradiction, this));
            throw;
        }
    }

    /// <summary>Writes the outcomes that are there, in order; waits for room, or for all.</summary>
    private void WriteOutcomes(bool all)
    {
        var runner = _runner!;
        while (true)
        {
            while (runner.TryTake(out var outcome))
            {
                Write(outcome!);
            }

            Reporter.Flush();
            if (Cancellation.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            if (all ? runner.IsEmpty : runner.HasRoom)
            {
                return;
            }

            runner.WaitForNext(ReportInterval);
        }
    }

    private void Write(ChangeOutcome<T> outcome)
    {
        if (outcome.Status == ChangeStatus.Changed && PassThru && outcome.Result is not null)
        {
            WriteObject(outcome.Result);
        }
        else if (outcome.Error is { } failure)
        {
            if (Streams.ErrorRecords.EndsPipeline(failure.Kind))
            {
                WriteRestUnsent(failure);
            }

            WriteFailure(failure, outcome.Change.Row, outcome.Change.RowNumber);
        }
    }

    /// <summary>Before the pipeline ends for all rows, says of each row that was taken how it ended.</summary>
    private void WriteRestUnsent(AclException cause)
    {
        _runner!.StopSending();
        while (!_runner.IsEmpty)
        {
            if (_runner.TryTake(out var outcome) && outcome is { Status: ChangeStatus.NotSent or ChangeStatus.Failed } rest)
            {
                var failure = rest.Error ?? new AclException(cause.Kind, "It was not sent, as the service does not take the credential.", cause.RecommendedAction);
                WriteError(Streams.ErrorRecords.From(failure, rest.Change.Row, rest.Change.RowNumber));
            }
            else if (outcome is not null)
            {
                Write(outcome);
            }

            _runner.WaitForNext(ReportInterval);
        }
    }
}
