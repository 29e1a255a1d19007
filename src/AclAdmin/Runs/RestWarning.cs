using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;

namespace AclAdmin.Runs;

/// <summary>Words how the rows ended that were read after the one that ends the pipeline.</summary>
internal static class RestWarning
{
    /// <summary>How many row numbers the warning lists.</summary>
    private const int ListedRows = 20;

    /// <summary>The warning; null where there were no such rows.</summary>
    public static string? Describe<T>(IReadOnlyList<ChangeOutcome<T>> rest)
        where T : ApiResource
    {
        var parts = new[]
        {
            Describe(rest, ChangeStatus.Failed, "failed as well"),
            Describe(rest, ChangeStatus.NotSent, "were not sent"),
            Describe(rest, ChangeStatus.Unknown, "were sent without an answer"),
            Describe(rest, ChangeStatus.Changed, "were applied"),
        }.Where(part => part.Length > 0).ToArray();
        return parts.Length == 0 ? null : $"The run ends at the error that follows. Of the rows after it {string.Join("; ", parts)}.";
    }

    private static string Describe<T>(IReadOnlyList<ChangeOutcome<T>> outcomes, ChangeStatus status, string what)
        where T : ApiResource
    {
        var numbers = outcomes.Where(outcome => outcome.Status == status).SelectMany(outcome => outcome.Change.Rows).Select(row => row.Number).ToArray();
        return numbers.Length == 0
            ? ""
            : $"{numbers.Length} {what} ({string.Join(", ", numbers.Take(ListedRows))}{(numbers.Length > ListedRows ? ", ..." : "")})";
    }
}
