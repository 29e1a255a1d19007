using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Journal;
using AclAdmin.Client.Http;

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

    /// <summary>Whether a run's changes belong where a connection leads; of one to another address nothing is read.</summary>
    private bool IsOf(AclChangeRun run, ApiConnection connection) =>
        run.Origin.Service == connection.Service.Name && run.Origin.Address == connection.BaseUri.ToString()
        && Await(ListOrigin.FindAsync(connection, Reporter, Cancellation)) is not null && run.Origin.IsOf(connection);

    private void Resolve(IReadOnlyList<AclChange> changes)
    {
        foreach (var list in changes.Where(ChangeResolver.IsOpen).GroupBy(JournalList.Of).ToArray())
        {
            var (service, address, resource, accountId, partner) = list.Key;
            var connection = FindConnections().FirstOrDefault(known => list.Select(change => change.Run).Distinct().Any(run => IsOf(run, known)));
            if (connection is null || ResourceDefinitions.Find(service, resource) is not { } definition)
            {
                var owner = partner is null ? "" : $" for the partner {DisplayText.Of(partner)}";
                WriteWarning($"{list.Count()} changes of {DisplayText.Of(resource)} stay unknown: there is no connection to {DisplayText.Of(address)}{owner}.");
                continue;
            }

            if (!ShouldProcess(list.First().JournalPath, $"Note what the service shows of {list.Count()} changes whose outcome is not known"))
            {
                continue;
            }

            TryAwait(() => definition.Accept(new UnknownChanges(changes, WithLimits(connection), accountId, Reporter, Cancellation)), JournalPath, out _);
        }
    }
}
