using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Creates sending domain restrictions.</summary>
[Cmdlet(VerbsCommon.New, "EmailSendingDomainRestriction", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailSendingDomainRestriction))]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class NewEmailSendingDomainRestrictionCommand : EmailSendingDomainRestrictionFieldCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override IfExists IfExistsMode => IfExists;

    private protected override ChangeAction Action => ChangeAction.Create;

    private protected override IReadOnlyList<string?> ArgumentTargets() => [null];
}
