using System;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>An impersonation registry entry as the service holds it.</summary>
public sealed record RegistryEntry
{
    /// <summary>The provenance of entries made by hand or by the API; all others belong to a directory.</summary>
    public const string Internal = "A1S_INTERNAL";

    /// <summary>The provenance of entries synced from Microsoft 365.</summary>
    public const string Office365 = "SNOOPY-OFFICE_365";

    /// <summary>A uuid, lower case.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Address, or a pattern if <see cref="IsEmailRegex"/>.</summary>
    public string Email { get; init; } = string.Empty;

    /// <summary>Whether <see cref="Email"/> is a regular expression.</summary>
    public bool IsEmailRegex { get; init; }

    /// <summary>Free text or null.</summary>
    public string? Comments { get; init; }

    /// <summary>Where the entry comes from; null, as some entries have none.</summary>
    public string? Provenance { get; init; } = Internal;

    /// <summary>The directory of a synced entry.</summary>
    public long? DirectoryId { get; init; }

    /// <summary>The node in that directory.</summary>
    public long? DirectoryNodeId { get; init; }

    /// <summary>The directory's own id of the node.</summary>
    public string? ExternalDirectoryNodeId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Whether <see cref="ModifiedAt"/> is also sent as <c>last_modified</c>, which is past its end of life.</summary>
    public bool HasLastModified { get; init; }

    /// <summary>Whether a directory owns it, so that it cannot be changed.</summary>
    public bool IsSynced => Provenance is not (null or Internal);
}
