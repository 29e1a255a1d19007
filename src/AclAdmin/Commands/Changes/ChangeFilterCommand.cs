using System;
using System.Collections.Generic;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that works with some of a journal's changes.</summary>
public abstract class ChangeFilterCommand : AclCommand
{
    /// <summary>Only the changes of these runs; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>Only the changes of these items; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Only changes since a time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public DateTime? After { get; set; }

    /// <summary>Only changes until a time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public DateTime? Before { get; set; }

    /// <summary>Only changes that ended in one of these states.</summary>
    [Parameter]
    public AclChangeState[] State { get; set; } = [];

    /// <summary>The selected changes, in their order.</summary>
    private protected IEnumerable<AclChange> Filter(IEnumerable<AclChange> changes) =>
        new ChangeFilter { RunIds = RunId, Ids = Id, After = After, Before = Before, States = State }.Apply(changes);
}
