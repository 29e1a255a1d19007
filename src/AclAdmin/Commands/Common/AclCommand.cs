using System;
using System.Collections.Generic;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Http;
using AclAdmin.Streams;

namespace AclAdmin.Commands;

/// <summary>
/// What every cmdlet shares: it can be stopped at once, it waits for work elsewhere while it shows what that work reports, and it turns
/// failures into error records.
/// </summary>
public abstract class AclCommand : PSCmdlet, IDisposable
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private RequestReporter? _reporter;

    /// <summary>Is cancelled by Ctrl+C, and when the pipeline ends in any other way.</summary>
    private protected CancellationToken Cancellation => _stop.Token;

    /// <summary>Shows what requests meet. Made when first used, as it asks which streams are wanted.</summary>
    private protected RequestReporter Reporter => _reporter ??= new RequestReporter(this);

    /// <summary>Whether -WhatIf is in force, by the command line or by the preference.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
        ? bound is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether the engine asks a person before each change, by -Confirm or by the preference.</summary>
    private protected bool IsConfirmed => MyInvocation.BoundParameters.TryGetValue("Confirm", out var bound)
        ? bound is SwitchParameter { IsPresent: true }
        : GetVariableValue("ConfirmPreference") is { } preference
            && LanguagePrimitives.TryConvertTo<ConfirmImpact>(preference, out var threshold)
            && threshold != ConfirmImpact.None
            && GetType().GetCustomAttribute<CmdletAttribute>()?.ConfirmImpact >= threshold;

    /// <summary>Comes on another thread: only cancels.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs however the pipeline ends, also where <c>EndProcessing</c> does not.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Abandons what is under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    /// <summary>Waits for work on the pipeline's thread, and shows meanwhile what it reports.</summary>
    /// <exception cref="AclException">The work failed.</exception>
    private protected T Await<T>(Task<T> work)
    {
        try
        {
            while (!WaitBriefly(work))
            {
                Reporter.Flush();
            }

            Reporter.Flush();
            return work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Waits for work, and writes its failure as an error record. The result is written by the caller, outside of any try block: what a command behind
    /// throws at a write must pass.
    /// </summary>
    /// <param name="start">Starts the work; what it throws at once is a failure as well.</param>
    /// <param name="target">What the error record is about.</param>
    /// <param name="result">What came of it; the default where it failed.</param>
    /// <returns>False when it failed.</returns>
    private protected bool TryAwait<T>(Func<Task<T>> start, object? target, out T? result)
    {
        try
        {
            result = Await(start());
            return true;
        }
        catch (AclException failure)
        {
            WriteFailure(failure, target);
            result = default;
            return false;
        }
    }

    /// <summary>
    /// A connection with the limits that <c>-TimeoutSec</c> and <c>-MaxRetryCount</c> set for this call. The connection itself keeps its own, also for
    /// others who use it meanwhile.
    /// </summary>
    private protected ApiConnection WithLimits(ApiConnection connection) => connection.With(
        Bound<int>(nameof(RequestCommand.TimeoutSec)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Bound<int>(nameof(RequestCommand.MaxRetryCount)));

    private T? Bound<T>(string parameter)
        where T : struct => MyInvocation.BoundParameters.TryGetValue(parameter, out var value) ? (T)value : null;

    /// <summary>Every connection, including those of the environment. Ends the pipeline where the environment contains an unusable value.</summary>
    private protected IReadOnlyList<ApiConnection> FindConnections()
    {
        try
        {
            return ConnectionLookup.All();
        }
        catch (AclException unusable)
        {
            ThrowTerminatingError(ErrorRecords.From(unusable, null));
            throw;
        }
    }

    /// <summary>Writes a failure. One that no other row can survive ends the pipeline.</summary>
    private protected void WriteFailure(AclException failure, object? target, long rowNumber = 0)
    {
        var record = ErrorRecords.From(failure, target, rowNumber);
        if (failure.EndsRun)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>In place of the engine's own: every text is fit to be shown.</summary>
    private protected new void WriteVerbose(string text) => this.ShowVerbose(text);

    /// <summary>In place of the engine's own: every text is fit to be shown.</summary>
    private protected new void WriteWarning(string text) => this.ShowWarning(text);

    /// <summary>In place of the engine's own: every text is fit to be shown.</summary>
    private protected new bool ShouldProcess(string target, string operation) => this.AsksToProcess(target, operation);

    private static bool WaitBriefly(Task work)
    {
        try
        {
            return work.Wait(ReportInterval);
        }
        catch (AggregateException)
        {
            // The caller obtains the exception itself from the task.
            return true;
        }
    }
}
