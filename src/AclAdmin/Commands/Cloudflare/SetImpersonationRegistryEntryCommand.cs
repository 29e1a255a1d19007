using System.Collections.Generic;
using System.Management.Automation;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;

namespace AclAdmin.Commands;

/// <summary>Changes the fields of impersonation registry entries that were said, and leaves the others alone.</summary>
[Cmdlet(VerbsCommon.Set, "ImpersonationRegistryEntry", SupportsShouldProcess = true, DefaultParameterSetName = ByIdSet)]
[OutputType(typeof(ImpersonationRegistryEntry))]
public sealed class SetImpersonationRegistryEntryCommand : ImpersonationRegistryFieldCommand
{
    /// <summary>The entry's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByIdSet)]
    [Parameter(ParameterSetName = RowSet, ValueFromPipelineByPropertyName = true)]
    [Alias("impersonation_registry_id", "display_name_id")]
    public string[] Id { get; set; } = [];

    private protected override ChangeAction Action => ChangeAction.Update;

    private protected override IReadOnlyList<string> Ids => Id;

    private protected override IReadOnlyList<string> IdentityNames { get; } = ["Id", .. ImpersonationRegistryEntry.Descriptor.IdentityAliases];
}
