using System;
using System.Diagnostics;
using System.Globalization;
using AclAdmin.Client.Changes;

namespace AclAdmin.Runs;

/// <summary>Counts how rows ended: rows = created + changed + removed + unchanged + skipped + failed + unknown. Where rows describe a whole list, the removals of what no row names come on top.</summary>
internal sealed class RunSummary
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Whether the run only shows what it would do, so that what is skipped is what would change.</summary>
    public bool IsPreview { get; set; }

    /// <summary>Rows that were read.</summary>
    public long Rows { get; set; }

    /// <summary>Rows whose item the service created.</summary>
    public long Created { get; private set; }

    /// <summary>Rows whose change the service applied.</summary>
    public long Changed { get; private set; }

    /// <summary>Rows whose item the service removed.</summary>
    public long Removed { get; private set; }

    /// <summary>Rows that had nothing to change.</summary>
    public long Unchanged { get; private set; }

    /// <summary>Rows that became an error record, those that were not sent included.</summary>
    public long Failed { get; private set; }

    /// <summary>Rows that were skipped, by <c>-WhatIf</c> or a "no" at <c>-Confirm</c>.</summary>
    public long Skipped { get; private set; }

    /// <summary>Those of them that would be removed: where rows describe a list, removals have no row.</summary>
    private long SkippedRemovals { get; set; }

    /// <summary>Rows that were sent and whose outcome is not known.</summary>
    public long Unknown { get; private set; }

    /// <summary>Rows that have ended.</summary>
    public long Done => Created + Changed + Removed + Unchanged + Failed + Skipped + Unknown;

    /// <summary>Whether the service certainly has nothing of the run.</summary>
    public bool HasChangedNothing => Created + Changed + Removed + Unknown == 0;

    /// <summary>Time since the first row.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Counts rows that ended together.</summary>
    public void Count(ChangeStatus status, ChangeAction action, int rows)
    {
        switch (status)
        {
            case ChangeStatus.Changed when action == ChangeAction.Create:
                Created += rows;
                break;
            case ChangeStatus.Changed when action == ChangeAction.Delete:
                Removed += rows;
                break;
            case ChangeStatus.Changed:
                Changed += rows;
                break;
            case ChangeStatus.Unchanged:
                Unchanged += rows;
                break;
            case ChangeStatus.Skipped:
                Skipped += rows;
                SkippedRemovals += action == ChangeAction.Delete ? rows : 0;
                break;
            case ChangeStatus.Unknown:
                Unknown += rows;
                break;
            default:
                Failed += rows;
                break;
        }
    }

    /// <summary>Counts rows that the engine itself rejected.</summary>
    public void CountRejected(int rows)
    {
        Rows += rows;
        Failed += rows;
    }

    /// <summary>The line that closes a run. Counts of what a cmdlet cannot do, and unknown outcomes where there are none, are left out.</summary>
    /// <param name="action">What the cmdlet does; null for one that does all of it.</param>
    /// <param name="requests">How many requests were sent.</param>
    /// <param name="repeats">How many of them were repeats.</param>
    public string Summarize(ChangeAction? action, long requests, long repeats)
    {
        var applied = action switch
        {
            null when IsPreview => $"{Format(Skipped - SkippedRemovals, "would change")}, {Format(SkippedRemovals, "would be removed")}",
            _ when IsPreview => Format(Skipped, "would change"),
            ChangeAction.Create => Format(Created, "created") + (Changed > 0 ? ", " + Format(Changed, "changed") : ""),
            ChangeAction.Delete => Format(Removed, "removed"),
            null => $"{Format(Created, "created")}, {Format(Changed, "changed")}, {Format(Removed, "removed")}",
            _ => Format(Changed, "changed"),
        };
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1}, {2:#,0} unchanged, {3:#,0} failed{4}{5} in {6} ({7}, {8:#,0} repeated)",
            FormatCount(Rows, "row"),
            applied,
            Unchanged,
            Failed,
            IsPreview ? "" : ", " + Format(Skipped, "skipped"),
            Unknown > 0 ? ", " + Format(Unknown, "unknown") : "",
            FormatDuration(Elapsed),
            FormatCount(requests, "request"),
            repeats);
    }

    /// <summary>The line that stands beside a progress bar.</summary>
    public string Describe() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:#,0} rows done: {1:#,0} applied, {2:#,0} unchanged, {3:#,0} failed ({4:#,0.0} a second)",
        Done,
        Created + Changed + Removed,
        Unchanged,
        Failed + Unknown,
        Done / Math.Max(0.001, Elapsed.TotalSeconds));

    private static string Format(long count, string what) => count.ToString("#,0", CultureInfo.InvariantCulture) + " " + what;

    private static string FormatCount(long count, string noun) => Format(count, count == 1 ? noun : noun + "s");

    private static string FormatDuration(TimeSpan duration) => duration.TotalSeconds < 100
        ? duration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : $"{(int)duration.TotalMinutes} min {duration.Seconds} s";
}
