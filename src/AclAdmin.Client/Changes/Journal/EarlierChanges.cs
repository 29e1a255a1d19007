using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The contents of a journal when a run began: a write that it shows as applied, and that is in effect at the service, is not repeated. Of a change whose
/// outcome is known only hashes are kept, as a journal may contain a million. Safe for many threads.
/// </summary>
public sealed class EarlierChanges
{
    private readonly HashSet<Guid> _done = [];
    private readonly Dictionary<Guid, Guid> _writesByItem = [];
    private readonly IReadOnlyList<AclChange> _open;
    private readonly ILookup<Guid, AclChange> _openByWrite;
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.OrdinalIgnoreCase);

    private EarlierChanges(IReadOnlyList<AclChange> open, List<Settled> settled, List<AclChange> undos)
    {
        _open = open;
        _openByWrite = open.ToLookup(change => change.WriteKey);
        var undone = new HashSet<(string Run, long Number)>();
        foreach (var undo in undos.AsEnumerable().Reverse().Where(undo => !undone.Contains((undo.RunId, undo.Number))))
        {
            undone.UnionWith(undo.Undoes.Select(change => (change.RunId, change.Number)));
        }

        foreach (var change in settled.Where(change => undone.Count == 0 || !undone.Contains((change.Run.Id, change.Number))))
        {
            if (change.Item == default)
            {
                _done.Add(change.Write);
            }
            else
            {
                _writesByItem[change.Item] = change.Write;
            }
        }
    }

    /// <summary>Reads the changes that were made through a connection that leads to the same lists.</summary>
    /// <param name="path">The journal's full path.</param>
    /// <param name="connection">The connection, whose partner has been found.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.JournalFailed"/>: it cannot be read, or is no journal.</exception>
    public static EarlierChanges Read(string path, ApiConnection connection, CancellationToken cancellationToken)
    {
        var settled = new List<Settled>();
        var undos = new List<AclChange>();
        var rest = JournalReader.Read(path, Add, cancellationToken).Changes;
        foreach (var found in rest.Where(change => change.State != AclChangeState.Unknown))
        {
            Add(found);
        }

        return new EarlierChanges(rest.Where(change => change.State == AclChangeState.Unknown && change.Run.Origin.IsOf(connection)).ToArray(), settled, undos);

        void Add(AclChange change)
        {
            if (change.State != AclChangeState.Applied || !change.Run.Origin.IsOf(connection))
            {
                return;
            }

            if (change.Undoes.Count > 0)
            {
                undos.Add(change);
            }

            var made = change.Action == ChangeAction.Create ? WriteKey.OfId(change.Id) : default;
            if (made != default || (change.Undoes.Count == 0 && change.Action != ChangeAction.Delete))
            {
                settled.Add(new Settled(change.Run, change.Number, change.WriteKey, made));
            }
        }
    }

    /// <summary>Finds out what became of changes to a list whose outcome is not known, and records it in the journal.</summary>
    /// <exception cref="AclException">The service could not be read, or the journal could not be written.</exception>
    public Task SettleAsync<T>(IResourceClient<T> client, IRequestObserver observer, CancellationToken cancellationToken)
        where T : ApiResource => ChangeResolver.ResolveAsync(_open, client, _ => true, notes: true, observer, IsMade, cancellationToken);

    /// <summary>Whether a write is done: the journal has it as applied, and the service shows its result.</summary>
    /// <param name="change">The change.</param>
    /// <param name="action">What the write does.</param>
    /// <param name="id">The id of the item; empty for a create.</param>
    /// <param name="body">The body.</param>
    /// <param name="before">The item as it is; null for a create.</param>
    /// <param name="siblings">For a create, the items with the same natural key.</param>
    /// <param name="present">The item that the write was for.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.OutcomeUnknown"/>: it may be done, and would be done twice.</exception>
    internal bool IsDone<T>(Change<T> change, ChangeAction action, string id, FieldPatch body, T? before, IReadOnlyList<T> siblings, out T? present)
        where T : ApiResource
    {
        present = null;
        if (action == ChangeAction.Delete || change.Undoes.Count > 0 || _done.Count + _writesByItem.Count + _open.Count == 0)
        {
            return false;
        }

        var client = change.Client!;
        var key = WriteKey.Of(
            client.AccountId, client.ListName, action, id, body.Names.Select(name => new KeyValuePair<string, string>(name, body[name]!.ToString(Formatting.None))));
        var open = _openByWrite[key];
        if (action != ChangeAction.Create)
        {
            present = before;
            return (_done.Contains(key) || open.Any()) && body.DifferencesFrom(before!).Count == 0;
        }

        // Each item stands for one row, as a file may create the same on purpose more than once.
        present = siblings.FirstOrDefault(item => IsOf(item.GetIdentity()) && _used.TryAdd(item.GetIdentity(), true));
        if (present is null && open.FirstOrDefault(earlier => MayHaveMade(earlier, siblings) && _used.TryAdd(earlier.Reference.ToString(), true)) is { } unknown)
        {
            throw new AclException(
                ErrorKind.OutcomeUnknown,
                $"The change {unknown.Number} of the run {unknown.RunId} was to create this, its outcome is not known, and an {client.Resource.Noun} of its key may be what it made. Nothing was sent.",
                "Look at the item. Where a second one is wanted, run the row with another journal.",
                inner: null);
        }

        return present is not null;

        bool IsOf(string item) => (_writesByItem.TryGetValue(WriteKey.OfId(item), out var write) && write == key)
            || open.Any(earlier => earlier.State == AclChangeState.Applied && string.Equals(earlier.Id, item, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a change of the journal has made the item of an id.</summary>
    private bool IsMade(string id) => _writesByItem.ContainsKey(WriteKey.OfId(id));

    /// <summary>Whether a create whose outcome stays unknown may have made an item that is there: one that was not there before it, and that no other has made.</summary>
    private bool MayHaveMade<T>(AclChange create, IReadOnlyList<T> siblings)
        where T : ApiResource => ChangeResolver.IsOpen(create)
            && siblings.Select(item => item.GetIdentity()).Except(create.Siblings, StringComparer.OrdinalIgnoreCase).Any(id => !IsMade(id) && !_used.ContainsKey(id));

    /// <summary>What is kept of an applied change; of a create also the hash of its item's id.</summary>
    private readonly record struct Settled(AclChangeRun Run, long Number, Guid Write, Guid Item);
}
