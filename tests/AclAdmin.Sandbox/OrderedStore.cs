using System;
using System.Collections.Generic;
using System.Threading;

namespace AclAdmin.Sandbox;

/// <summary>Objects by id, in the order in which they were added. Thread safe; the objects themselves never change.</summary>
/// <typeparam name="T">An immutable record.</typeparam>
public sealed class OrderedStore<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Func<T, string> _id;
    private readonly Dictionary<string, int> _index = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<T?> _items = [];
    private readonly List<DateTimeOffset> _added = [];
    private readonly Dictionary<string, T[]> _views = new(StringComparer.Ordinal);

    private readonly ListClock _listed;

    internal OrderedStore(Func<T, string> id, ListClock listed) => (_id, _listed) = (id, listed);

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _index.Count;
        }
    }

    /// <summary>The object with this id, or null.</summary>
    public T? Find(string id)
    {
        lock (_gate)
            return _index.TryGetValue(id, out var at) ? _items[at] : null;
    }

    /// <summary>Adds an object; its id must be new.</summary>
    public void Add(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            _index.Add(_id(item), _items.Count);
            _items.Add(item);
            _added.Add(_listed.Now);
            _views.Clear();
        }
    }

    /// <summary>Puts a changed copy in the place of the object with this id; returns it, or null when there is none.</summary>
    public T? Update(string id, Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            if (!_index.TryGetValue(id, out var at))
                return null;
            _views.Clear();
            return _items[at] = change(_items[at]!);
        }
    }

    /// <summary>Removes the object with this id; false when there is none.</summary>
    public bool Remove(string id)
    {
        lock (_gate)
        {
            if (!_index.Remove(id, out var at))
                return false;
            // The place stays empty: moving all that follow would make bulk deletion quadratic.
            _items[at] = null;
            _views.Clear();
            return true;
        }
    }

    /// <summary>
    /// Applies a batch, all of it or nothing: first removals, then changes, then additions.
    /// </summary>
    /// <returns>The first id that there is no object for, when nothing was applied; else null.</returns>
    public string? Apply(IReadOnlyList<string> removals, IReadOnlyList<KeyValuePair<string, Func<T, T>>> changes, IReadOnlyList<T> additions)
    {
        ArgumentNullException.ThrowIfNull(removals);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(additions);
        lock (_gate)
        {
            var gone = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var id in removals)
            {
                if (!_index.ContainsKey(id) || !gone.Add(id))
                    return id;
            }
            foreach (var change in changes)
            {
                if (!_index.ContainsKey(change.Key) || gone.Contains(change.Key))
                    return change.Key;
            }
            _views.Clear();
            foreach (var id in removals)
            {
                _index.Remove(id, out var at);
                _items[at] = null;
            }
            foreach (var change in changes)
                _items[_index[change.Key]] = change.Value(_items[_index[change.Key]]!);
            foreach (var item in additions)
            {
                _index.Add(_id(item), _items.Count);
                _items.Add(item);
                _added.Add(_listed.Now);
            }
            return null;
        }
    }

    /// <summary>Replaces everything.</summary>
    public void Load(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        lock (_gate)
        {
            _index.Clear();
            _items.Clear();
            _added.Clear();
            _views.Clear();
            foreach (var item in items)
            {
                _index.Add(_id(item), _items.Count);
                _items.Add(item);
                _added.Add(DateTimeOffset.MinValue);
            }
        }
    }

    /// <summary>All objects, oldest first, as they are now.</summary>
    public IReadOnlyList<T> All()
    {
        lock (_gate)
            return Select(null);
    }

    /// <summary>
    /// The objects that a list shows, in some order. The result is kept under its name until the next write, since listings come page by page.
    /// </summary>
    internal T[] View(string name, Comparison<T>? order)
    {
        lock (_gate)
        {
            // What a late list shows changes by itself, so it is not kept.
            var horizon = _listed.Horizon;
            if (horizon is null && _views.TryGetValue(name, out var view))
                return view;
            view = Select(horizon);
            if (order is not null)
                StableSort(view, order);
            return horizon is null ? _views[name] = view : view;
        }
    }

    private T[] Select(DateTimeOffset? horizon)
    {
        var found = new List<T>(_index.Count);
        for (var at = 0; at < _items.Count; at++)
        {
            if (_items[at] is { } item && (horizon is null || _added[at] <= horizon))
                found.Add(item);
        }
        return [.. found];
    }

    private static void StableSort(T[] view, Comparison<T> order)
    {
        var places = new int[view.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        var source = (T[])view.Clone();
        Array.Sort(places, (a, b) => order(source[a], source[b]) is var result && result != 0 ? result : a.CompareTo(b));
        for (var i = 0; i < places.Length; i++)
            view[i] = source[places[i]];
    }
}
