using System;
using System.Linq;

namespace AclAdmin.Streams;

/// <summary>Whether a person may watch the progress. The engine of a runbook or a scheduled job reports that none does.</summary>
internal static class Audience
{
    /// <summary>Whether a person may watch.</summary>
    public static readonly bool IsWatching = Environment.UserInteractive && !Environment.GetCommandLineArgs()
        .Any(argument => argument.Length > 4 && "-NonInteractive".StartsWith(argument, StringComparison.OrdinalIgnoreCase));
}
