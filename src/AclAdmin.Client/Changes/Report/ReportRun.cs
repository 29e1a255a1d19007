using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Client.Changes.Report;

/// <summary>A run with those of its changes that a report shows.</summary>
/// <param name="Number">Its number in the report, from 1.</param>
/// <param name="Run">The run.</param>
/// <param name="Changes">Its changes, in their order.</param>
internal sealed record ReportRun(int Number, AclChangeRun Run, IReadOnlyList<AclChange> Changes)
{
    /// <summary>When it began; where its head is damaged, when its first change was recorded.</summary>
    public DateTime StartedAt => Run.StartedAt ?? Changes[0].Time;

    /// <summary>What it was: the cmdlet.</summary>
    public string Command => Run.Command.Length > 0 ? Run.Command : "A run whose head is damaged";

    /// <summary>Who made it: the user and the machine.</summary>
    public string Who => string.Join(" on ", new[] { Run.User, Run.Host }.Where(part => part.Length > 0));

    /// <summary>The accounts of its changes.</summary>
    public IReadOnlyList<string> Accounts => Changes.Select(change => change.AccountId).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>Sorts changes by their runs, both in the order in which they first appear. A change that comes twice counts once.</summary>
    public static IReadOnlyList<ReportRun> Of(IEnumerable<AclChange> changes) => changes
        .GroupBy(change => change.RunId, StringComparer.Ordinal)
        .Select((run, index) => new ReportRun(index + 1, run.First().Run, run.GroupBy(change => change.Number).Select(same => same.Last()).ToArray()))
        .ToArray();
}
