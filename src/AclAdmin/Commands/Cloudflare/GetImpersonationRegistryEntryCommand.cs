using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;
using AclAdmin.Surfaces;

namespace AclAdmin.Commands;

/// <summary>Reads impersonation registry entries, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "ImpersonationRegistryEntry", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(ImpersonationRegistryEntry))]
[RequiresPermission(ImpersonationRegistryClient.ReadPermission)]
public sealed class GetImpersonationRegistryEntryCommand : ListCommand<ImpersonationRegistryEntry>
{
    /// <summary>The entry's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdSet)]
    [Alias("impersonation_registry_id", "display_name_id")]
    [ArgumentCompleter(typeof(RegistryIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>A text that the service looks for in the entries.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? Search { get; set; }

    /// <summary>Only entries of this provenance.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RegistryField("provenance")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Provenance { get; set; }

    /// <summary>What the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Name", "Email", "CreatedAt")]
    public string? OrderBy { get; set; }

    /// <summary>Turns the order round.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Descending { get; set; }

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("account_id")]
    public string? AccountId { get; set; }


    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByIdSet)
        {
            WriteById(Id);
            return;
        }

        var order = OrderBy?.ToUpperInvariant() switch
        {
            "NAME" => "name",
            "EMAIL" => "email",
            "CREATEDAT" => "created_at",
            _ => null,
        };
        WriteList(ImpersonationRegistryClient.Query(Search, Provenance, order, Descending));
    }

    private protected override ResourceSurface<ImpersonationRegistryEntry> Surface => RegistrySurface.Instance;

    private protected override string? Account => AccountId;
}
