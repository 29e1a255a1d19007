using System;
using System.Collections.Generic;
using System.Diagnostics;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests;

/// <summary>Takes what a runner has to give.</summary>
internal static class Outcomes
{
    /// <summary>Far longer than anything here takes; only a runner that hangs gets there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The number of the row that an outcome is of.</summary>
    public static int RowNumber<T>(ChangeOutcome<T> outcome)
        where T : ApiResource => (int)Assert.Single(outcome.Change.Rows).Number;

    /// <summary>Carries out one change by itself.</summary>
    public static ChangeOutcome<T> Apply<T>(Change<T> change, IRequestObserver? observer = null)
        where T : ApiResource
    {
        using var runner = new ChangeRunner<T>(1, observer ?? SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        runner.Post(change);
        return TakeNext(runner);
    }

    /// <summary>Takes outcomes until there are none left to come.</summary>
    public static List<ChangeOutcome<T>> DequeueAll<T>(ChangeRunner<T> runner)
        where T : ApiResource
    {
        var outcomes = new List<ChangeOutcome<T>>();
        while (!runner.IsEmpty)
        {
            outcomes.Add(TakeNext(runner));
        }

        return outcomes;
    }

    /// <summary>Waits for the next outcome and takes it.</summary>
    public static ChangeOutcome<T> TakeNext<T>(ChangeRunner<T> runner)
        where T : ApiResource
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (runner.TryDequeue(out var outcome))
            {
                return outcome!;
            }

            Assert.True(waited.Elapsed < Patience, "The runner gives nothing more.");
            runner.WaitFor(Awaited.Next, Patience);
        }
    }
}
