using System.Collections.Generic;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>An access control rule as the service holds it.</summary>
public sealed record AccessRule
{
    /// <summary>A uuid, lower case.</summary>
    public required string RuleSid { get; init; }

    /// <summary>The partner that owns it. No answer shows it.</summary>
    public string PartnerSid { get; init; } = SandboxDefaults.PartnerSid;

    /// <summary>Numbers, prefixes, words or expressions; at least one.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>What the entries are held against.</summary>
    public string Field { get; init; } = "to";

    /// <summary>The name the service gives where none was said.</summary>
    public string Name { get; init; } = "N/A";

    /// <summary>How entries are compared.</summary>
    public string Operation { get; init; } = "prefix";

    /// <summary>How many entries must match.</summary>
    public string Quantifier { get; init; } = "any";

    /// <summary>Whether it comes from the parent partner and so cannot be changed.</summary>
    public bool ReadOnly { get; init; }
}
