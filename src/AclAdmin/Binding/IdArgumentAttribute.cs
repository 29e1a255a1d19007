using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;

namespace AclAdmin.Binding;

/// <summary>
/// Lets the id be a script block that is run for each row: <c>-Id { $_.key }</c>. The engine would do so itself for a parameter that takes columns, but then
/// it also reads the column of that name, and a property that throws ends the pipeline. Read here, whatever it does is the row's error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>No id has such a character, so the text stands for a script block and for nothing else.</summary>
    private const string Prefix = "\0";

    private static readonly ConcurrentDictionary<string, ScriptBlock> Blocks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (FieldAttribute.Unwrap(inputData) is not ScriptBlock block)
        {
            return inputData;
        }

        var token = Prefix + Guid.NewGuid().ToString("N");
        Blocks[token] = block;
        return new[] { token };
    }

    /// <summary>What reads the id of a row from the command line.</summary>
    /// <param name="ids">The ids of the command line.</param>
    /// <returns>Null where the command line specifies none.</returns>
    internal static Func<PSObject?, string?>? ReaderOf(IReadOnlyList<string?> ids)
    {
        if (ids.Count == 0 || ids[0] is not { Length: > 0 } id)
        {
            return null;
        }

        return id.StartsWith(Prefix, StringComparison.Ordinal) && Blocks.TryRemove(id, out var block) ? row => Run(block, row) : _ => id;
    }

    /// <summary>Whether the id is a script block. Asked before <see cref="ReaderOf"/>.</summary>
    internal static bool IsDelayed(IReadOnlyList<string?> ids) =>
        ids.Count > 0 && ids[0] is { } id && id.StartsWith(Prefix, StringComparison.Ordinal) && Blocks.ContainsKey(id);

    /// <summary>The text of a script block for the id; null where there is none. Asked before <see cref="ReaderOf"/>.</summary>
    internal static string? TextOf(IReadOnlyList<string?> ids) => IsDelayed(ids) && Blocks.TryGetValue(ids[0]!, out var block) ? block.ToString() : null;

    private static string? Run(ScriptBlock block, PSObject? row)
    {
        var values = block.InvokeWithContext(null, [new PSVariable("_", row)]);
        return values.Count == 0 ? null : Convert.ToString(FieldAttribute.Unwrap(values[0]), CultureInfo.InvariantCulture);
    }
}
