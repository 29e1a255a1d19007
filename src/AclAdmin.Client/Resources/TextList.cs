using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;

namespace AclAdmin.Client.Resources;

/// <summary>An immutable list of texts whose own text is a JSON array, so that a column of an exported file holds every item and can be read back.</summary>
/// <param name="items">The items, in order.</param>
public sealed class TextList(IEnumerable<string> items) : IReadOnlyList<string>
{
    private readonly string[] _items = items.ToArray();

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public string this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_items).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => JsonConvert.SerializeObject(_items);
}
