using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Journal;

namespace AclAdmin.Commands;

/// <summary>Reads the changes out of a journal.</summary>
[Cmdlet(VerbsCommon.Get, "AclChange", SupportsShouldProcess = true)]
[OutputType(typeof(AclChange))]
public sealed class GetAclChangeCommand : ChangeFilterCommand
{
    /// <summary>The journal; without it, that of a connection, or the environment's.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Determines the outcome of changes whose outcome is not known from the services' present state, and records it in the journal.</summary>
    [Parameter]
    public SwitchParameter ResolveUnknown { get; set; }

    /// <inheritdoc cref="RequestCommand.TimeoutSec"/>
    [Parameter]
    [ValidateRange(1, 3600)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int TimeoutSec { get; set; }

    /// <inheritdoc cref="RequestCommand.MaxRetryCount"/>
    [Parameter]
    [ValidateRange(0, 20)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int MaxRetryCount { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var changes = JournalContents.Read(this, JournalPath, Cancellation).Changes;
        if (ResolveUnknown)
        {
            Resolve(changes);
        }

        WriteObject(Filter(changes), enumerateCollection: true);
    }

    private void Resolve(IReadOnlyList<AclChange> changes)
    {
        foreach (var list in changes.Where(ChangeResolver.IsOpen).GroupBy(change => (change.Service, change.Run.Address, change.Resource, change.AccountId)).ToArray())
        {
            var connection = FindConnections().FirstOrDefault(known => known.Service.Name == list.Key.Service && known.BaseUri.ToString() == list.Key.Address);
            if (connection is null || ResourceDefinitions.Find(list.Key.Service, list.Key.Resource) is not { } definition)
            {
                WriteWarning($"{list.Count()} changes of {DisplayText.Of(list.Key.Resource)} stay unknown: there is no connection to {DisplayText.Of(list.Key.Address)}.");
                continue;
            }

            if (!ShouldProcess(list.First().JournalPath, $"Note what the service shows of {list.Count()} changes whose outcome is not known"))
            {
                continue;
            }

            TryAwait(() => definition.Accept(new UnknownChanges(changes, WithLimits(connection), list.Key.AccountId, Reporter, Cancellation)), JournalPath, out _);
        }
    }
}
