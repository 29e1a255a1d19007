using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>Determines the outcome of changes whose outcome is not known from the service's present state, and records it in the journal.</summary>
public static class ChangeResolver
{
    /// <summary>After this many changes the list is read, once.</summary>
    private const int MaxSingleReads = 3;

    /// <summary>How far a process's start may be off from one reading to the next.</summary>
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether a change waits to be resolved: its outcome is not known, and the run that made it is over.</summary>
    public static bool IsOpen(AclChange change) => change.State == AclChangeState.Unknown && !IsUnderWay(change.Run);

    /// <summary>Resolves the changes of one list.</summary>
    /// <param name="changes">The changes of the journal, those of other lists included.</param>
    /// <param name="client">The list.</param>
    /// <param name="notes">Whether the results are recorded in the journal.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="AclException">The service could not be read, or the journal could not be written.</exception>
    public static async Task ResolveAsync<T>(
        IReadOnlyList<AclChange> changes, IResourceClient<T> client, bool notes, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        var open = changes.Where(change => IsOpen(change) && IsOf(change, client)).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        var list = open.Length > MaxSingleReads || open.Any(change => change.Action == ChangeAction.Create)
            ? await Snapshot.ReadAsync(client, observer, cancellationToken).ConfigureAwait(false)
            : null;
        var taken = new HashSet<string>(changes.Where(change => change.Action == ChangeAction.Create && change.Id.Length > 0).Select(change => change.Id), StringComparer.OrdinalIgnoreCase);
        var lines = new List<byte[]>();
        foreach (var change in open)
        {
            T? item;
            if (change.Action == ChangeAction.Create)
            {
                item = list!.Values.FirstOrDefault(candidate => IsCreatedBy(change, candidate) && !taken.Contains(candidate.GetIdentity()));
            }
            else if (list is not null)
            {
                list.TryGetValue(change.Id, out item);
            }
            else
            {
                item = await FindAsync(client, change.Id, observer, cancellationToken).ConfigureAwait(false);
            }

            if (Decide(change, item) is { } state)
            {
                Set(change, state, item);
                taken.Add(change.Id);
                using var line = new JournalLine(JournalSchema.FindingLine, change.RunId, change.Number)
                    .Add(JournalSchema.State, JournalSchema.Word(state))
                    .Add(JournalSchema.Id, change.Action == ChangeAction.Create ? item?.GetIdentity() : null)
                    .AddJson(JournalSchema.After, state == AclChangeState.Applied ? item?.ToJson() : null);
                lines.Add(line.ToUtf8(client.Connection.Redactor));
            }
        }

        if (notes && lines.Count > 0)
        {
            new JournalFile(open[0].JournalPath).Append(lines, toDisk: true);
        }
    }

    /// <summary>Whether a change was made to a list.</summary>
    internal static bool IsOf<T>(AclChange change, IResourceClient<T> client)
        where T : ApiResource =>
        EarlierChanges.IsOf(change, client.Connection) && change.Resource == client.ListName && change.AccountId == client.AccountId;

    private static void Set<T>(AclChange change, AclChangeState state, T? item)
        where T : ApiResource
    {
        change.State = state;
        change.IsFinding = true;
        change.EndedAt = DateTime.UtcNow;
        if (state == AclChangeState.Applied && item is not null)
        {
            change.Id = item.GetIdentity();
            change.AfterFields = item.CopyFields();
        }
    }

    /// <returns>Null where the service shows neither the state before nor the one after.</returns>
    private static AclChangeState? Decide<T>(AclChange change, T? item)
        where T : ApiResource
    {
        if (change.Action is ChangeAction.Create or ChangeAction.Delete)
        {
            return (item is null) == (change.Action == ChangeAction.Delete) ? AclChangeState.Applied : AclChangeState.NotApplied;
        }

        if (item is null || change.BodyFields is not { } body)
        {
            return null;
        }

        return body.Properties().All(field => Shows(item, field.Name, field.Value))
            ? AclChangeState.Applied
            : body.Properties().All(field => Shows(item, field.Name, change.BeforeFields?[field.Name])) ? AclChangeState.NotApplied : null;
    }

    private static bool IsCreatedBy<T>(AclChange change, T item)
        where T : ApiResource =>
        change.BodyFields is { } body
        && !change.Siblings.Contains(item.GetIdentity(), StringComparer.OrdinalIgnoreCase)
        && item.GetReadOnlyReason() is null
        && body.Properties().All(field => Shows(item, field.Name, field.Value));

    private static bool Shows<T>(T item, string field, JToken? value)
        where T : ApiResource => JToken.DeepEquals(item.GetField(field) ?? JValue.CreateNull(), value ?? JValue.CreateNull());

    private static async Task<T?> FindAsync<T>(IResourceClient<T> client, string id, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource
    {
        try
        {
            return await client.GetAsync(id, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (AclException gone) when (gone.IsMissingItem)
        {
            return null;
        }
    }

    /// <summary>Whether a run without an end may still be under way: its process is alive on this machine.</summary>
    private static bool IsUnderWay(AclChangeRun run)
    {
        if (run.EndedBy is not null || run.Host != Environment.MachineName)
        {
            return false;
        }

        using var own = Process.GetCurrentProcess();
        if (run.Process.Id == own.Id)
        {
            return JournalRun.IsLive(run.Id);
        }

        try
        {
            using var process = Process.GetProcessById((int)run.Process.Id);
            return DateTime.TryParse(run.Process.StartedAt, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var started)
                && (process.StartTime.ToUniversalTime() - started).Duration() < StartTolerance;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
