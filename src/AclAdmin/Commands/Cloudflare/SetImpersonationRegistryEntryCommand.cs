namespace AclAdmin.Commands;

/// <summary>Changes the specified fields of impersonation registry entries, and leaves the others alone.</summary>
[Cmdlet(VerbsCommon.Set, "ImpersonationRegistryEntry", SupportsShouldProcess = true, DefaultParameterSetName = ArgumentSet)]
[OutputType(typeof(ImpersonationRegistryEntry))]
public sealed class SetImpersonationRegistryEntryCommand : ImpersonationRegistryFieldCommand, IUpdateCommand
{
    /// <summary>The entry's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArgumentSet)]
    [Parameter(ParameterSetName = RowSet)]
    [IdArgument]
    [Alias("impersonation_registry_id", "display_name_id")]
    [ArgumentCompleter(typeof(IdCompleter))]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? Id { get; set; } = [];

    /// <summary>Reads the present entries first, and sends only what differs from them.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>What identifies an entry: its id, or a field that is compared as a whole and without regard to case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MatchKeyCompleter))]
    public string[]? MatchBy { get; set; }
}
