using System;
using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Resources;
using AclAdmin.Completion;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that brings a list into the state that its rows describe. The rows wait until the input has ended; then the list is read, once.</summary>
/// <typeparam name="T">The items of the list.</typeparam>
public abstract class SyncCommand<T> : FieldRowCommand<T>
    where T : ApiResource
{
    /// <summary>The parameter set of a call that carries out a saved plan.</summary>
    private protected const string PlanSet = "Plan";

    private readonly List<DesiredRow> _rows = [];
    private IResourceClient<T>? _client;
    private SyncOptions? _options;
    private AclPlan? _plan;
    private AclPlan? _saved;
    private string? _file;
    private int _unread;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>What tells the item of a row; without it the id where a row has one, and elsewhere the address, pattern, domain or name.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string? Key { get; set; }

    /// <summary>Removes the items that no row names.</summary>
    [Parameter(ParameterSetName = RowSet)]
    public SwitchParameter RemoveUnlisted { get; set; }

    /// <summary>How many items may be removed: a number, or a percentage of the managed ones.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string MaxRemove { get; set; } = RemovalLimit.Default;

    /// <summary>Saves the plan in this file, and sends nothing.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>Carries out the plan of this file, or refuses it where the list has changed since.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    public string? ApplyPlan { get; set; }

    /// <summary>Does not ask before removals; -WhatIf still only shows, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // What the rows are read for; the changes have actions of their own.
    private protected override ChangeAction Action => ChangeAction.Update;

    private protected override ChangeAction? CountedAction => null;

    private protected override bool ComparesFirst => true;

    private protected override bool SendsNothing => IsWhatIf || PlanPath is not null;

    // What comes out is the plan.
    private protected override bool WritesResults => false;

    private bool IsAskedFor => MyInvocation.BoundParameters.ContainsKey("Confirm");

    /// <summary>Checks what does not depend on rows.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _options = new SyncOptions(SyncKey.Find(Definition.Resource, Key), RemoveUnlisted, RemovalLimit.Parse(MaxRemove));
            _file = (PlanPath ?? ApplyPlan) is { } path ? FileLocation.Resolve(this, path, Unusable) : null;
            _saved = ApplyPlan is null ? null : AclPlanFile.Load(_file!);
        }
        catch (AclException contradiction)
        {
            ThrowTerminatingError(ErrorRecords.From(contradiction, null));
        }

        base.BeginProcessing();
    }

    /// <summary>Collects rows. A saved plan has none.</summary>
    protected override void ProcessRecord()
    {
        if (_saved is null)
        {
            base.ProcessRecord();
        }
    }

    /// <summary>Plans and carries out what the rows describe, and writes the plan.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (PassThru && _plan is not null)
        {
            WriteObject(_plan);
        }
    }

    private protected override ChangePlan<T>? PlanRow(RowContent content, IResourceClient<T> client, ChangeRow row)
    {
        _client ??= client;
        if (!ReferenceEquals(_client, client))
        {
            throw new AclException(
                ErrorKind.ValidationFailed,
                $"The rows before are for the account {_client.AccountId}, and this one is for {client.AccountId}: a run keeps one list. Nothing was sent for this row.",
                "Run the rows of each account on their own.");
        }

        _rows.Add(new DesiredRow(content, row));
        return null;
    }

    private protected override void OnRowFailed() => _unread++;

    private protected override void PostCollected()
    {
        if (Session.HasEnded)
        {
            PostRows(row => ChangeOutcome<T>.NotSent(new Change<T>(row)));
            return;
        }

        if (_saved is not null)
        {
            PostSaved(_saved);
            return;
        }

        if (Session.Summary.Rows == 0 && RemoveUnlisted)
        {
            // An empty file must not empty a list.
            ThrowTerminatingError(ErrorRecords.From(
                new AclException(
                    ErrorKind.ValidationFailed, $"There are no rows, and -RemoveUnlisted would remove every {Definition.Resource.Noun}. Nothing was sent.", "Check the file."),
                null));
        }

        if (_client is not null && TryPlanAll(_client) is { } plan)
        {
            Post(plan, _client);
        }
    }

    private SyncPlan<T>? TryPlanAll(IResourceClient<T> client)
    {
        try
        {
            return new SyncPlanner<T>(Definition, _options!, States).Plan(client, _rows, _unread);
        }
        catch (AclException refused) when (refused.Kind == ErrorKind.TooManyRemovals)
        {
            ThrowTerminatingError(ErrorRecords.From(refused, null));
            throw;
        }
        catch (AclException unreadable)
        {
            // A list that was not read to its end says nothing about what is missing in it.
            PostRows(row => ChangeOutcome<T>.Failed(new Change<T>(row), unreadable));
            return null;
        }
    }

    private void PostSaved(AclPlan saved)
    {
        try
        {
            var client = FindClient(Account);
            var plan = new SavedPlan<T>(Definition, States).Prepare(client, saved);
            _plan = saved;
            Session.HasRows = true;
            Session.Summary.Rows += plan.Steps.Count;
            PostSteps(plan);
        }
        catch (AclException refused)
        {
            ThrowTerminatingError(ErrorRecords.From(refused, ApplyPlan));
        }
    }

    private void PostRows(Func<ChangeRow, ChangeOutcome<T>> outcomeOf)
    {
        foreach (var row in _rows)
        {
            Session.Post(outcomeOf(row.Row));
            Session.WriteReady();
        }
    }

    private void Post(SyncPlan<T> plan, IResourceClient<T> client)
    {
        _plan = AclPlan.Of(plan, client, _options!.Key, DateTime.UtcNow);
        SyncWarnings.Write(this, plan, Definition.Resource);
        PostSteps(plan);
        if (SendsNothing)
        {
            SummaryLine.Write(this, plan.Counts.ToString());
        }

        if (PlanPath is not null && ShouldProcess(_file, "Save the plan"))
        {
            Save(_plan);
        }
    }

    private void Save(AclPlan plan)
    {
        try
        {
            AclPlanFile.Save(_file!, plan);
        }
        catch (AclException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, PlanPath));
        }
    }

    private static AclException Unusable(string path, string reason, Exception? inner) => new(
        ErrorKind.PlanFailed, $"The plan '{DisplayText.Of(path)}' cannot be a file: {reason}. Nothing was sent.", "Specify the path of a file.", inner);

    private void PostSteps(SyncPlan<T> plan)
    {
        var refused = 0;
        foreach (var step in plan.Steps)
        {
            if (step.Plan is not null)
            {
                AskAndPost(step.Plan);
            }
            else
            {
                refused += step.IsNotManaged ? 1 : 0;
                Session.Post(ChangeOutcome<T>.Failed(new Change<T>(step.Row.Row), step.Failure!));
            }

            Session.WriteReady();
        }

        PostRemovals(plan.Removals, refused);
    }

    /// <summary>Removals come last, and only where everything before has worked: a failed create must not leave a removal behind that belongs to it.</summary>
    private void PostRemovals(IReadOnlyList<ChangePlan<T>> removals, int refused)
    {
        if (removals.Count == 0)
        {
            return;
        }

        Session.WriteOutstanding();
        if (Session.HasEnded || Session.Summary.Failed + Session.Summary.Unknown > refused)
        {
            WriteWarning(SyncWarnings.Withheld(removals.Count, Definition.Resource, "as changes before them failed"));
            return;
        }

        foreach (var removal in removals)
        {
            Session.Summary.Rows++;
            AskAndPost(removal);
            Session.WriteReady();
        }
    }

    private protected override bool ShouldApply(ChangePlan<T> plan)
    {
        if (PlanPath is not null && !IsWhatIf)
        {
            // Nobody is asked about what is only saved.
            WriteVerbose($"{plan.Operation} on {plan.Target}: {string.Join("; ", plan.Differences ?? [])}");
            return false;
        }

        if (!base.ShouldApply(plan))
        {
            return false;
        }

        // The cmdlet asks for changes as Set- does, and for removals as Remove- does: also where nobody wants to be asked about changes.
        return plan.Change.Action != ChangeAction.Delete || Force || IsAskedFor || IsConfirmed || IsNeverAsked
            || ShouldContinue($"{plan.Operation} {plan.Target}?", "Confirm", hasSecurityImpact: true, ref _yesToAll, ref _noToAll);
    }

    private bool IsNeverAsked => GetVariableValue("ConfirmPreference") is { } preference
        && LanguagePrimitives.TryConvertTo<ConfirmImpact>(preference, out var threshold)
        && threshold == ConfirmImpact.None;
}
