using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>Undoes changes of a journal: restores the fields that they changed, creates what they removed, removes what they created.</summary>
[Cmdlet(VerbsCommon.Undo, "AclChange", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = RunSet)]
[OutputType(typeof(ApiResource))]
[RequiresPermission(RequiresPermissionAttribute.OfChanges)]
public sealed class UndoAclChangeCommand : ConnectedCommand, IResourceDefinitionVisitor<Action<IReadOnlyList<AclChange>>>
{
    private const string LastSet = "Last";
    private const string RunSet = "Run";
    private const string AllSet = "All";
    private const string ChangeSet = "Change";

    private readonly List<AclChange> _piped = [];
    private readonly Dictionary<ServiceProfile, ApiConnection> _connections = [];
    private readonly Dictionary<ApiConnection, JournalRun> _runs = [];
    private IReadOnlyList<AclChange> _changes = [];
    private HashSet<AclChange> _selected = [];
    private UndoPlanner _planner = new([], false);
    private IEnumerable<AclChange> _rest = [];
    private ApiConnection? _connection;
    private string? _accountId;

    /// <summary>The journal; without it, that of a connection, or the environment's.</summary>
    [Parameter(Position = 0, ParameterSetName = LastSet)]
    [Parameter(Position = 0, ParameterSetName = RunSet)]
    [Parameter(Position = 0, ParameterSetName = AllSet)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Undoes the latest run that is no undo itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet)]
    public SwitchParameter Last { get; set; }

    /// <summary>Undoes these runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet, HelpMessage = "The run to undo. Get-AclChange shows the runs; -Last undoes the latest, -All undoes all.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>Undoes every run that is no undo itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The changes to undo, as Get-AclChange writes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ChangeSet)]
    public AclChange[] InputObject { get; set; } = [];

    /// <summary>Overwrites values that have changed since, and does not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each restored item; what is created again is written in any case.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How many changes may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The service of the changes.</summary>
    private protected override ServiceProfile? Service => null;

    /// <summary>Collects the changes.</summary>
    protected override void ProcessRecord() => _piped.AddRange(InputObject);

    /// <summary>Undoes them, the newest first.</summary>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ChangeSet)
        {
            foreach (var journal in _piped.GroupBy(change => change.JournalPath, StringComparer.Ordinal).OrderByDescending(journal => journal.Max(change => change.Time)))
            {
                var wanted = new HashSet<(string, long)>(journal.Select(change => (change.RunId, change.Number)));
                Undo(JournalContents.Read(this, journal.Key, Cancellation).Changes, change => wanted.Contains((change.RunId, change.Number)));
            }

            return;
        }

        var changes = JournalContents.Read(this, JournalPath, Cancellation).Changes;
        var last = changes.LastOrDefault(change => change.Undoes.Count == 0)?.RunId;
        var patterns = RunId.Select(id => WildcardPattern.Get(id, WildcardOptions.IgnoreCase)).ToArray();
        Undo(changes, change => ParameterSetName switch
        {
            LastSet => change.RunId == last,
            RunSet => patterns.Any(pattern => pattern.IsMatch(change.RunId)),
            _ => change.Undoes.Count == 0,
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndRuns("Stopped");
        }

        base.Dispose(disposing);
    }

    private void Undo(IReadOnlyList<AclChange> changes, Func<AclChange, bool> isWanted)
    {
        _changes = changes;
        _selected = new HashSet<AclChange>(changes.Where(isWanted));

        // What is not known is looked up first, in every list, as an earlier undo may be among it.
        var lists = _selected.Select(JournalList.Of).Distinct().ToDictionary(list => list, Open);
        _planner = new UndoPlanner(changes, Force);
        foreach (var list in lists.Where(list => list.Value is null))
        {
            _planner.Stop([.. _selected.Where(change => JournalList.Of(change) == list.Key)]);
        }

        var parts = new Queue<IReadOnlyList<AclChange>>(_planner.GetParts(_selected.Where(UndoPlanner.HasEffect).ToArray()));
        while (parts.Count > 0)
        {
            var part = parts.Dequeue();
            _rest = parts.SelectMany(later => later);
            lists[JournalList.Of(part[0])]?.Invoke(part);
        }

        if (EndRuns("Completed") is { } failure)
        {
            WriteFailure(new AclException(failure.Kind, $"Outcomes of changes are missing in the journal. {failure.Message}", failure.RecommendedAction, failure), changes[0].JournalPath);
        }
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Undoes changes of the list; null where none can be undone.</returns>
    private Action<IReadOnlyList<AclChange>>? Open(JournalList list)
    {
        try
        {
            var definition = ResourceDefinitions.Find(list.Service, list.Resource) ?? throw new AclException(
                ErrorKind.ValidationFailed, $"This version of AclAdmin has no list '{DisplayText.Of(list.Resource)}' of '{DisplayText.Of(list.Service)}'. Nothing was sent.");
            _connection = _connections.TryGetValue(definition.Service, out var known)
                ? known
                : _connections[definition.Service] = WithLimits(ConnectionLookup.Find(definition.Service, Connection));
            Await(ListOrigin.FindAsync(_connection, Reporter, Cancellation));
            foreach (var run in _selected.Where(change => JournalList.Of(change) == list).Select(change => change.Run).Distinct())
            {
                run.Origin.Check(_connection);
            }

            _accountId = list.AccountId;
            return definition.Accept(this);
        }
        catch (AclException failure)
        {
            WriteFailure(failure, _selected.First(change => JournalList.Of(change) == list));
            return null;
        }
    }

    /// <inheritdoc/>
    Action<IReadOnlyList<AclChange>> IResourceDefinitionVisitor<Action<IReadOnlyList<AclChange>>>.Visit<T>(ResourceDefinition<T> definition)
    {
        var connection = _connection!;
        var client = definition.OpenClient(connection, _accountId);

        // Removing an item because it looks like one that was created is left to a person: by -Force, or by having had it identified.
        Await(ResolveAsync(client, change => Force || change.Action != ChangeAction.Create || !_selected.Contains(change)));
        if (!_selected.Any(change => ChangeResolver.IsOf(change, client) && UndoPlanner.HasEffect(change)))
        {
            return _ => { };
        }

        var undo = new UndoChanges<T>(client, Await(Snapshot.ReadAsync(client, Reporter, Cancellation)), Force);
        var options = new SessionOptions(null, ThrottleLimit, PassThru, WritesPresent: false) { WritesCreated = true };
        return part =>
        {
            var journal = IsWhatIf ? null : SessionJournal<T>.Open(this, part[0].JournalPath, connection, Cancellation, FindRun(connection, part[0].JournalPath));
            var settled = new UndoOutcomes<T>(_planner, undo, IsWhatIf);
            using var session = new ChangeSession<T>(this, Reporter, options, Cancellation, journal) { HasRows = true, Settled = settled.Note, Summary = { IsPreview = IsWhatIf } };
            new UndoRun<T>(session, _planner, undo, settled).Undo(part, plan => session.Ask(this, plan, () => IsApproved(plan)), WriteVerbose);
            session.WriteOutstanding();
            if (session.HasEnded)
            {
                UndoRun<T>.PostNotSent(session, _rest);
            }

            session.WriteAll();
        };
    }

    private async Task<bool> ResolveAsync<T>(IResourceClient<T> client, Func<AclChange, bool> isWanted)
        where T : ApiResource
    {
        await ChangeResolver.ResolveAsync(_changes, client, isWanted, notes: !IsWhatIf, Reporter, null, Cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>One run for all lists of a connection, so that the undo is undone by one id.</summary>
    private JournalRun FindRun(ApiConnection connection, string path) =>
        _runs.TryGetValue(connection, out var run) ? run : _runs[connection] = SessionJournal.Begin(this, path, connection);

    private AclException? EndRuns(string endedBy)
    {
        var failures = _runs.Values.Select(run => run.End(endedBy)).OfType<AclException>().ToArray();
        _runs.Clear();
        return failures.FirstOrDefault();
    }

    /// <summary>Force replaces the default confirmation; it never overrides -WhatIf or an explicit -Confirm.</summary>
    private bool IsApproved<T>(ChangePlan<T> plan)
        where T : ApiResource =>
        (Force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !IsWhatIf)
        || DifferencePreview.ShouldApply(this, plan.Target, plan.Operation, plan.Differences ?? []);
}
