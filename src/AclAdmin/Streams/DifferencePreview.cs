using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Streams;

/// <summary>Asks for confirmation of a change, and shows present values beside new ones.</summary>
internal static class DifferencePreview
{
    /// <summary>Asks, by -WhatIf and -Confirm.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="target">The target of the change.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="differences">The fields that change.</param>
    /// <param name="none">The text where no field changes; empty for the target and the operation alone.</param>
    public static bool ShouldApply(PSCmdlet cmdlet, string target, string operation, IReadOnlyList<FieldDifference> differences, string none = "")
    {
        var shown = differences.Count == 0 ? none : string.Join("; ", differences.Select(DifferenceColors.For(cmdlet).Format));
        return cmdlet.AsksToProcess(target, operation, shown);
    }
}
