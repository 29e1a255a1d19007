using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Commands;

/// <summary>Selects changes of a journal; an unspecified condition does not restrict.</summary>
internal sealed class ChangeFilter
{
    /// <summary>Patterns for the ids of runs.</summary>
    public IReadOnlyList<string> RunIds { get; init; } = [];

    /// <summary>Patterns for the ids of items.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The earliest time, included.</summary>
    public DateTime? After { get; init; }

    /// <summary>The latest time, included.</summary>
    public DateTime? Before { get; init; }

    /// <summary>The states.</summary>
    public IReadOnlyList<AclChangeState> States { get; init; } = [];

    /// <summary>The selected changes, in their order.</summary>
    public IEnumerable<AclChange> Apply(IEnumerable<AclChange> changes)
    {
        var runs = Patterns(RunIds);
        var ids = Patterns(Ids);
        return changes.Where(change =>
            (runs.Length == 0 || runs.Any(pattern => pattern.IsMatch(change.RunId)))
            && (ids.Length == 0 || ids.Any(pattern => pattern.IsMatch(change.Id)))
            && !(change.Time < After?.ToUniversalTime())
            && !(change.Time > Before?.ToUniversalTime())
            && (States.Count == 0 || States.Contains(change.State)));
    }

    private static WildcardPattern[] Patterns(IReadOnlyList<string> texts) =>
        texts.Select(text => WildcardPattern.Get(text, WildcardOptions.IgnoreCase)).ToArray();
}
