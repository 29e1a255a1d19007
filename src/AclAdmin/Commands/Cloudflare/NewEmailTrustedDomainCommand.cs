using AclAdmin.Client.Changes;

namespace AclAdmin.Commands;

/// <summary>Creates trusted domains.</summary>
[Cmdlet(VerbsCommon.New, "EmailTrustedDomain", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailTrustedDomain))]
public sealed class NewEmailTrustedDomainCommand : EmailTrustedDomainFieldCommand, ICreateCommand
{
    /// <summary>What happens where such an item exists.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }
}
