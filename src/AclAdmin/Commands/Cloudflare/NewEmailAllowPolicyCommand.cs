using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates allow policies.</summary>
[Cmdlet(VerbsCommon.New, "EmailAllowPolicy", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailAllowPolicy))]
public sealed class NewEmailAllowPolicyCommand : EmailAllowPolicyFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
