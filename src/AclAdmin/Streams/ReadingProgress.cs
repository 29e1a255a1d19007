using System;
using System.Diagnostics;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Streams;

/// <summary>Shows how far the reading of a list is: at most four times a second, not for a single page, and not where no person can watch.</summary>
/// <param name="cmdlet">The cmdlet that reads.</param>
internal sealed class ReadingProgress(Cmdlet cmdlet)
{
    private const int Activity = 1_917_003;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private volatile ListReading? _latest;
    private ListReading? _shown;

    /// <summary>Keeps how far a reading is. Called on any thread.</summary>
    public void Report(ListReading reading) => _latest = reading;

    /// <summary>Shows what was reported last. Called on the pipeline's thread.</summary>
    public void Show()
    {
        if (_latest is not { } reading || ReferenceEquals(reading, _shown))
        {
            return;
        }

        if (reading.IsEnded)
        {
            if (_shown is { } last)
            {
                _shown = null;
                cmdlet.ShowProgress(new ProgressRecord(Activity, TitleOf(last), "Done") { RecordType = ProgressRecordType.Completed });
            }
        }
        else if (Audience.IsWatching && _sinceLast.Elapsed >= Interval && (_shown is not null || !(reading.Read >= reading.Total)))
        {
            _sinceLast.Restart();
            _shown = reading;
            cmdlet.ShowProgress(RecordOf(reading));
        }
    }

    private static ProgressRecord RecordOf(ListReading reading)
    {
        var record = new ProgressRecord(Activity, TitleOf(reading), FormattableString.Invariant($"{reading.Read:#,0} read"));
        if (reading.Total is { } total && total >= reading.Read && total > 0)
        {
            record.StatusDescription = FormattableString.Invariant($"{reading.Read:#,0} of {total:#,0} read");
            record.PercentComplete = (int)(reading.Read * 100 / total);
        }

        return record;
    }

    private static string TitleOf(ListReading reading) => $"Reading {reading.Items}";
}
