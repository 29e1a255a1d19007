namespace AclAdmin.Commands;

/// <summary>Reads impersonation registry entries, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "ImpersonationRegistryEntry", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(ImpersonationRegistryEntry))]
public sealed class GetImpersonationRegistryEntryCommand : CloudflareSortedListCommand<ImpersonationRegistryEntry>
{
    /// <summary>Only entries of this provenance.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Field(typeof(ImpersonationRegistryEntry), "provenance")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Provenance { get; set; }

    /// <summary>The field that the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Name", "Email", "CreatedAt")]
    public string? OrderBy { get; set; }

    private protected override string? Order => OrderBy;
}
