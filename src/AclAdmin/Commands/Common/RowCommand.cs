using System;
using System.Collections.Generic;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Runs;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that makes one change of each row, or one of its arguments.</summary>
/// <typeparam name="T">What it changes.</typeparam>
public abstract class RowCommand<T> : ChangeCommand<T>
    where T : ApiResource
{
    private readonly HashSet<string> _deprecated = new(StringComparer.Ordinal);
    private long _rowsRead;

    /// <summary>Accepts a run without rows, which otherwise ends with a warning.</summary>
    [Parameter]
    public SwitchParameter AllowEmpty { get; set; }

    /// <summary>Processes a row, an array of rows, or the arguments.</summary>
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
        else if (RowColumns.In(InputObject?.BaseObject) is { } rows)
        {
            // Given as an argument, and not one by one: how many there are is known.
            Session.TotalRows = rows.Count;
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
        WarnOfNoRows();
        Session.WriteAll();
    }

    /// <summary>An export that failed has no rows either, and must not look like success.</summary>
    private void WarnOfNoRows()
    {
        if (Session.Summary.Rows > 0 || Session.HasEnded || !(MyInvocation.ExpectingInput || ParameterSetName == RowSet))
        {
            return;
        }

        Session.HasRows = true;
        if (!AllowEmpty)
        {
            WriteWarning("There were no rows, so nothing was sent. Check that the file has rows and that the command before this one succeeded; -AllowEmpty accepts a run without rows.");
        }
    }

    private void CountRejected()
    {
        var rejected = CountNewRejections();
        if (rejected > 0)
        {
            _rowsRead += rejected;
            Session.Summary.CountRejected(rejected);
        }
    }

    /// <summary>What a call without rows is for: one target for each id.</summary>
    private protected virtual IReadOnlyList<string?> ArgumentTargets() => Ids.Count == 0 ? [null] : Ids;

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

    /// <summary>Posts a plan if it has a change and is confirmed.</summary>
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
        else if (plan.RepeatOf is { IsApproved: true } || Session.Ask(this, plan, () => ShouldApply(plan)))
        {
            plan.IsApproved = true;
            ForgetState(plan.Change);
            if (plan.Collect is { } collect)
            {
                collect();
            }
            else
            {
                Session.Post(plan.Change);
            }
        }
        else if (!Session.HasEnded)
        {
            Session.Post(ChangeOutcome<T>.Skipped(plan.Change));
        }
    }

    /// <summary>Whether the change is wanted, by -WhatIf and -Confirm.</summary>
    private protected virtual bool ShouldApply(ChangePlan<T> plan) => ShouldProcess(plan.Target, plan.Operation);

    /// <summary>Warns of suspicious values that are to be sent, and once of each deprecated field.</summary>
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

    /// <summary>Plans a row, or what the command line specifies for an id where there are no rows; then writes what has ended by now.</summary>
    private void ProcessRow(ChangeRow row, PSObject? columns)
    {
        Session.Summary.Rows++;
        Session.HasRows |= row.Number > 0;
        if (Session.HasEnded && Reader.IsBlank(columns))
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
    /// The boundary around reading and planning a row: any failure of a row's properties is that row's error. In here there is no confirmation, and
    /// nothing is written.
    /// </summary>
    private bool TryPlan(ChangeRow row, PSObject? columns, out ChangePlan<T>? plan)
    {
        plan = null;
        AclException failure;
        try
        {
            var content = row.Number == 0 ? Reader.ReadCommandLine(row.Value as string ?? "") : Reader.Read(columns);
            if (content.IsBlank)
            {
                PassOver(row);
                return false;
            }

            var client = FindClient(content.AccountId);
            if (MatchesByField && row.Number > 0)
            {
                Planner.RemoveForeignId(content, client);
            }

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
