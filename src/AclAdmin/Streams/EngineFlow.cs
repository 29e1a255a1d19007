using System;

namespace AclAdmin.Streams;

/// <summary>Distinguishes the engine's own flow control from failures: an exception that ends a pipeline on purpose must never be caught.</summary>
internal static class EngineFlow
{
    /// <summary>Whether an exception is the engine's way to end a pipeline, a loop or a script.</summary>
    public static bool IsControl(Exception exception)
    {
        if (exception is PipelineStoppedException or ActionPreferenceStopException or OperationCanceledException)
        {
            return true;
        }

        // Break, continue, exit and the end of a pipeline share a base class that is not public in every edition.
        for (var type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName is "System.Management.Automation.FlowControlException" or "System.Threading.ThreadAbortException")
            {
                return true;
            }
        }

        return false;
    }
}
