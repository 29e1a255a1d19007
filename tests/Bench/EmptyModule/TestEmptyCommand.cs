using System.Management.Automation;

namespace EmptyModule;

/// <summary>Does nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Empty")]
public sealed class TestEmptyCommand : PSCmdlet
{
}
