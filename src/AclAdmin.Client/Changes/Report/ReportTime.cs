using System;
using System.Globalization;

namespace AclAdmin.Client.Changes.Report;

/// <summary>How a report shows times: in UTC, the same in every culture.</summary>
internal static class ReportTime
{
    /// <summary>For people, to the second.</summary>
    public const string Second = "yyyy-MM-dd HH:mm:ss";

    /// <summary>For people, where the day is clear.</summary>
    public const string OfDay = "HH:mm:ss";

    /// <summary>For programs.</summary>
    public const string Iso = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>The time as a text.</summary>
    public static string Format(DateTime time, string format) => time.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A count as a text.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
