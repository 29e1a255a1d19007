using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that makes one change of each row, or one of its arguments.</summary>
/// <typeparam name="T">What it changes.</typeparam>
public abstract class RowCommand<T> : ConnectedCommand
    where T : ApiResource
{
    /// <summary>
    /// The parameter set of a call without rows. Parameters say here, and not in <see cref="RowSet"/>, that a column can fill them: help, completion and
    /// script blocks for each row know them by that, but the engine does not bind the columns of each row: <see cref="RowReader"/> reads them, so nobody
    /// would look at the values.
    /// </summary>
    private protected const string ArgumentSet = "Argument";

    /// <summary>The parameter set of a call with rows.</summary>
    private protected const string RowSet = "Row";

    /// <summary>So many ids on the command line are read one by one where their state is needed; for more the list is read.</summary>
    private const int MaxSingleReads = 5;

    private readonly Dictionary<string, IResourceClient<T>> _clients = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deprecated = new(StringComparer.Ordinal);
    private RowReader? _reader;
    private ChangeSession<T>? _session;
    private ChangePlanner<T>? _planner;
    private StateCache<T>? _states;
    private FieldDescriptor? _matchBy;
    private EngineRejections? _rejections;
    private SessionJournal<T>? _journal;
    private bool _hasDelayed;
    private long _rowsRead;

    /// <summary>
    /// A row: an object whose columns are named like the parameters, or like the service's fields; or a result of the matching Get- cmdlet, which
    /// identifies an item and contributes nothing else.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowSet, DontShow = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many changes may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The journal of this call's changes; empty for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? JournalPath { get; set; }

    /// <summary>Ends the run where a row has a column that matches no parameter.</summary>
    [Parameter]
    public SwitchParameter StrictColumns { get; set; }

    /// <summary>How the cmdlet finds what it changes.</summary>
    private protected static ResourceDefinition<T> Definition => ResourceDefinitions.Of<T>();

    /// <summary>What is done with each.</summary>
    private protected abstract ChangeAction Action { get; }

    /// <summary>What the closing line counts; null for a cmdlet that creates, changes and removes.</summary>
    private protected virtual ChangeAction? CountedAction => Action;

    /// <summary>Whether the call only shows what it would do.</summary>
    private protected virtual bool SendsNothing => IsWhatIf;

    /// <summary>The ids in the id's parameter. In a row the cell may be empty; that is told with the row, not by the engine.</summary>
    private protected virtual IReadOnlyList<string?> Ids => [];

    /// <summary>The account in the account's parameter; null where there is none.</summary>
    private protected virtual string? Account => null;

    /// <summary>How many changes go into one request at most.</summary>
    private protected virtual int MaxBatch => 1;

    /// <summary>The name of what identifies an item in place of its id; null for the id, and where the cmdlet cannot be asked for another.</summary>
    private protected virtual string? MatchByName => null;

    /// <summary>Whether the present state is read first, so that only what differs is sent.</summary>
    private protected virtual bool ComparesFirst => false;

    /// <summary>Whether a person sees each change before it is applied.</summary>
    private protected virtual bool IsPreviewed => IsWhatIf || IsConfirmed;

    /// <summary>Whether what comes back is written.</summary>
    private protected virtual bool WritesResults => false;

    /// <summary>Whether what was there already is written as well.</summary>
    private protected virtual bool WritesPresent => false;

    /// <summary>What a create does where there is such an item already.</summary>
    private protected virtual IfExists IfExistsMode => IfExists.Create;

    /// <summary>Whether changes are recorded: never where none is made.</summary>
    private protected bool KeepsJournal => _journal is not null;

    /// <summary>The run: made when the pipeline begins.</summary>
    private protected ChangeSession<T> Session => _session!;

    /// <summary>Plans rows: made when the pipeline begins.</summary>
    private protected ChangePlanner<T> Planner => _planner!;

    /// <summary>What the service has, where the run reads it: made when the pipeline begins.</summary>
    private protected StateCache<T> States => _states!;

    private protected override ServiceProfile Service => Definition.Service;

    /// <summary>Remembers what the command line said: from the first row on, the engine's bound parameters no longer tell.</summary>
    protected override void BeginProcessing()
    {
        // Asked for first, so that a missing connection is told before any row is read.
        _ = ActiveConnection;
        try
        {
            _matchBy = MatchKey.Find(Definition.Resource, MatchByName);
            _reader = CreateReader();
            _journal = OpenJournal();
        }
        catch (AclException contradiction)
        {
            ThrowTerminatingError(ErrorRecords.From(contradiction, null));
        }

        _states = CreateStates();
        var options = new PlannerOptions<T>(Action, FieldParameter.Of(GetType()).Select(parameter => parameter.Name), _states, IfExistsMode)
        {
            SendsDifferencesOnly = ComparesFirst,
            IsPreviewed = IsPreviewed,
            MatchBy = _matchBy,
        };
        _planner = new ChangePlanner<T>(Definition, options);
        _rejections = _hasDelayed ? new EngineRejections(this) : null;
        _session = new ChangeSession<T>(
            this, Reporter, new SessionOptions(CountedAction, ThrottleLimit, WritesResults, WritesPresent) { PartsOf = PartsOf, BatchSize = MaxBatch }, Cancellation, _journal);
    }

    private SessionJournal<T>? OpenJournal()
    {
        var path = JournalLocation.Find(this, MyInvocation.BoundParameters.ContainsKey(nameof(JournalPath)), JournalPath, ActiveConnection);
        return path is null || SendsNothing ? null : SessionJournal<T>.Open(this, path, ActiveConnection);
    }

    /// <summary>Takes a row, several, or the arguments.</summary>
    protected override void ProcessRecord()
    {
        CountRejected();
        if (ParameterSetName != RowSet)
        {
            foreach (var id in ArgumentTargets())
            {
                ProcessRow(new ChangeRow(id, 0), null);
            }
        }
        else if (InputObject?.BaseObject is object[] rows)
        {
            // Given as an argument and not piped: how many there are is known.
            Session.TotalRows = rows.Length;
            foreach (var row in rows)
            {
                ProcessRow(new ChangeRow(row, ++_rowsRead), row is null ? null : PSObject.AsPSObject(row));
            }
        }
        else
        {
            ProcessRow(new ChangeRow(InputObject, ++_rowsRead), InputObject);
        }
    }

    /// <summary>Waits for everything that is under way, and closes the run.</summary>
    protected override void EndProcessing()
    {
        CountRejected();
        PostCollected();
        Session.WriteAll();
    }

    private void CountRejected()
    {
        if (_rejections?.Count() is { } rejected && rejected > 0)
        {
            _rowsRead += rejected;
            Session.Summary.CountRejected(rejected);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _session?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What a call without rows is for: one target for each id.</summary>
    private protected virtual IReadOnlyList<string?> ArgumentTargets() => Ids.Count == 0 ? [null] : Ids;

    /// <summary>How rows are read.</summary>
    private protected virtual RowReader CreateReader() => CreateReader([], EmptyValue.Ignore, CellParser.DefaultListSeparator);

    /// <summary>How rows are read, by what the parameters say.</summary>
    private protected RowReader CreateReader(IReadOnlyList<string> clear, EmptyValue emptyValue, string listSeparator)
    {
        if (Ids.Count > 1 && MyInvocation.ExpectingInput)
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"Rows are piped in, and -{Definition.IdentityNames[0]} names {Ids.Count} things: which row is for which?",
                "Give the rows a column with the id, or name one thing.");
        }

        var commandLine = new CommandLine(this, clear)
        {
            IsIdDelayed = IdArgumentAttribute.IsDelayed(Ids),
            Id = IdArgumentAttribute.ReaderOf(Ids),
            AccountId = CommandLine.Read(this, "AccountId", () => Account),
        };
        if (_matchBy is { } key && commandLine.Values.ContainsKey(key))
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"-MatchBy {MatchByName} and -{MatchKey.NameOf(key.Name)} contradict each other: the value identifies the {Definition.Resource.Noun}, so it cannot be changed.",
                "Specify the value in the rows or as the id, or leave -MatchBy out.");
        }

        _hasDelayed = commandLine.Delayed.Count > 0;
        return new RowReader(Definition.Resource, FieldParameter.Of(GetType()), commandLine, new RowReaderOptions
        {
            EmptyValue = emptyValue,
            ListSeparator = listSeparator,
            StrictColumns = StrictColumns,
            AcceptsIds = Action != ChangeAction.Create,
            IdentityNames = Definition.IdentityNames,
            AccountNames = Definition.AccountNames,
            MatchBy = _matchBy,
            MatchNames = _matchBy is null ? [] : FieldParameter.ColumnsOf(typeof(T), _matchBy),
            DerivedColumns = [ColumnMap.ProblemColumn, .. ResultType.GetProperties().Select(property => property.Name)],
            ResultTypeName = typeof(T).FullName!,
            AccountOf = Definition.GetAccountId,
            ReadOther = ReadOther,
        }, WriteWarning);
    }

    /// <summary>The type of what is written, whose exported columns are known.</summary>
    private protected virtual Type ResultType => typeof(T);

    /// <summary>What is written in place of a changed item, where rows are about parts of it; null for the item itself.</summary>
    private protected virtual Func<ApiResource, IEnumerable<ApiResource>>? PartsOf => null;

    /// <summary>Reads a result of another list, where such a result says something here.</summary>
    private protected virtual bool ReadOther(ApiResource result, RowContent content) => false;

    /// <summary>What reads the present state of things; null where the run does not need it.</summary>
    private StateCache<T>? CreateStates()
    {
        var isNeeded = Action == ChangeAction.Create ? IfExistsMode != IfExists.Create || KeepsJournal : ComparesFirst || IsPreviewed || _matchBy is not null;
        if (!isNeeded)
        {
            return null;
        }

        var isShortCall = !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)) && Ids.Count <= MaxSingleReads;
        return new StateCache<T>(
            client => Await(Snapshot.ReadAsync(client, Reporter, Cancellation)),
            isShortCall ? (client, id) => Await(client.GetAsync(id, Reporter, Cancellation)) : null);
    }

    /// <summary>Posts what was collected until the last row came.</summary>
    private protected virtual void PostCollected()
    {
    }

    /// <summary>Notes that a row could not be read or planned; its error is an outcome already.</summary>
    private protected virtual void OnRowFailed()
    {
    }

    /// <summary>Plans a row.</summary>
    /// <returns>Null where the plan is kept until all rows have come.</returns>
    /// <exception cref="AclException">The row cannot be carried out.</exception>
    private protected virtual ChangePlan<T>? PlanRow(RowContent content, IResourceClient<T> client, ChangeRow row) => Planner.Plan(content, client, row);

    /// <summary>Posts a plan if it has something to do and is wanted.</summary>
    private protected void AskAndPost(ChangePlan<T> plan)
    {
        if (Session.HasEnded)
        {
            Session.Post(ChangeOutcome<T>.NotSent(plan.Change));
            return;
        }

        Warn(plan);
        if (plan.IsEmpty || (plan.RepeatOf is { IsApproved: false } && IsWhatIf))
        {
            WriteVerbose($"{DescribeRow(plan.Change)} nothing to change on the {plan.Target}: unchanged.");
            Session.Post(ChangeOutcome<T>.Unchanged(plan.Change, plan.Present));
        }
        else if (plan.RepeatOf is { IsApproved: true } || ShouldApply(plan))
        {
            plan.IsApproved = true;
            _states?.Forget(plan.Change.Client!, plan.Change.Id);
            if (plan.Collect is { } collect)
            {
                collect();
            }
            else
            {
                Session.Post(plan.Change);
            }
        }
        else
        {
            Session.Post(ChangeOutcome<T>.Skipped(plan.Change));
        }
    }

    /// <summary>Whether the change is wanted, by -WhatIf and -Confirm.</summary>
    private protected virtual bool ShouldApply(ChangePlan<T> plan) => ShouldProcess(plan.Target, plan.Operation);

    /// <summary>Says what looks wrong or has no future about what is to be sent; of a deprecated field once.</summary>
    private void Warn(ChangePlan<T> plan)
    {
        if (plan.Warning is not null)
        {
            WriteWarning($"{plan.Target}: {plan.Warning}");
        }

        foreach (var name in plan.IsEmpty ? [] : plan.Change.Patch.Names)
        {
            if (Definition.Resource[name].Deprecation is { } deprecation && _deprecated.Add(name))
            {
                WriteWarning(deprecation);
            }
        }
    }

    private static string DescribeRow(Change<T> change) => change.Rows[0].Number > 0 ? $"Row {change.Rows[0].Number} has" : "There is";

    /// <summary>The client for an account. One for each, however many rows there are.</summary>
    private protected IResourceClient<T> FindClient(string? account)
    {
        var key = account ?? "";
        if (!_clients.TryGetValue(key, out var client))
        {
            client = Definition.OpenClient(ActiveConnection, account);
            if (_journal is not null)
            {
                // What an earlier run has left open is settled before a row is compared with it.
                Await(_journal.SettleAsync(client, Reporter, Cancellation));
            }

            _clients[key] = client;
        }

        return client;
    }

    /// <summary>Plans a row, or what the command line specifies for an id where there are no rows; then writes what has ended by now.</summary>
    private void ProcessRow(ChangeRow row, PSObject? columns)
    {
        Session.Summary.Rows++;
        Session.HasRows |= row.Number > 0;
        if (Session.HasEnded && _reader!.IsBlank(columns))
        {
            PassOver(row);
        }
        else if (Session.HasEnded)
        {
            Session.Post(ChangeOutcome<T>.NotSent(new Change<T>(row)));
        }
        else if (TryPlan(row, columns, out var plan) && plan is not null)
        {
            AskAndPost(plan);
        }

        Session.WriteReady();
    }

    /// <summary>A row whose cells are all empty is no row: it is counted nowhere, and keeps its number in the file.</summary>
    private void PassOver(ChangeRow row)
    {
        Session.Summary.Rows--;
        WriteVerbose($"Row {row.Number} is empty: ignored.");
    }

    /// <summary>
    /// Ends the run with one error, however many rows there are: the whole input is to be corrected and run again. What was sent is waited for, and the
    /// rows that were read and not sent end as <see cref="ErrorKind.NotSent"/>.
    /// </summary>
    private void EndUnusable(AclException reason, ChangeRow row)
    {
        Session.EndWith(reason, row);
        EndProcessing();
    }

    /// <summary>
    /// The boundary around reading and planning a row: whatever a row's properties do when they are read is that row's error. Nobody is asked in here, and
    /// nothing is written.
    /// </summary>
    private bool TryPlan(ChangeRow row, PSObject? columns, out ChangePlan<T>? plan)
    {
        plan = null;
        AclException failure;
        try
        {
            var content = row.Number == 0 ? _reader!.ReadCommandLine(row.Value as string ?? "") : _reader!.Read(columns);
            if (content.IsBlank)
            {
                PassOver(row);
                return false;
            }

            var client = FindClient(content.AccountId);
            Planner.Identify(content, client, row.Number == 0 ? content.Id : null);
            plan = PlanRow(content, client, row);
            return true;
        }
        catch (AclException refused)
        {
            failure = refused;
        }
        catch (UnusableRowsException unusable)
        {
            EndUnusable(unusable.Reason, row);
            throw;
        }
        catch (Exception defect) when (!EngineFlow.IsControl(defect))
        {
            failure = AclException.FromDefect(defect);
        }

        OnRowFailed();
        Session.Post(ChangeOutcome<T>.Failed(new Change<T>(row), failure));
        return false;
    }
}
