using System;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>The question whether a change is wanted, asked on the pipeline's thread.</summary>
internal static class Confirmation
{
    /// <summary>Asks, and ends the run where nobody can be asked: each later change would need an answer too.</summary>
    public static bool Ask<T>(this ChangeSession<T> session, PSCmdlet cmdlet, ChangePlan<T> plan, Func<bool> isWanted)
        where T : ApiResource
    {
        try
        {
            return isWanted();
        }
        catch (Exception reason) when (Unanswered.IsReason(reason))
        {
            var hasForce = cmdlet.MyInvocation.MyCommand is CmdletInfo info && info.Parameters.ContainsKey("Force");
            session.EndWith(Unanswered.ToError(plan.Operation, plan.Target, hasForce, reason), plan.Change.Rows[0]);
            return false;
        }
    }
}
