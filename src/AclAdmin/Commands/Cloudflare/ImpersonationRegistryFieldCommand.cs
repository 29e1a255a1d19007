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
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Display_Name", "Display Name")]
    [RegistryField("name")]
    public string? Name { get; set; }

    /// <summary>The address to protect, or an expression for it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RegistryField("email")]
    public string? Email { get; set; }

    /// <summary>Whether the address is a regular expression.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("is_email_regex")]
    [RegistryField("is_email_regex")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsEmailRegex { get; set; }

    /// <summary>A note.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RegistryField("comments")]
    public string? Comments { get; set; }

    /// <summary>Where the entry comes from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RegistryField("provenance")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Provenance { get; set; }

    /// <summary>The directory's id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("directory_id")]
    [RegistryField("directory_id")]
    public long? DirectoryId { get; set; }

    /// <summary>The id of the entry within the directory.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("directory_node_id")]
    [RegistryField("directory_node_id")]
    public long? DirectoryNodeId { get; set; }

    /// <summary>The directory's own id for the entry; deprecated by Cloudflare.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("external_directory_node_id")]
    [RegistryField("external_directory_node_id")]
    public string? ExternalDirectoryNodeId { get; set; }

    /// <summary>The account; without it, the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("account_id")]
    public string? AccountId { get; set; }

    private protected override ResourceSurface<ImpersonationRegistryEntry> Surface => RegistrySurface.Instance;

    private protected override string? Account => AccountId;
}
