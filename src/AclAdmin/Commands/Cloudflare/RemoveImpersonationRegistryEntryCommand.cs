using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;
using AclAdmin.Surfaces;

namespace AclAdmin.Commands;

/// <summary>Removes entries from the impersonation registry. One that is gone already is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "ImpersonationRegistryEntry", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ArgumentSet)]
[RequiresPermission(ImpersonationRegistryClient.WritePermission)]
public sealed class RemoveImpersonationRegistryEntryCommand : RemoveCommand<ImpersonationRegistryEntry>
{
    /// <summary>The entry's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet, ValueFromPipelineByPropertyName = true)]
    [Alias("impersonation_registry_id", "display_name_id")]
    [ArgumentCompleter(typeof(RegistryIdCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? Id { get; set; } = [];

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("account_id")]
    public string? AccountId { get; set; }

    private protected override ResourceSurface<ImpersonationRegistryEntry> Surface => RegistrySurface.Instance;

    private protected override IReadOnlyList<string?> Ids => Id ?? [];

    private protected override string? Account => AccountId;
}
