using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>
/// A cmdlet that changes items in a run: its options, and the parts that the run is made of. <see cref="RowCommand{T}"/> gives it rows.
/// </summary>
/// <typeparam name="T">What it changes.</typeparam>
public abstract class ChangeCommand<T> : ConnectedCommand
    where T : ApiResource
{
    /// <summary>
    /// The parameter set of a call without rows. Parameters are marked as bound by property name in this set, and not in <see cref="RowSet"/>: help,
    /// completion and script blocks for each row need the mark, but the engine must not bind the columns of each row, as <see cref="RowReader"/> reads them.
    /// </summary>
    private protected const string ArgumentSet = "Argument";

    /// <summary>The parameter set of a call with rows.</summary>
    private protected const string RowSet = "Row";

    private readonly PresentItems<T> _items = new();
    private readonly Dictionary<string, IResourceClient<T>> _clients = new(StringComparer.Ordinal);
    private RowReader? _reader;
    private ChangeSession<T>? _session;
    private ChangePlanner<T>? _planner;
    private StateCache<T>? _states;
    private ItemComparer? _matchBy;
    private EngineRejections? _rejections;
    private SessionJournal<T>? _journal;
    private bool _hasDelayed;

    /// <summary>
    /// A row: an object whose columns are named like the parameters, or like the service's fields; or a result of the matching Get- cmdlet, which
    /// identifies an item and contributes nothing else.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many changes may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
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

    /// <summary>The ids in the id's parameter. In a row the cell may be empty: the row's own error reports it, not the engine.</summary>
    private protected virtual IReadOnlyList<string?> Ids => [];

    /// <summary>The account in the account's parameter; null where there is none.</summary>
    private protected virtual string? Account => null;

    /// <summary>How many changes go into one request at most.</summary>
    private protected virtual int MaxBatch => 1;

    /// <summary>The names of the fields that identify an item in place of its id; null for the id, and where the cmdlet cannot be asked for others.</summary>
    private protected virtual IReadOnlyList<string>? MatchByNames => null;

    /// <summary>Whether another field than the id identifies items: known when the pipeline begins.</summary>
    private protected bool MatchesByField => _matchBy is not null;

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

    /// <summary>Reads rows: made when the pipeline begins.</summary>
    private protected RowReader Reader => _reader!;

    /// <summary>The run: made when the pipeline begins.</summary>
    private protected ChangeSession<T> Session => _session!;

    /// <summary>Plans rows: made when the pipeline begins.</summary>
    private protected ChangePlanner<T> Planner => _planner!;

    /// <summary>What the service has, where the run reads it: made when the pipeline begins.</summary>
    private protected StateCache<T> States => _states!;

    private protected override ServiceProfile Service => Definition.Service;

    /// <summary>Keeps what the command line specifies: from the first row on, the engine's bound parameters are those of the row as well.</summary>
    protected override void BeginProcessing()
    {
        // First, so that a missing connection is reported before any row is read.
        _ = ActiveConnection;
        try
        {
            _matchBy = MatchKey.Find(Definition.Resource, MatchByNames);
            _reader = CreateReader();
            _journal = OpenJournal();
        }
        catch (AclException contradiction)
        {
            ThrowTerminatingError(ErrorRecords.From(contradiction, null));
        }

        _states = CreateStates();
        var parameters = FieldParameter.Of(GetType());
        var options = new PlannerOptions<T>(Action, parameters.Select(parameter => parameter.Name), _states, IfExistsMode)
        {
            ParameterOf = field => parameters.FirstOrDefault(parameter => parameter.Field.Name == field)?.Name,
            SendsDifferencesOnly = ComparesFirst,
            IsPreviewed = IsPreviewed,
            MatchBy = _matchBy,
        };
        _planner = new ChangePlanner<T>(Definition, options);
        _rejections = _hasDelayed ? new EngineRejections(this) : null;
        _session = new ChangeSession<T>(
            this, Reporter, new SessionOptions(CountedAction, ThrottleLimit, WritesResults, WritesPresent) { PartsOf = PartsOf, BatchSize = MaxBatch }, Cancellation, _journal, _items)
        {
            Summary = { IsPreview = SendsNothing },
        };
    }

    /// <summary>How many rows the engine has rejected since this was last called.</summary>
    private protected int CountNewRejections() => _rejections?.Count() ?? 0;

    /// <summary>Forgets the known state of an item that is about to change.</summary>
    private protected void ForgetState(Change<T> change) => _states?.Forget(change.Client!, change.Id);

    private SessionJournal<T>? OpenJournal()
    {
        var path = JournalLocation.Find(this, MyInvocation.BoundParameters.ContainsKey(nameof(JournalPath)), JournalPath, ActiveConnection);
        if (path is null || SendsNothing)
        {
            return null;
        }

        Await(ListOrigin.FindAsync(ActiveConnection, Reporter, Cancellation));
        return SessionJournal<T>.Open(this, path, ActiveConnection, Cancellation);
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

    /// <summary>How rows are read.</summary>
    private protected virtual RowReader CreateReader() => CreateReader([], EmptyValue.Ignore, CellParser.DefaultListSeparator);

    /// <summary>How rows are read with these parameters.</summary>
    private protected RowReader CreateReader(IReadOnlyList<string> clear, EmptyValue emptyValue, string listSeparator)
    {
        var commandLine = new CommandLine(this, clear, acceptsSeveral: this is ICreateCommand)
        {
            UsedByIds = IdArgumentAttribute.TextOf(Ids),
            IsIdDelayed = IdArgumentAttribute.IsDelayed(Ids),
            Id = IdArgumentAttribute.ReaderOf(Ids),
            AccountId = CommandLine.Read(this, "AccountId", () => Account),
            ConnectionAccount = Connection is null ? null : ActiveConnection.AccountId,
        };
        commandLine.RefuseContradictions(Definition.Resource, Definition.IdentityNames[0], Ids, _matchBy);
        _hasDelayed = commandLine.Delayed.Count > 0;
        return new RowReader(Definition.Resource, FieldParameter.Of(GetType()), commandLine, new RowReaderOptions
        {
            EmptyValue = emptyValue,
            ListSeparator = listSeparator,
            StrictColumns = StrictColumns,
            AcceptsIds = Action != ChangeAction.Create,
            IsCreate = Action == ChangeAction.Create,
            LineField = (_matchBy ?? (Action == ChangeAction.Create ? Definition.Resource.Comparer : null)) is { Fields.Count: 1 } key ? key.Fields[0] : null,
            IdentityNames = Definition.IdentityNames,
            AccountNames = Definition.AccountNames,
            MatchBy = _matchBy,
            ColumnsOf = field => FieldParameter.ColumnsOf(typeof(T), field),
            DerivedColumns = [ColumnMap.ProblemColumn, .. ResultType.GetProperties().Select(property => property.Name)],
            ResultTypeName = typeof(T).FullName!,
            AccountOf = Definition.GetAccountId,
            ReadOther = ReadOther,
            JudgesLater = JudgesLater,
        }, WriteWarning);
    }

    /// <summary>The type of what is written, whose exported columns are known.</summary>
    private protected virtual Type ResultType => typeof(T);

    /// <summary>What is written in place of a changed item, where rows are about parts of it; null for the item itself.</summary>
    private protected virtual Func<ApiResource, IEnumerable<ApiResource>>? PartsOf => null;

    /// <summary>Reads a result of another list, where such a result can specify something here.</summary>
    private protected virtual bool ReadOther(ApiResource result, RowContent content) => false;

    /// <summary>Whether the cmdlet itself decides about cells that depend on the item's state.</summary>
    private protected virtual bool JudgesLater => false;

    /// <summary>What reads the present state of items; null where the run does not need it.</summary>
    private StateCache<T>? CreateStates()
    {
        var isNeeded = Action == ChangeAction.Create ? IfExistsMode != IfExists.Create || KeepsJournal : ComparesFirst || IsPreviewed || _matchBy is not null;
        if (!isNeeded)
        {
            return null;
        }

        var isShortCall = !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)) && Ids.Count <= PresentItems<T>.MaxSingleReads;
        return new StateCache<T>(
            client => Await(_items.ReadAllAsync(client, Reporter, Cancellation)),
            isShortCall ? (client, id) => Await(_items.FindAsync(client, id, null, Reporter, Cancellation)) : null);
    }

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
}
