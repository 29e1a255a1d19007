using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation.Language;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Completion;

/// <summary>Offers the runs of a journal, the latest first, by their start and their changes. Offers nothing where there is no journal.</summary>
public sealed class RunCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        return Offers.Fitting(wordToComplete, Read(fakeBoundParameters["JournalPath"] as string)
            .GroupBy(change => change.RunId, StringComparer.Ordinal)
            .Where(run => RequestPath.IsId(run.Key))
            .OrderByDescending(run => run.First().Run.StartedAt)
            .Select(run => new Offer(run.Key, Describe(run.First().Run, run.Count()))));
    }

    private static string Describe(AclChangeRun run, int changes) =>
        string.Format(CultureInfo.InvariantCulture, "{0:u} {1}, {2:N0} {3}", run.StartedAt, run.Command, changes, changes == 1 ? "change" : "changes");

    /// <summary>Through the cmdlet, which finds the journal as the completed call will.</summary>
    private static Collection<AclChange> Read(string? journalPath)
    {
        using var engine = PowerShell.Create(RunspaceMode.CurrentRunspace);
        engine.AddCommand("Get-AclChange").AddParameter("WarningAction", ActionPreference.Ignore).AddParameter("ErrorAction", ActionPreference.Ignore);
        if (!string.IsNullOrEmpty(journalPath))
        {
            engine.AddParameter("JournalPath", journalPath);
        }

        try
        {
            return engine.Invoke<AclChange>();
        }
        catch (RuntimeException)
        {
            return [];
        }
    }
}
