using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates allow policies.</summary>
[Cmdlet(VerbsCommon.New, "EmailAllowPolicy", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailAllowPolicy))]
public sealed class NewEmailAllowPolicyCommand : EmailAllowPolicyFieldCommand, ICreateCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
