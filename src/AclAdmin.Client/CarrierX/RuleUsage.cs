using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.CarrierX;

/// <summary>Which access control lists contain which rules, among all lists that a credential sees.</summary>
public sealed class RuleUsage
{
    private readonly ILookup<string, AccessControlList> _lists;

    private RuleUsage(IEnumerable<AccessControlListOwner> owners)
    {
        _lists = owners
            .SelectMany(owner => owner.GetLists())
            .SelectMany(list => (list.RuleSids ?? new TextList([])).Distinct(StringComparer.OrdinalIgnoreCase), (list, sid) => (list, sid))
            .ToLookup(pair => pair.sid, pair => pair.list, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads the lists.</summary>
    /// <exception cref="AclException">They could not be read.</exception>
    public static async Task<RuleUsage> ReadAsync(ApiConnection connection, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var owners = await Snapshot.ReadAsync(new AccessControlListClient(connection), observer, cancellationToken).ConfigureAwait(false);
        return new RuleUsage(owners.Values);
    }

    /// <summary>The lists that contain a rule.</summary>
    public IReadOnlyList<AccessControlList> Find(string ruleSid) => _lists[ruleSid].ToArray();

    /// <summary>Names the lists that contain a rule, for people.</summary>
    /// <returns>Null where no list contains it.</returns>
    public string? Describe(string ruleSid)
    {
        const int Shown = 3;
        var lists = Find(ruleSid);
        var names = lists.Take(Shown).Select(list => $"{list.GetDescription()} of {DisplayText.Of(list.OwnerName)} ({list.Owner})");
        return lists.Count == 0 ? null : string.Join(", ", names) + (lists.Count > Shown ? $" and {lists.Count - Shown} more" : "");
    }
}
