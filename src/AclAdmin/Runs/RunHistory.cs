using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;

namespace AclAdmin.Runs;

/// <summary>The latest runs of this process, so that what a stopped pipeline could not write can be read afterwards.</summary>
internal static class RunHistory
{
    private const int Kept = 20;

    private static readonly LinkedList<(Guid Runspace, AclRun Run)> Runs = new();

    /// <summary>Keeps a run.</summary>
    public static void Add(AclRun run)
    {
        lock (Runs)
        {
            Runs.AddLast((CurrentRunspace, run));
            if (Runs.Count > Kept)
            {
                Runs.RemoveFirst();
            }
        }
    }

    /// <summary>The runs of this session, the latest last.</summary>
    public static IReadOnlyList<AclRun> OfThisSession()
    {
        lock (Runs)
        {
            var runspace = CurrentRunspace;
            return Runs.Where(pair => pair.Runspace == runspace).Select(pair => pair.Run).ToArray();
        }
    }

    private static Guid CurrentRunspace => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;
}
