using System;
using System.Management.Automation;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Commands;

/// <summary>Reads the changes out of a journal.</summary>
[Cmdlet(VerbsCommon.Get, "AclChange")]
[OutputType(typeof(AclChange))]
public sealed class GetAclChangeCommand : JournalCommand
{
    /// <summary>The journal; without it, that of a connection, or the environment's.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Only the changes of these runs; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] RunId { get; set; } = [];

    /// <summary>Only the changes of these items; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Id { get; set; } = [];

    /// <summary>Only changes since a time.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only changes until a time.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Only changes that ended so.</summary>
    [Parameter]
    public AclChangeState[] State { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var filter = new ChangeFilter { RunIds = RunId, Ids = Id, After = After, Before = Before, States = State };
        WriteObject(filter.Apply(ReadJournal(JournalPath).Changes), enumerateCollection: true);
    }
}
