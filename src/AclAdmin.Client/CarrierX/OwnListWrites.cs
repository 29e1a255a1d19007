using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.CarrierX;

/// <summary>
/// What a connection has written of the lists of each owner, and where each list came from: a list has no id, so its place is followed from write to write.
/// Safe for many threads.
/// </summary>
internal sealed class OwnListWrites
{
    /// <summary>Enough for runs in the 64 runspaces that one connection may serve, each of which may read long before it writes.</summary>
    private const int KeptForEach = 256;

    private readonly Dictionary<string, List<Write>> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes a write.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="before">The lists before.</param>
    /// <param name="after">The lists as they are written.</param>
    /// <param name="origins">For each written list its index before, from 1; null for a new one.</param>
    public void Add(string owner, JArray before, JArray after, IReadOnlyList<int?> origins)
    {
        lock (_written)
        {
            var kept = _written.TryGetValue(owner, out var found) ? found : _written[owner] = [];
            kept.Add(new Write(AccessControlListFields.GetChecksum(before), AccessControlListFields.GetChecksum(after), origins));
            if (kept.Count > KeptForEach)
            {
                kept.RemoveAt(0);
            }
        }
    }

    /// <summary>Follows lists from one state of their owner to a later one.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="from">The lists as they were.</param>
    /// <param name="to">The lists as they are.</param>
    /// <returns>The present index of each former list, from 1; null for one that is gone. Null where other writes than these lie between.</returns>
    public IReadOnlyList<int?>? Trace(string owner, JArray from, JArray to)
    {
        Write[] writes;
        lock (_written)
        {
            writes = _written.TryGetValue(owner, out var kept) ? kept.ToArray() : [];
        }

        var (start, wanted) = (AccessControlListFields.GetChecksum(from), AccessControlListFields.GetChecksum(to));
        int?[]? origins = null;
        foreach (var write in Enumerable.Reverse(writes))
        {
            // The latest write that led to a state explains it; one that the service did not apply explains none.
            if (write.After != wanted)
            {
                continue;
            }

            origins = origins is null ? write.Origins.ToArray() : origins.Select(place => place is null ? null : write.Origins[place.Value - 1]).ToArray();
            if (write.Before == start)
            {
                return Enumerable.Range(1, from.Count).Select(index => Array.IndexOf(origins, index) is >= 0 and var place ? place + 1 : (int?)null).ToArray();
            }

            wanted = write.Before;
        }

        return null;
    }

    private sealed record Write(string Before, string After, IReadOnlyList<int?> Origins);
}
