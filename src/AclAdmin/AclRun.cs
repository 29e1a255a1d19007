using System;
using System.Collections.Generic;

namespace AclAdmin;

/// <summary>The result of a run of a writing cmdlet: the counts, and the rows whose outcome could not be written because the pipeline was stopped.</summary>
public sealed class AclRun
{
    /// <summary>The cmdlet.</summary>
    public string Command { get; init; } = "";

    /// <summary>When the run began, in UTC.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// How it ended: <c>Completed</c>; <c>Failed</c>, where an error ended it; <c>Stopped</c>, by Ctrl+C or by another command of the pipeline.
    /// </summary>
    public string EndedBy { get; init; } = "";

    /// <summary>Rows that were read: the sum of the counts that follow.</summary>
    public long Rows { get; init; }

    /// <summary>Rows whose item was created.</summary>
    public long Created { get; init; }

    /// <summary>Rows whose change was applied.</summary>
    public long Changed { get; init; }

    /// <summary>Rows whose item was removed.</summary>
    public long Removed { get; init; }

    /// <summary>Rows that had nothing to change.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows that were skipped.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows that failed or were not sent.</summary>
    public long Failed { get; init; }

    /// <summary>Rows that were sent and whose outcome is not known.</summary>
    public long Unknown { get; init; }

    /// <summary>The rows whose outcome could not be written to the pipeline, in their order; none where the run was not stopped.</summary>
    public IReadOnlyList<AclRunRow> Unreported { get; init; } = [];
}

/// <summary>A row whose outcome could not be written to the pipeline.</summary>
public sealed class AclRunRow
{
    /// <summary>The row's number, from 1; 0 for a call without rows.</summary>
    public long Number { get; init; }

    /// <summary>How it ended: <c>Changed</c>, <c>Unchanged</c>, <c>Skipped</c>, <c>Failed</c>, <c>Unknown</c> or <c>NotSent</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The failure; null where there is none.</summary>
    public string? Message { get; init; }

    /// <summary>The row, exactly as it was piped in.</summary>
    public object? InputObject { get; init; }
}
