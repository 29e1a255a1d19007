using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Http;

/// <summary>One holder at a time for an id, whichever runspace it works for: what is read, changed and written must not overlap.</summary>
public sealed class ItemLocks
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for the turn of an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>What ends the turn when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync(string id, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(id, out entry))
            {
                entry = _entries[id] = new Entry();
            }

            entry.Users++;
        }

        try
        {
            await entry.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Turn(this, id, entry);
        }
        catch
        {
            Leave(id, entry);
            throw;
        }
    }

    private void Leave(string id, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(id);
                entry.Gate.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Turn(ItemLocks owner, string id, Entry entry) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                entry.Gate.Release();
                owner.Leave(id, entry);
            }
        }
    }
}
