namespace AclAdmin.Sandbox;

/// <summary>What the sandbox uses where nothing else was said. None of it opens anything but a sandbox.</summary>
public static class SandboxDefaults
{
    /// <summary>The one account the sandbox serves; the id of the vendor's samples.</summary>
    public const string AccountId = "023e105f4ecef8ad9ca31a8372d0c353";

    /// <summary>The Cloudflare token that may read and write.</summary>
    public const string CloudflareToken = "sandbox-cloudflare-token";

    /// <summary>The Cloudflare token that may only read.</summary>
    public const string CloudflareReadToken = "sandbox-cloudflare-read-token";

    /// <summary>The Cloudflare token that is valid and may do nothing.</summary>
    public const string CloudflareBareToken = "sandbox-cloudflare-bare-token";

    /// <summary>The e-mail address that goes with <see cref="CloudflareKey"/>.</summary>
    public const string CloudflareEmail = "admin@example.com";

    /// <summary>The global key that goes with <see cref="CloudflareEmail"/>.</summary>
    public const string CloudflareKey = "sandbox-global-key";

    /// <summary>The CarrierX token that is valid from the start and does not expire.</summary>
    public const string CarrierXToken = "6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13";

    /// <summary>The <c>token_sid</c> of <see cref="CarrierXToken"/>.</summary>
    public const string CarrierXTokenSid = "0b9d6e7f-1c2a-4d3b-8e4f-5a6b7c8d9e0f";

    /// <summary>The partner that owns the seeded rules and issued tokens.</summary>
    public const string PartnerSid = "5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714";

    /// <summary>The partner above it, which no token acts for.</summary>
    public const string ParentSid = "b1d2c9a4-63e5-4f0e-9d47-2c8f5a7e1306";

    /// <summary><c>client_id</c> of the token endpoint.</summary>
    public const string ClientId = "sandbox-client";

    /// <summary><c>client_secret</c> of the token endpoint.</summary>
    public const string ClientSecret = "sandbox-secret";

    /// <summary><c>username</c> of the token endpoint.</summary>
    public const string Username = "sandbox-user";

    /// <summary><c>password</c> of the token endpoint.</summary>
    public const string Password = "sandbox-password";

    /// <summary>Loopback, any free port.</summary>
    public const string Url = "http://127.0.0.1:0";

    /// <summary>How many registry entries are seeded.</summary>
    public const int Entries = 100;

    /// <summary>How many items are seeded in each list of the Email Security settings other than the registry.</summary>
    public const int Items = 20;

    /// <summary>How many access control rules are seeded.</summary>
    public const int Rules = 100;

    /// <summary>Every how many seeded entries one is owned by a directory; 0 for none.</summary>
    public const int SyncedEvery = 50;

    /// <summary>Requests in a window: Cloudflare's documented client limit.</summary>
    public const int Quota = 1200;

    /// <summary>Length of a window in seconds: Cloudflare's documented client limit.</summary>
    public const double WindowSeconds = 300;

    /// <summary>How long, in seconds, a credential is refused once over its quota: as documented by Cloudflare.</summary>
    public const double BlockSeconds = 300;

    /// <summary>How long, in seconds, an issued CarrierX token is good for. The vendor does not state one.</summary>
    public const double TokenLifetimeSeconds = 3600;

    /// <summary>Status of the refusal to change a directory-synced entry. The vendor does not document one.</summary>
    public const int SyncedRefusalStatus = 400;
}
