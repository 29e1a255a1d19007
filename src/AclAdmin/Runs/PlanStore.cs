using System;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>The plan file of a call: one to save a plan in, or one whose plan is carried out.</summary>
internal sealed class PlanStore
{
    private readonly PSCmdlet _cmdlet;
    private readonly string? _saveTo;
    private readonly string? _savedAt;

    private PlanStore(PSCmdlet cmdlet, string? saveTo, string? savedAt)
    {
        _cmdlet = cmdlet;
        _saveTo = saveTo;
        _savedAt = savedAt;
        Saved = savedAt is null ? null : AclPlanFile.Load(savedAt);
        if (saveTo is not null)
        {
            AclPlanFile.CheckPlace(saveTo);
        }
    }

    /// <summary>The plan to carry out; null where there is none.</summary>
    public AclPlan? Saved { get; }

    /// <summary>Finds the file, and reads the plan that is to be carried out.</summary>
    /// <param name="cmdlet">The cmdlet, whose location a relative path is resolved against.</param>
    /// <param name="planPath">The file to save a plan in; null for none.</param>
    /// <param name="applyPlan">The file of the plan to carry out; null for none.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: it cannot be a file, or cannot be used.</exception>
    public static PlanStore Open(PSCmdlet cmdlet, string? planPath, string? applyPlan) => new(
        cmdlet,
        planPath is null ? null : Resolve(cmdlet, planPath),
        applyPlan is null ? null : Resolve(cmdlet, applyPlan));

    /// <summary>Claims the plan that is to be carried out, so that no other process carries it out as well.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: it is claimed already.</exception>
    public PlanClaim Claim() => PlanClaim.Make(_savedAt!, DateTime.UtcNow);

    /// <summary>Saves a plan, where the call specifies a file and the user confirms.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: it cannot be saved.</exception>
    /// <returns>Whether it was saved.</returns>
    public bool Save(AclPlan plan)
    {
        if (_saveTo is null || !_cmdlet.AsksToProcess(_saveTo, "Save the plan"))
        {
            return false;
        }

        AclPlanFile.Save(_saveTo, plan);
        return true;
    }

    private static string Resolve(PSCmdlet cmdlet, string path) => FileLocation.Resolve(cmdlet, path, (reason, inner) => new AclException(
        ErrorKind.PlanFailed, $"The plan '{DisplayText.Of(path)}' cannot be a file: {reason}. Nothing was sent.", "Specify the path of a file.", inner));
}
