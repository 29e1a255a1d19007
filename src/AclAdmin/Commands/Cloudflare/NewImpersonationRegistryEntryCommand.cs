using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Adds names and addresses to the impersonation registry.</summary>
[Cmdlet(VerbsCommon.New, "ImpersonationRegistryEntry", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(ImpersonationRegistryEntry))]
public sealed class NewImpersonationRegistryEntryCommand : ImpersonationRegistryFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
