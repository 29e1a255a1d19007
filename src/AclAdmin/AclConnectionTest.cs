using System;
using System.Collections.Generic;

namespace AclAdmin;

/// <summary>The result of a connection's test.</summary>
public sealed class AclConnectionTest
{
    /// <summary>The connection's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Cloudflare or CarrierX.</summary>
    public string Service { get; init; } = "";

    /// <summary>Whether the service was reached, accepts the credential and lets it read.</summary>
    public bool Succeeded { get; init; }

    /// <summary>
    /// The service's own status where it verifies credentials (<c>active</c>, <c>disabled</c>, <c>expired</c>); otherwise <c>accepted</c>, <c>refused</c>, or
    /// <c>unknown</c> where no answer shows it.
    /// </summary>
    public string CredentialStatus { get; init; } = "";

    /// <summary>When the credential expires, in UTC; null where the service does not report it.</summary>
    public DateTime? ExpiresOn { get; init; }

    /// <summary>
    /// Whether the service has verified the credential; false where it should and does not, as behind a gateway that passes only some paths on; null where
    /// the service verifies no such credential.
    /// </summary>
    public bool? IsVerified { get; init; }

    /// <summary>Whether a list of one item could be read.</summary>
    public bool CanRead { get; init; }

    /// <summary>Whether the credential may write; null where that is not known, as no write is tried.</summary>
    public bool? CanWrite { get; init; }

    /// <summary>The error id of the failure, such as <c>AuthenticationFailed</c> or <c>PermissionDenied</c>; null when there is none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The failure and the advice for it; null when there is none.</summary>
    public string? Message { get; init; }

    /// <summary>The permissions that each cmdlet of the service needs.</summary>
    public IReadOnlyList<CommandRequirement> Permissions { get; init; } = [];
}

/// <summary>What a cmdlet needs.</summary>
public sealed class CommandRequirement
{
    /// <summary>The cmdlet.</summary>
    public string Command { get; init; } = "";

    /// <summary>The permission or scope, or several of which one is sufficient.</summary>
    public string Permission { get; init; } = "";

    /// <summary>Whether the credential has it; null where that is not known.</summary>
    public bool? IsGranted { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Command}: {Permission}";
}
