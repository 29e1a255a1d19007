using System;
using System.Collections;
using System.Linq;

namespace AclAdmin.Streams;

/// <summary>
/// The properties of a result as the views show them: <c>$_.Shown.Name</c> is fit for a host, while <c>$_.Name</c> stays exact.
/// </summary>
public static class ShownProperties
{
    /// <summary>The properties of an item.</summary>
    /// <param name="item">The item.</param>
    public static object Of(PSObject item) => new Dictionary(item);

    private static object? Show(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => HostText.Of(text, int.MaxValue),
        Enum or DateTime or TimeSpan or bool or int or long => value,
        IEnumerable list => list.Cast<object?>().Select(Show).ToArray(),
        _ => HostText.Of(value!.ToString(), int.MaxValue),
    };

    /// <summary>A dictionary, as the script of a view may call no method in constrained language.</summary>
    private sealed class Dictionary(PSObject item) : Hashtable
    {
        public override object? this[object key]
        {
            get => Show(item.Properties[(string)key]?.Value);
            set => throw new NotSupportedException();
        }

        public override bool Contains(object key) => true;
    }
}
