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
    public static Task ResolveAsync<T>(
        IReadOnlyList<AclChange> changes, IResourceClient<T> client, bool notes, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource => ResolveAsync(changes, client, _ => true, notes, observer, null, cancellationToken);

    /// <summary>Resolves some changes of one list.</summary>
    /// <param name="changes">The changes of the journal, those of other lists included.</param>
    /// <param name="client">The list.</param>
    /// <param name="isWanted">Which of them are resolved.</param>
    /// <param name="notes">Whether the results are recorded in the journal.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="isMade">Whether a change of the journal that is not among these has made the item of an id; null where all changes are.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="AclException">The service could not be read, or the journal could not be written.</exception>
    public static async Task ResolveAsync<T>(
        IReadOnlyList<AclChange> changes,
        IResourceClient<T> client,
        Func<AclChange, bool> isWanted,
        bool notes,
        IRequestObserver observer,
        Func<string, bool>? isMade,
        CancellationToken cancellationToken)
        where T : ApiResource
    {
        var unknown = changes.Where(change => IsOpen(change) && IsOf(change, client)).ToArray();
        var open = unknown.Where(isWanted).ToArray();
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
            T? item = null;
            AclChangeState? state;
            try
            {
                state = change.Action == ChangeAction.Create ? DecideCreate(change, client.Resource, list!.Values, id => taken.Contains(id) || isMade?.Invoke(id) == true, unknown, out item)
                    : list is null ? Decide(change, item = await FindAsync(client, change.Id, observer, cancellationToken).ConfigureAwait(false))
                    : Decide(change, item = list.TryGetValue(change.Id, out var listed) ? listed : null);
            }
            catch (AclException failure) when (failure.IsWrongAddress)
            {
                // Nothing is known of this item, which keeps neither the others nor a later run from their work.
                observer.OnNote($"The outcome of the change {change.Number} of the run {change.RunId} stays unknown: {failure.Message}");
                continue;
            }

            if (state is { } decided)
            {
                Set(change, decided, item, client.Connection.Clock.UtcNow);
                taken.Add(change.Id);
                using var line = new JournalLine(JournalSchema.FindingLine, change.RunId, client.Connection.Clock.UtcNow, change.Number)
                    .Add(JournalSchema.State, JournalSchema.Word(decided))
                    .Add(JournalSchema.Id, change.Action == ChangeAction.Create ? item?.GetIdentity() : null)
                    .AddJson(JournalSchema.After, decided == AclChangeState.Applied ? item?.ToJson() : null);
                lines.Add(line.ToUtf8(client.Connection.Redactor));
            }
        }

        if (notes && lines.Count > 0)
        {
            new JournalFile(open[0].JournalPath).Append(lines, toDisk: true);
        }

        UndoLinks.Set(changes);
    }

    /// <summary>Whether a change was made to a list.</summary>
    internal static bool IsOf<T>(AclChange change, IResourceClient<T> client)
        where T : ApiResource =>
        change.Run.Origin.IsOf(client.Connection) && change.Resource == client.ListName && change.AccountId == client.AccountId;

    private static void Set<T>(AclChange change, AclChangeState state, T? item, DateTimeOffset now)
        where T : ApiResource
    {
        change.State = state;
        change.IsFinding = true;
        change.EndedAt = now.UtcDateTime;
        if (state == AclChangeState.Applied && item is not null)
        {
            change.Id = item.GetIdentity();
            change.AfterFields = item.CopyFields();
        }
    }

    /// <summary>
    /// Looks for the item that a create has made: one that was not there before, that no other change has made, and that agrees with everything that was sent.
    /// Several of them are more than one create can have made. One that agrees with the natural key alone may be the item, edited since, or another one.
    /// </summary>
    /// <returns>Null where that is not known.</returns>
    private static AclChangeState? DecideCreate<T>(
        AclChange create, ResourceDescriptor resource, IEnumerable<T> items, Func<string, bool> isTaken, IEnumerable<AclChange> unknown, out T? item)
        where T : ApiResource
    {
        var alike = items
            .Where(candidate => CreatedItem.IsLike(create, resource, candidate))
            .Where(candidate => !create.Siblings.Contains(candidate.GetIdentity(), StringComparer.OrdinalIgnoreCase) && !isTaken(candidate.GetIdentity()))
            .ToArray();
        var made = alike.Where(candidate => CreatedItem.IsMadeBy(create, resource, candidate)).ToArray();
        var creates = unknown.Count(other => other is { Action: ChangeAction.Create, State: AclChangeState.Unknown } && JToken.DeepEquals(other.BodyFields, create.BodyFields));
        item = made.Length <= creates ? made.FirstOrDefault() : null;
        return item is not null ? AclChangeState.Applied : alike.Length == 0 ? AclChangeState.NotApplied : null;
    }

    /// <returns>Null where the service shows neither the state before nor the one after.</returns>
    private static AclChangeState? Decide<T>(AclChange change, T? item)
        where T : ApiResource
    {
        if (change.Action == ChangeAction.Delete)
        {
            return item is null ? AclChangeState.Applied : AclChangeState.NotApplied;
        }

        if (item is null || change.BodyFields is not { } body)
        {
            return null;
        }

        return body.Properties().All(field => Shows(item, field.Name, field.Value))
            ? AclChangeState.Applied
            : body.Properties().All(field => Shows(item, field.Name, change.BeforeFields?[field.Name])) ? AclChangeState.NotApplied : null;
    }

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
    internal static bool IsUnderWay(AclChangeRun run)
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
