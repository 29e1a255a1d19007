using AclAdmin.Client.CarrierX;

namespace AclAdmin.Commands;

/// <summary>Changes the fields of access control lists that are specified, and leaves the others alone.</summary>
[Cmdlet(VerbsCommon.Set, "AccessControlList", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(AccessControlList))]
[RequiresPermission(ListOwnerScopes.Update)]
public sealed class SetAccessControlListCommand : AccessControlListFieldCommand
{
    /// <summary>The place of the list among those of its owner, from 1.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(AccessControlListOwner), "index")]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public long? Index { get; set; }

    /// <summary>Writes each changed list as the service shows it afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool WritesResults => PassThru;

    private protected override ListEditKind Kind => ListEditKind.Change;
}
