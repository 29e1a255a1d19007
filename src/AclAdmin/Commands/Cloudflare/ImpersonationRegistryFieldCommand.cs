namespace AclAdmin.Commands;

/// <summary>A cmdlet that writes fields of impersonation registry entries, and declares their parameters once.</summary>
public abstract class ImpersonationRegistryFieldCommand : CloudflareFieldCommand<ImpersonationRegistryEntry>
{
    /// <summary>The display name to protect; at most 1,024 characters.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(ImpersonationRegistryEntry), "name")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Name { get; set; }

    /// <summary>The address to protect, or an expression for it.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(ImpersonationRegistryEntry), "email")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Email { get; set; }

    /// <summary>Whether the address is a regular expression.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("is_email_regex")]
    [Field(typeof(ImpersonationRegistryEntry), "is_email_regex")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public bool? IsEmailRegex { get; set; }

    /// <summary>A note.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(ImpersonationRegistryEntry), "comments")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Comments { get; set; }

    /// <summary>Where the entry comes from.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Field(typeof(ImpersonationRegistryEntry), "provenance")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? Provenance { get; set; }

    /// <summary>The directory's id.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("directory_id")]
    [Field(typeof(ImpersonationRegistryEntry), "directory_id")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public long? DirectoryId { get; set; }

    /// <summary>The id of the entry within the directory.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("directory_node_id")]
    [Field(typeof(ImpersonationRegistryEntry), "directory_node_id")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public long? DirectoryNodeId { get; set; }

    /// <summary>The directory's own id for the entry; deprecated by Cloudflare.</summary>
    [Parameter(ParameterSetName = ArgumentSet, ValueFromPipelineByPropertyName = true), Parameter(ParameterSetName = RowSet)]
    [Alias("external_directory_node_id")]
    [Field(typeof(ImpersonationRegistryEntry), "external_directory_node_id")]
    [ArgumentCompleter(typeof(FieldValueCompleter))]
    public string? ExternalDirectoryNodeId { get; set; }
}
