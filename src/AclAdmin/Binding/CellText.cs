using System;
using System.Globalization;
using System.Linq;
using AclAdmin.Client;

namespace AclAdmin.Binding;

/// <summary>A cell as a message shows it: whatever it is, and whatever its own text does.</summary>
internal static class CellText
{
    private const int MaxLength = 200;

    /// <summary>The cell's text, with everything invisible made visible; its type's name where it has no text of its own.</summary>
    public static string Of(object? cell)
    {
        try
        {
            var text = cell is System.Collections.IEnumerable items and not string
                ? string.Join(", ", items.Cast<object?>().Take(5).Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))
                : Convert.ToString(cell, CultureInfo.InvariantCulture);
            return DisplayText.Of(text, MaxLength);
        }
        catch (Exception)
        {
            return $"an object of type {cell?.GetType().Name} whose text cannot be read";
        }
    }
}
