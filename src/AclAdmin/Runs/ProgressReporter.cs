using System;
using System.Diagnostics;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>Shows how far a run is: at most four times a second, and not at all where no person can watch.</summary>
internal sealed class ProgressReporter
{
    private const int Activity = 1_917_002;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Cmdlet _cmdlet;
    private readonly string _title;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private bool _isShown;

    /// <summary>Reports through a cmdlet.</summary>
    public ProgressReporter(Cmdlet cmdlet, string title)
    {
        _cmdlet = cmdlet;
        _title = title;
    }

    /// <summary>How many rows there are in all; null where rows still come.</summary>
    public long? Total { get; set; }

    /// <summary>Shows the progress, if an update is due.</summary>
    public void Show(RunSummary summary)
    {
        if (!Audience.IsWatching || _sinceLast.Elapsed < Interval)
        {
            return;
        }

        _sinceLast.Restart();
        _isShown = true;
        var record = new ProgressRecord(Activity, _title, summary.Describe());
        if (Total is { } total && total > 0)
        {
            record.PercentComplete = (int)Math.Min(100, summary.Done * 100 / total);
            record.SecondsRemaining = summary.Done == 0 ? -1 : (int)(summary.Elapsed.TotalSeconds * (total - summary.Done) / summary.Done);
        }

        _cmdlet.ShowProgress(record);
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            _isShown = false;
            _cmdlet.ShowProgress(new ProgressRecord(Activity, _title, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
