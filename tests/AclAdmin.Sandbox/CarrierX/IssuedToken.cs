using System;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>A CarrierX access token.</summary>
public sealed record IssuedToken
{
    /// <summary>The id under which it can be read and revoked.</summary>
    public required string TokenSid { get; init; }

    /// <summary>The secret itself.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Its counterpart; the sandbox has no use for it.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>The partner it acts for.</summary>
    public required string PartnerSid { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>From when on it is refused.</summary>
    public required DateTimeOffset Expires { get; init; }
}
