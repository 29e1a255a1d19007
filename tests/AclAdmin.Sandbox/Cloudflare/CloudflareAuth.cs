using System;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>Who calls.</summary>
internal enum CallerKind
{
    /// <summary>Nothing was presented.</summary>
    Nobody,

    /// <summary>A token that is not known.</summary>
    UnknownToken,

    /// <summary>A key or an e-mail address that is not known.</summary>
    UnknownKey,

    /// <summary>The token that may only read.</summary>
    Reader,

    /// <summary>The token that may write.</summary>
    Writer,

    /// <summary>Key and e-mail address.</summary>
    GlobalKey,
}

/// <summary>Tells callers apart by the two schemes that the settings operations accept.</summary>
internal sealed class CloudflareAuth(SandboxOptions options)
{
    public CallerKind Identify(Exchange exchange)
    {
        if (exchange.Bearer() is { } token)
        {
            return token.Equals(options.CloudflareToken, StringComparison.Ordinal) ? CallerKind.Writer
                : token.Equals(options.CloudflareReadToken, StringComparison.Ordinal) ? CallerKind.Reader
                : CallerKind.UnknownToken;
        }
        var email = exchange.Headers["X-Auth-Email"].ToString();
        var key = exchange.Headers["X-Auth-Key"].ToString();
        if (email.Length == 0 || key.Length == 0)
            return CallerKind.Nobody;
        return email.Equals(options.CloudflareEmail, StringComparison.OrdinalIgnoreCase)
            && key.Equals(options.CloudflareKey, StringComparison.Ordinal)
            ? CallerKind.GlobalKey
            : CallerKind.UnknownKey;
    }

    /// <summary>The name under which the caller's requests are counted; callers that are not known share one.</summary>
    public string Credential(CallerKind caller) => caller switch
    {
        CallerKind.Writer => options.CloudflareToken,
        CallerKind.Reader => options.CloudflareReadToken,
        CallerKind.GlobalKey => options.CloudflareKey,
        _ => string.Empty,
    };

    /// <summary>The refusal of a caller who is not known, or null.</summary>
    public static Answer? Refusal(CallerKind caller) => caller switch
    {
        CallerKind.Nobody or CallerKind.UnknownToken =>
            Envelope.Failure(401, new EnvelopeError(Codes.Authentication, "Authentication error")),
        CallerKind.UnknownKey =>
            Envelope.Failure(403, new EnvelopeError(Codes.UnknownKey, "Unknown X-Auth-Key or X-Auth-Email")),
        _ => null,
    };
}
