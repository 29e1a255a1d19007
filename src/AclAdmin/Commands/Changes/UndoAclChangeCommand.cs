using System;
using System.Collections.Generic;
using System.Linq;
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
[Cmdlet(VerbsCommon.Undo, "AclChange", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = LastSet)]
[OutputType(typeof(ApiResource))]
[RequiresPermission(RequiresPermissionAttribute.OfChanges)]
public sealed class UndoAclChangeCommand : ConnectedCommand, IResourceDefinitionVisitor<bool>
{
    private const string LastSet = "Last";
    private const string RunSet = "Run";
    private const string AllSet = "All";
    private const string ChangeSet = "Change";

    private readonly List<AclChange> _piped = [];
    private ApiConnection? _connection;
    private IReadOnlyList<AclChange> _changes = [];
    private HashSet<AclChange> _selected = [];
    private string? _accountId;

    /// <summary>The journal; without it, that of a connection, or the environment's.</summary>
    [Parameter(ParameterSetName = LastSet)]
    [Parameter(ParameterSetName = RunSet)]
    [Parameter(ParameterSetName = AllSet)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Undoes the latest run that is no undo itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet)]
    public SwitchParameter Last { get; set; }

    /// <summary>Undoes these runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet)]
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

    /// <summary>Undoes them, list by list.</summary>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ChangeSet)
        {
            foreach (var journal in _piped.GroupBy(change => change.JournalPath, StringComparer.Ordinal))
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

    private void Undo(IReadOnlyList<AclChange> changes, Func<AclChange, bool> isWanted)
    {
        _selected = new HashSet<AclChange>(changes.Where(isWanted));
        _changes = changes;
        foreach (var list in _selected.GroupBy(change => (change.Service, change.Run.Address, change.Resource, change.AccountId)).ToArray())
        {
            var (service, address, resource, account) = list.Key;
            try
            {
                var definition = ResourceDefinitions.Find(service, resource) ?? throw new AclException(
                    ErrorKind.ValidationFailed, $"This version of AclAdmin has no list '{DisplayText.Of(resource)}' of '{DisplayText.Of(service)}'. Nothing was sent.");
                _connection = WithLimits(ConnectionLookup.Find(definition.Service, Connection));
                if (_connection.BaseUri.ToString() != address)
                {
                    throw new AclException(
                        ErrorKind.ValidationFailed,
                        $"The changes were made at {DisplayText.Of(address)}, and the connection '{_connection.Name}' goes to {_connection.BaseUri}. Nothing was sent.",
                        "Specify a connection to that address with -Connection.");
                }

                _accountId = account;
                definition.Accept(this);
            }
            catch (AclException failure)
            {
                WriteFailure(failure, list.First());
            }
        }
    }

    /// <inheritdoc/>
    bool IResourceDefinitionVisitor<bool>.Visit<T>(ResourceDefinition<T> definition)
    {
        var client = definition.OpenClient(_connection!, _accountId);
        var changes = _changes.Where(change => change.Resource == definition.Name && change.AccountId == _accountId && change.Run.Address == _connection!.BaseUri.ToString()).ToArray();
        if (!IsWhatIf)
        {
            Await(new UnknownChanges(changes, _connection!, _accountId, Reporter, Cancellation).Visit(definition));
        }

        var selected = changes.Where(_selected.Contains).Where(change => change.State is AclChangeState.Applied or AclChangeState.Unknown).ToArray();
        if (selected.Length == 0)
        {
            return true;
        }

        var items = Await(Snapshot.ReadAsync(client, Reporter, Cancellation));
        var journal = IsWhatIf ? null : SessionJournal<T>.Open(this, selected[0].JournalPath, _connection!, Cancellation, []);
        using var session = new ChangeSession<T>(
            this, Reporter, new SessionOptions(null, ThrottleLimit, PassThru, WritesPresent: false) { WritesCreated = true }, Cancellation, journal)
        { HasRows = true };
        session.Summary.Rows += selected.Length;
        foreach (var change in selected.Where(change => change.UndoneBy is not null))
        {
            WriteVerbose($"The change {change.Number} of the run {change.RunId} is undone already: unchanged.");
            session.Post(ChangeOutcome<T>.Unchanged(RowOf<T>(change)));
        }

        foreach (var change in selected.Where(change => change is { State: AclChangeState.Unknown, UndoneBy: null }))
        {
            var unclear = new AclException(
                ErrorKind.Drifted,
                ChangeResolver.IsOpen(change)
                    ? $"The outcome of the change to {change.Id} is not known, and the service shows neither the state before nor the one after. Nothing was sent."
                    : $"The run {change.RunId} that makes the change to {change.Id} is still under way. Nothing was sent.",
                ChangeResolver.IsOpen(change) ? "Look at the item, and restore it by hand." : "Undo the change when that run has ended.");
            session.Post(ChangeOutcome<T>.Failed(RowOf<T>(change), unclear));
        }

        var open = selected.Where(change => change is { State: AclChangeState.Applied, UndoneBy: null }).ToArray();
        var plans = UndoPlanner.Plan(client.Resource, changes, open, Force, out var refusals);
        foreach (var refusal in refusals)
        {
            session.Post(ChangeOutcome<T>.Failed(RowOf<T>(refusal.Change), refusal.Reason));
        }

        var undo = new UndoChanges<T>(client, items, Force);
        foreach (var plan in plans)
        {
            Post(session, undo, plan);
            session.WriteReady();
        }

        session.WriteAll();
        return true;
    }

    private static Change<T> RowOf<T>(AclChange change)
        where T : ApiResource => new(new ChangeRow(change, 0)) { Id = change.Id };

    private void Post<T>(ChangeSession<T> session, UndoChanges<T> undo, UndoPlan plan)
        where T : ApiResource
    {
        ChangePlan<T> change;
        try
        {
            change = undo.Plan(plan);
        }
        catch (AclException failure)
        {
            session.Post(ChangeOutcome<T>.Failed(new Change<T>(plan.Changes.Select(undone => new ChangeRow(undone, 0)).ToArray()), failure));
            return;
        }

        if (session.HasEnded)
        {
            session.Post(ChangeOutcome<T>.NotSent(change.Change));
        }
        else if (change.IsEmpty)
        {
            session.Post(ChangeOutcome<T>.Unchanged(change.Change, change.Present));
        }
        else if (session.Ask(this, change, () => IsApproved(change)))
        {
            session.Post(change.Change);
        }
        else if (!session.HasEnded)
        {
            session.Post(ChangeOutcome<T>.Skipped(change.Change));
        }
    }

    /// <summary>Force replaces the default confirmation; it never overrides -WhatIf or an explicit -Confirm.</summary>
    private bool IsApproved<T>(ChangePlan<T> plan)
        where T : ApiResource =>
        (Force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !IsWhatIf)
        || DifferencePreview.ShouldApply(this, plan.Target, plan.Operation, plan.Differences ?? []);
}
