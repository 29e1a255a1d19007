using System.Collections.Generic;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>An access control list as the service holds it: part of a partner, a trunk group or a trunk.</summary>
public sealed record AccessList
{
    /// <summary>The sids of its rules.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>What it is for.</summary>
    public string Direction { get; init; } = "any";

    /// <summary>What happens to messages that no rule matches.</summary>
    public string? SmsActionFalse { get; init; }

    /// <summary>What happens to messages that a rule matches.</summary>
    public string? SmsActionTrue { get; init; }

    /// <summary>What happens to calls that no rule matches.</summary>
    public string? VoiceActionFalse { get; init; }

    /// <summary>What happens to calls that a rule matches.</summary>
    public string? VoiceActionTrue { get; init; }
}

/// <summary>A partner, a trunk group or a trunk.</summary>
public sealed record ListOwner
{
    /// <summary>Its address behind the base, such as <c>trunk_groups/x/trunks/y</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "N/A";

    /// <summary>The partner that owns it; of a partner, the partner itself.</summary>
    public string PartnerSid { get; init; } = SandboxDefaults.PartnerSid;

    /// <summary>Of a partner, the one above it.</summary>
    public string ParentSid { get; init; } = SandboxDefaults.ParentSid;

    /// <summary>Its lists.</summary>
    public IReadOnlyList<AccessList> Lists { get; init; } = [];

    /// <summary>Of a partner, the lists that its parent has assigned.</summary>
    public IReadOnlyList<AccessList> ParentLists { get; init; } = [];

    /// <summary>Its own sid.</summary>
    public string Sid => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Whether it is a partner.</summary>
    public bool IsPartner => Path.StartsWith("partners/", System.StringComparison.Ordinal);

    /// <summary>Whether it is a trunk.</summary>
    public bool IsTrunk => Path.Contains("/trunks/", System.StringComparison.Ordinal);
}
