using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace AclAdmin.Streams;

/// <summary>
/// The times of results as PowerShell shows them: still a <see cref="DateTime"/> in UTC, to compare and to calculate with, but as text ISO 8601 with zone and
/// fraction in every culture. Export-Csv writes that text, so an export is read alike on every machine.
/// </summary>
public static class ExportedTimes
{
    private static readonly ConcurrentDictionary<(Type Type, string Name), PropertyInfo> Properties = new();

    private static readonly MethodInfo Text = typeof(ExportedTimes).GetMethod(nameof(ToText))!;

    /// <summary>The property of this name.</summary>
    public static PSObject? CreatedAt(PSObject item) => Find(item, nameof(CreatedAt));

    /// <summary>The property of this name.</summary>
    public static PSObject? EndedAt(PSObject item) => Find(item, nameof(EndedAt));

    /// <summary>The property of this name.</summary>
    public static PSObject? ExpiresAt(PSObject item) => Find(item, nameof(ExpiresAt));

    /// <summary>The property of this name.</summary>
    public static PSObject? ExpiresOn(PSObject item) => Find(item, nameof(ExpiresOn));

    /// <summary>The property of this name.</summary>
    public static PSObject? LastCheckedAt(PSObject item) => Find(item, nameof(LastCheckedAt));

    /// <summary>The property of this name.</summary>
    public static PSObject? ModifiedAt(PSObject item) => Find(item, nameof(ModifiedAt));

    /// <summary>The property of this name.</summary>
    public static PSObject? StartedAt(PSObject item) => Find(item, nameof(StartedAt));

    /// <summary>The property of this name.</summary>
    public static PSObject? Time(PSObject item) => Find(item, nameof(Time));

    /// <summary>A time as the services write it: <c>2014-01-01T05:20:00.12345Z</c>, without zeros at the end of the fraction; or in a format of the caller's.</summary>
    /// <param name="time">The time.</param>
    /// <param name="arguments">None, or what <see cref="DateTime"/> itself accepts: a format, a provider, or both.</param>
    public static string ToText(PSObject time, params object[] arguments)
    {
        var value = (DateTime)time.BaseObject;
        var format = arguments.Length == 0 ? "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ" : arguments[0] as string;
        var provider = arguments.Length == 0 ? CultureInfo.InvariantCulture : arguments[arguments.Length - 1] as IFormatProvider;
        return value.ToString(format, provider ?? CultureInfo.CurrentCulture);
    }

    private static PSObject? Find(PSObject item, string name)
    {
        var source = item.BaseObject;
        var property = Properties.GetOrAdd((source.GetType(), name), key => key.Type.GetProperty(key.Name)!);
        if (property.GetValue(source) is not DateTime time)
        {
            return null;
        }

        var shown = new PSObject(time);
        shown.Members.Add(new PSCodeMethod("ToString", Text));
        return shown;
    }
}
