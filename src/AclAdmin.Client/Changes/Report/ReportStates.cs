using System.Collections.Generic;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Client.Changes.Report;

/// <summary>How a report names the states of changes, in the order in which it lists them.</summary>
internal static class ReportStates
{
    private static readonly Dictionary<AclChangeState, (string Label, string Kind)> Words = new()
    {
        [AclChangeState.Applied] = ("Applied", "applied"),
        [AclChangeState.Unchanged] = ("Unchanged", "unchanged"),
        [AclChangeState.Failed] = ("Failed", "failed"),
        [AclChangeState.Unknown] = ("Unknown", "unknown"),
        [AclChangeState.NotSent] = ("Not sent", "notsent"),
        [AclChangeState.NotApplied] = ("Not applied", "notapplied"),
    };

    /// <summary>Every state.</summary>
    public static IEnumerable<AclChangeState> All => Words.Keys;

    /// <summary>What people call it.</summary>
    public static string Label(AclChangeState state) => Words[state].Label;

    /// <summary>Its name in the page's style and script.</summary>
    public static string Kind(AclChangeState state) => Words[state].Kind;
}
