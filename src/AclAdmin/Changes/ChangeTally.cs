using System;
using System.Diagnostics;
using System.Globalization;
using AclAdmin.Client.Changes;

namespace AclAdmin.Changes;

/// <summary>Counts how rows ended, and says it in a line.</summary>
internal sealed class ChangeTally
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Rows that were taken.</summary>
    public long Rows { get; set; }

    /// <summary>Rows that the service carried out.</summary>
    public long Changed { get; private set; }

    /// <summary>Rows that had nothing to change.</summary>
    public long Unchanged { get; private set; }

    /// <summary>Rows that became an error record.</summary>
    public long Failed { get; private set; }

    /// <summary>Rows that were not wanted.</summary>
    public long Skipped { get; private set; }

    /// <summary>Rows that have ended.</summary>
    public long Done => Changed + Unchanged + Failed + Skipped;

    /// <summary>Time since the first row.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Counts rows that ended together.</summary>
    public void Count(ChangeStatus status, int rows)
    {
        switch (status)
        {
            case ChangeStatus.Changed:
                Changed += rows;
                break;
            case ChangeStatus.Unchanged:
                Unchanged += rows;
                break;
            case ChangeStatus.Skipped:
                Skipped += rows;
                break;
            default:
                Failed += rows;
                break;
        }
    }

    /// <summary>The line that closes a run.</summary>
    public string Summarize(long requests, long repeats) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1:#,0} changed, {2:#,0} unchanged, {3:#,0} failed, {4:#,0} skipped in {5} ({6}, {7:#,0} repeated)",
        FormatCount(Rows, "row"),
        Changed,
        Unchanged,
        Failed,
        Skipped,
        FormatDuration(Elapsed),
        FormatCount(requests, "request"),
        repeats);

    /// <summary>The line that stands beside a progress bar.</summary>
    public string Describe() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:#,0} rows done: {1:#,0} changed, {2:#,0} unchanged, {3:#,0} failed ({4:#,0.0} a second)",
        Done,
        Changed,
        Unchanged,
        Failed,
        Done / Math.Max(0.001, Elapsed.TotalSeconds));

    private static string FormatCount(long count, string noun) => count.ToString("#,0", CultureInfo.InvariantCulture) + (count == 1 ? $" {noun}" : $" {noun}s");

    private static string FormatDuration(TimeSpan duration) => duration.TotalSeconds < 100
        ? duration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : $"{(int)duration.TotalMinutes} min {duration.Seconds} s";
}
