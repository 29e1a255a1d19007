using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Creates URL ignore patterns.</summary>
[Cmdlet(VerbsCommon.New, "EmailUrlIgnorePattern", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailUrlIgnorePattern))]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class NewEmailUrlIgnorePatternCommand : EmailUrlIgnorePatternFieldCommand
{
    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override IfExists IfExistsMode => IfExists;

    private protected override ChangeAction Action => ChangeAction.Create;

    private protected override IReadOnlyList<string?> ArgumentTargets() => [null];
}
