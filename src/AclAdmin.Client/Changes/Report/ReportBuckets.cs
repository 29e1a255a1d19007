using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Client.Changes.Report;

/// <summary>Changes counted over time, by minutes, hours, days or months: the smallest unit that gives a chart no more bars than people can read.</summary>
internal sealed class ReportBuckets
{
    /// <summary>The most bars that a chart shows: more cannot be distinguished.</summary>
    public const int MaxBars = 72;

    private static readonly Unit[] Units =
    [
        new("minute", "yyyy-MM-dd HH:mm", TimeSpan.FromMinutes(MaxBars - 1), time => time.Date.AddMinutes(Math.Floor(time.TimeOfDay.TotalMinutes)), time => time.AddMinutes(1)),
        new("hour", "yyyy-MM-dd HH:00", TimeSpan.FromHours(MaxBars - 1), time => time.Date.AddHours(time.Hour), time => time.AddHours(1)),
        new("day", "yyyy-MM-dd", TimeSpan.FromDays(MaxBars - 1), time => time.Date, time => time.AddDays(1)),
        new("month", "yyyy-MM", TimeSpan.FromDays(30 * (MaxBars - 2)), time => Day(time.Year, time.Month), time => time.AddMonths(1)),
        new("year", "yyyy", TimeSpan.FromDays(365 * (MaxBars - 2)), time => Day(time.Year, 1), time => time.AddYears(1)),
    ];

    private readonly Unit _unit;

    private ReportBuckets(Unit unit, IReadOnlyList<Bucket> bars)
    {
        _unit = unit;
        Bars = bars;
    }

    /// <summary>The unit of time that a bar stands for.</summary>
    public string UnitName => _unit.Name;

    /// <summary>The bars in chronological order, including empty ones; none without changes.</summary>
    public IReadOnlyList<Bucket> Bars { get; }

    /// <summary>Counts changes.</summary>
    public static ReportBuckets Of(IReadOnlyCollection<AclChange> changes)
    {
        if (changes.Count == 0)
        {
            return new ReportBuckets(Units[0], []);
        }

        var first = changes.Min(change => change.Time);
        var last = changes.Max(change => change.Time);
        var unit = Units.FirstOrDefault(candidate => last - first < candidate.Longest) ?? Units[Units.Length - 1];
        var counted = changes.GroupBy(change => unit.Floor(change.Time)).ToDictionary(
            group => group.Key, group => group.GroupBy(change => change.State).ToDictionary(states => states.Key, states => states.Count()));
        var bars = new List<Bucket>();
        for (var start = unit.Floor(first); ; start = unit.Next(start))
        {
            // A damaged time may be centuries away: empty bars are then omitted.
            if (counted.TryGetValue(start, out var states) || last - first < unit.Longest)
            {
                bars.Add(new Bucket(start, states ?? []));
            }

            if (start >= unit.Floor(last))
            {
                break;
            }
        }

        return new ReportBuckets(unit, bars);
    }

    /// <summary>The label of a bar.</summary>
    public string Label(Bucket bar) => ReportTime.Format(bar.Start, _unit.Format);

    private static DateTime Day(int year, int month) => new(year, month, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A unit of time.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Format">The format of its label.</param>
    /// <param name="Longest">The longest span that gives few enough of them.</param>
    /// <param name="Floor">Returns the start of the one that contains a time.</param>
    /// <param name="Next">Returns the start of the next one.</param>
    private sealed record Unit(string Name, string Format, TimeSpan Longest, Func<DateTime, DateTime> Floor, Func<DateTime, DateTime> Next);
}

/// <summary>The changes of one unit of time.</summary>
/// <param name="Start">When it begins, in UTC.</param>
/// <param name="ByState">The number of changes in each state; states that did not occur are missing.</param>
internal sealed record Bucket(DateTime Start, IReadOnlyDictionary<AclChangeState, int> ByState)
{
    /// <summary>How many changes there are in all.</summary>
    public int Total => ByState.Values.Sum();
}
