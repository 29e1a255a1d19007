using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Creates domains.</summary>
[Cmdlet(VerbsCommon.New, "EmailDomain", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(EmailDomain))]
[RequiresPermission(CloudflarePermissions.Write)]
public sealed class NewEmailDomainCommand : EmailDomainFieldCommand
{
    /// <summary>The domain to protect.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Field(typeof(EmailDomain), "domain")]
    public string? Domain { get; set; }

    /// <summary>What happens where there is such an item already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    private protected override IfExists IfExistsMode => IfExists;

    private protected override ChangeAction Action => ChangeAction.Create;

    private protected override IReadOnlyList<string?> ArgumentTargets() => [null];
}
