using System.Management.Automation;
using AclAdmin.Binding;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Completion;
using AclAdmin.Surfaces;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of impersonation registry entries: the fields' parameters stand here, once.</summary>
public abstract class ImpersonationRegistryFieldCommand : FieldRowCommand<ImpersonationRegistryEntry>
{
    /// <summary>The display name to protect; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("Display_Name", "Display Name")]
    [RegistryField("name")]
    public string? Name { get; set; }

    /// <summary>The address to protect, or an expression for it.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [RegistryField("email")]
    public string? Email { get; set; }

    /// <summary>Whether the address is a regular expression.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("is_email_regex")]
    [RegistryField("is_email_regex")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsEmailRegex { get; set; }

    /// <summary>A note.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [RegistryField("comments")]
    public string? Comments { get; set; }

    /// <summary>Where the entry comes from.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [RegistryField("provenance")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Provenance { get; set; }

    /// <summary>The directory's id.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("directory_id")]
    [RegistryField("directory_id")]
    public long? DirectoryId { get; set; }

    /// <summary>The id of the entry within the directory.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("directory_node_id")]
    [RegistryField("directory_node_id")]
    public long? DirectoryNodeId { get; set; }

    /// <summary>The directory's own id for the entry; deprecated by Cloudflare.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("external_directory_node_id")]
    [RegistryField("external_directory_node_id")]
    public string? ExternalDirectoryNodeId { get; set; }

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("account_id")]
    public string? AccountId { get; set; }

    private protected override ResourceSurface<ImpersonationRegistryEntry> Surface => RegistrySurface.Instance;

    private protected override string? Account => AccountId;
}
