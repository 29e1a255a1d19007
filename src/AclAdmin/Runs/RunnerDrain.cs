using System;
using System.Collections.Generic;
using System.Threading;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Changes.Runs;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>Takes the outcomes out of a runner on the pipeline's thread, and waits for more of them no longer than the person may wait for news.</summary>
/// <param name="runner">The runner.</param>
/// <param name="reporter">Writes what the requests report during a wait.</param>
/// <param name="stopping">Ends a wait when the pipeline is stopped.</param>
internal sealed class RunnerDrain<T>(ChangeRunner<T> runner, RequestReporter reporter, CancellationToken stopping)
    where T : ApiResource
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a run that is ended waits for what it had sent.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>The outcomes that are there, in order.</summary>
    public IEnumerable<ChangeOutcome<T>> TakeReady()
    {
        while (runner.TryDequeue(out var outcome))
        {
            yield return outcome!;
        }
    }

    /// <summary>Waits for the next outcome, or for room for more changes.</summary>
    /// <param name="untilEmpty">Whether no more changes come, so that only outcomes are waited for.</param>
    public void WaitForMore(bool untilEmpty)
    {
        if (untilEmpty)
        {
            runner.WaitFor(Awaited.Next, ReportInterval);
        }
        else
        {
            runner.WaitFor(Awaited.Room, ReportInterval);
        }
    }

    /// <summary>Sends nothing more, and waits for what was sent; what is still under way after that has an unknown outcome.</summary>
    public void Settle()
    {
        runner.StopSending();
        var deadline = DateTime.UtcNow + SettleTime;
        while (!runner.WaitFor(Awaited.Idle, ReportInterval) && DateTime.UtcNow < deadline && !stopping.IsCancellationRequested)
        {
            reporter.Flush();
        }

        runner.Abandon();
    }

    /// <summary>The same where nothing may be written any more.</summary>
    public void StopAndWait()
    {
        runner.StopSending();
        runner.WaitFor(Awaited.Idle, SettleTime);
    }
}
