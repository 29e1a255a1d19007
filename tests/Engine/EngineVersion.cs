using System;
using System.Globalization;

namespace AclAdmin.Testing;

/// <summary>Which editions and versions of PowerShell the module supports, and so its tests accept.</summary>
public static class EngineVersion
{
    /// <summary>Prints what <see cref="Problem"/> reads.</summary>
    public const string Query = "\"$($PSVersionTable.PSEdition) $($PSVersionTable.PSVersion)\"";

    private static readonly Version Core = new(7, 6);
    private static readonly Version Desktop = new(5, 1);

    /// <summary>What is wrong with an engine.</summary>
    /// <param name="printed">What <see cref="Query"/> printed: <c>Core 7.6.9</c>, <c>Desktop 5.1.26100.1</c>.</param>
    /// <returns>A sentence, or null where the engine is supported.</returns>
    public static string? Problem(string printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        var parts = printed.Trim().Split(' ');
        // A preview of 7.6 is older than 7.6, and no engine that people run.
        var isPreview = parts[^1].Contains('-', StringComparison.Ordinal);
        if (parts.Length != 2 || !Version.TryParse(parts[1].Split('-')[0], out var version))
        {
            return "It is no PowerShell.";
        }

        var (minimum, name) = parts[0] == "Desktop" ? (Desktop, "Windows PowerShell") : (Core, "PowerShell");
        var isOld = version < minimum || (isPreview && version.Major == minimum.Major && version.Minor == minimum.Minor);
        return isOld ? string.Create(CultureInfo.InvariantCulture, $"It is {name} {parts[1]}; the module needs {name} {minimum} or later.") : null;
    }

    /// <summary>Whether an engine is Windows PowerShell.</summary>
    /// <param name="printed">What <see cref="Query"/> printed.</param>
    public static bool IsDesktop(string printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        return printed.StartsWith("Desktop ", StringComparison.Ordinal);
    }
}
