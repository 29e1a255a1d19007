using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>
/// The contents of a journal when a run began: a write that it shows as applied, and that is in effect at the service, is not repeated. Safe for many threads.
/// </summary>
public sealed class EarlierChanges
{
    private readonly Dictionary<Guid, List<string>> _idsByWrite = [];
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Selects the changes that were made through a connection to the same address.</summary>
    /// <param name="changes">The changes of the journal.</param>
    /// <param name="connection">The connection.</param>
    public EarlierChanges(IEnumerable<AclChange> changes, ApiConnection connection)
    {
        foreach (var change in changes.Where(change =>
            change is { State: AclChangeState.Applied or AclChangeState.Unknown, UndoneBy: null, Undoes.Count: 0, Action: not ChangeAction.Delete } && IsOf(change, connection)))
        {
            if (!_idsByWrite.TryGetValue(change.WriteKey, out var ids))
            {
                ids = _idsByWrite[change.WriteKey] = new(1);
            }

            if (change.Action == ChangeAction.Create)
            {
                ids.Add(change.Id);
            }
        }
    }

    /// <summary>Whether a change was made through a connection to the same address of the same service.</summary>
    internal static bool IsOf(AclChange change, ApiConnection connection) =>
        change.Service == connection.Service.Name && change.Run.Address == connection.BaseUri.ToString();

    /// <summary>Whether a write is done: the journal has it as applied, and the service shows its result.</summary>
    /// <param name="change">The change.</param>
    /// <param name="action">What the write does.</param>
    /// <param name="id">The id of the item; empty for a create.</param>
    /// <param name="body">The body.</param>
    /// <param name="before">The item as it is; null for a create.</param>
    /// <param name="siblings">For a create, the items with the same natural key.</param>
    /// <param name="present">The item that the write was for.</param>
    internal bool IsDone<T>(Change<T> change, ChangeAction action, string id, FieldPatch body, T? before, IReadOnlyList<T> siblings, out T? present)
        where T : ApiResource
    {
        present = null;
        var client = change.Client!;
        if (action == ChangeAction.Delete
            || change.Undoes.Count > 0
            || _idsByWrite.Count == 0
            || !_idsByWrite.TryGetValue(WriteKey.Of(client.AccountId, client.ListName, action, id, body.Names, name => body[name]), out var created))
        {
            return false;
        }

        if (action != ChangeAction.Create)
        {
            present = before;
            return body.DifferencesFrom(before!).Count == 0;
        }

        // Each item stands for one row, as a file may create the same on purpose more than once.
        present = siblings.FirstOrDefault(item =>
            created.Contains(item.GetIdentity(), StringComparer.OrdinalIgnoreCase) && _used.TryAdd(item.GetIdentity(), true));
        return present is not null;
    }
}
