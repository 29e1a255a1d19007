using System;
using System.Collections;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>
/// Lets ids be piped to the id's parameter as texts, and results as themselves. Without it, the engine would make a text of a whole row: it looks for a
/// column only where the row itself does not fit, and prefers a value that needs no conversion, which this makes of a column's text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PipedIdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => FieldAttribute.Unwrap(inputData) switch
    {
        string or Guid or ApiResource => new[] { IdOf(FieldAttribute.Unwrap(inputData)!) },
        IEnumerable items and not IDictionary when items.Cast<object?>().All(item => item is string or Guid or ApiResource) => items.Cast<object>().Select(IdOf).ToArray(),
        _ => inputData,
    };

    private static string IdOf(object given) => given is ApiResource resource ? resource.GetIdentity() : CellParser.CleanHeader(given.ToString()!);
}
