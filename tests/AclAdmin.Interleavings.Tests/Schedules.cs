using System;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;
using Xunit;

namespace AclAdmin.Interleavings.Tests;

/// <summary>
/// Runs a scenario under schedules that follow from a seed. ACLADMIN_SCHEDULES states how many for each scenario, ACLADMIN_SCHEDULE_SEED where they start: a
/// failure names its own seed, with which it comes first.
/// </summary>
internal static class Schedules
{
    private static readonly uint Count = Number("ACLADMIN_SCHEDULES", 1000);

    private static readonly uint Seed = Number("ACLADMIN_SCHEDULE_SEED", 2026);

    /// <summary>Runs a scenario under each schedule, the first failure of which fails the test.</summary>
    public static void Explore(Func<Task> scenario)
    {
        var configuration = Configuration.Create()
            .WithTestingIterations(Count)
            .WithRandomGeneratorSeed(Seed)
            .WithTelemetryEnabled(false)
            .WithMaxSchedulingSteps(20_000);
        using var engine = TestingEngine.Create(configuration, scenario);
        engine.Run();
        TestContext.Current.TestOutputHelper?.WriteLine(engine.GetReport());
        var report = engine.TestReport;
        Assert.True(report.NumOfFoundBugs == 0, $"Seed {Seed}, {string.Join('\n', report.BugReports)}");
        Assert.Empty(report.InternalErrors);
    }

    /// <summary>
    /// Runs a scenario as often on the threads of the pool, where Coyote cannot: it loses what follows <see cref="Task.WhenAny(Task[])"/> of a task whose
    /// continuations run asynchronously, and reports a deadlock of the test alone.
    /// </summary>
    public static async Task RepeatAsync(Func<Task> scenario)
    {
        for (var run = 0; run < Count; run++)
        {
            await scenario();
        }
    }

    private static uint Number(string variable, uint otherwise) =>
        uint.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
