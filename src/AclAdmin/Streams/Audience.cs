using System;
using System.Linq;

namespace AclAdmin.Streams;

/// <summary>Whether a person can be there to look at progress. A runbook's or a scheduled job's engine states that nobody is.</summary>
internal static class Audience
{
    /// <summary>Whether somebody may watch.</summary>
    public static readonly bool IsWatching = Environment.UserInteractive && !Environment.GetCommandLineArgs()
        .Any(argument => argument.Length > 4 && "-NonInteractive".StartsWith(argument, StringComparison.OrdinalIgnoreCase));
}
