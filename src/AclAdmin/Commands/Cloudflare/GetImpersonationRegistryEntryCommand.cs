using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;

namespace AclAdmin.Commands;

/// <summary>Reads impersonation registry entries, by id or as a list.</summary>
[Cmdlet(VerbsCommon.Get, "ImpersonationRegistryEntry", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(ImpersonationRegistryEntry))]
[RequiresPermission(CloudflarePermissions.Read)]
public sealed class GetImpersonationRegistryEntryCommand : CloudflareListCommand<ImpersonationRegistryEntry>
{
    /// <summary>A text that the service looks for in the entries.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? Search { get; set; }

    /// <summary>Only entries of this provenance.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Field(typeof(ImpersonationRegistryEntry), "provenance")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Provenance { get; set; }

    /// <summary>What the service sorts by.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("Name", "Email", "CreatedAt")]
    public string? OrderBy { get; set; }

    /// <summary>Turns the order round.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Descending { get; set; }

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
        WriteList(ImpersonationRegistryDefinition.Query(Search, Provenance, order, Descending));
    }
}
