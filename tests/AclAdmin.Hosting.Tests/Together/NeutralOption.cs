using System;
using System.Collections.Generic;
using System.Linq;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>How the rows reach the cmdlet.</summary>
internal enum RowsAs
{
    /// <summary>Piped, one by one.</summary>
    Pipeline,

    /// <summary>As an array in <c>-InputObject</c>.</summary>
    InputObject,

    /// <summary>As arguments: the columns are parameters, one call for each row.</summary>
    Arguments,
}

/// <summary>How a call is made.</summary>
internal sealed class CallPlan
{
    public Dictionary<string, object?> Parameters { get; } = [];

    public RowsAs Rows { get; set; }

    public int Connection { get; set; } = 1;

    public bool IsOtherRunspace { get; set; }
}

/// <summary>An option that must not change how any row ends. A further one is one line in <see cref="All"/>.</summary>
/// <param name="Name">What it is called in failures.</param>
/// <param name="Subject">What it sets: two options with the same subject make no pair.</param>
/// <param name="Apply">Sets it.</param>
/// <param name="Parameter">The parameter that a cmdlet must have; null where any will do.</param>
internal sealed record NeutralOption(string Name, string Subject, Action<CallPlan, ListStage> Apply, string? Parameter = null)
{
    public static IReadOnlyList<NeutralOption> All { get; } =
    [
        With("JournalPath", stage => stage.NewFile(".jsonl")),
        With("BatchSize", _ => 1, "BatchSize 1"),
        With("BatchSize", _ => 2, "BatchSize 2"),
        With("ThrottleLimit", _ => 1),
        With("TimeoutSec", _ => 90),
        With("StrictColumns", _ => true),
        With("Verbose", _ => true),
        With("PassThru", _ => true),
        With("Confirm", _ => false),
        new("a second connection", "connection", (plan, _) => plan.Connection = 2),
        new("another runspace", "runspace", (plan, _) => plan.IsOtherRunspace = true),
        new("rows in -InputObject", "rows", (plan, _) => plan.Rows = RowsAs.InputObject),
        new("arguments instead of rows", "rows", (plan, _) => plan.Rows = RowsAs.Arguments, "WhatIf"),
    ];

    /// <summary>Whether a cmdlet has it.</summary>
    public bool FitsTo(WritingCase writing, IReadOnlySet<string> parameters) =>
        (Parameter is null || parameters.Contains(Parameter)) && !(writing.IsSync && Name.StartsWith("arguments", StringComparison.Ordinal));

    /// <summary>Each option alone, and every pair.</summary>
    public static IEnumerable<NeutralOption[]> Sets(IReadOnlyList<NeutralOption> options) => options.Select(option => new[] { option })
        .Concat(options.SelectMany((first, index) => options.Skip(index + 1).Where(second => second.Subject != first.Subject).Select(second => new[] { first, second })));

    private static NeutralOption With(string parameter, Func<ListStage, object> value, string? name = null) =>
        new(name ?? parameter, parameter, (plan, stage) => plan.Parameters[parameter] = value(stage), parameter);
}
