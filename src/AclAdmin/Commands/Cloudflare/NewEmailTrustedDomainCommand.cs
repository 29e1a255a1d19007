using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Creates trusted domains.</summary>
[Cmdlet(VerbsCommon.New, "EmailTrustedDomain", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailTrustedDomain))]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class NewEmailTrustedDomainCommand : EmailTrustedDomainFieldCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override IfExists IfExistsMode => IfExists;

    private protected override ChangeAction Action => ChangeAction.Create;

    private protected override IReadOnlyList<string?> ArgumentTargets() => [null];
}
