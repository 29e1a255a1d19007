using System.Linq;
using AclAdmin.Runs;

namespace AclAdmin.Commands;

/// <summary>Shows how the latest runs of this session went, and the rows that a stopped pipeline could not report.</summary>
[Cmdlet(VerbsCommon.Get, "AclRun")]
[OutputType(typeof(AclRun))]
public sealed class GetAclRunCommand : AclCommand
{
    /// <summary>Only the latest run.</summary>
    [Parameter]
    public SwitchParameter Last { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var runs = RunHistory.OfThisSession();
        WriteObject(Last ? runs.Skip(runs.Count - 1) : runs, enumerateCollection: true);
    }
}
