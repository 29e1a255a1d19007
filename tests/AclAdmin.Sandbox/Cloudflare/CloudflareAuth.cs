using System;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>Who calls.</summary>
internal enum CallerKind
{
    /// <summary>Nothing was presented.</summary>
    Nobody,

    /// <summary>A token of a shape that none has.</summary>
    MalformedToken,

    /// <summary>A token that is not known.</summary>
    UnknownToken,

    /// <summary>A key of a shape that none has.</summary>
    MalformedKey,

    /// <summary>A key or an e-mail address that is not known.</summary>
    UnknownKey,

    /// <summary>The token that is valid and may do nothing.</summary>
    Bare,

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
                : token.Equals(options.CloudflareBareToken, StringComparison.Ordinal) ? CallerKind.Bare
                : IsWellFormed(token) ? CallerKind.UnknownToken
                : CallerKind.MalformedToken;
        }
        var email = exchange.Headers["X-Auth-Email"].ToString();
        var key = exchange.Headers["X-Auth-Key"].ToString();
        if (email.Length == 0 || key.Length == 0)
            return CallerKind.Nobody;
        return email.Equals(options.CloudflareEmail, StringComparison.OrdinalIgnoreCase)
            && key.Equals(options.CloudflareKey, StringComparison.Ordinal)
            ? CallerKind.GlobalKey
            : IsWellFormed(key) ? CallerKind.UnknownKey
            : CallerKind.MalformedKey;
    }

    /// <summary>The name under which the caller's requests are counted; callers that are not known share one.</summary>
    public string Credential(CallerKind caller) => caller switch
    {
        CallerKind.Writer => options.CloudflareToken,
        CallerKind.Reader => options.CloudflareReadToken,
        CallerKind.Bare => options.CloudflareBareToken,
        CallerKind.GlobalKey => options.CloudflareKey,
        _ => string.Empty,
    };

    /// <summary>The refusal of a caller who is not known, or null.</summary>
    public static Answer? Refusal(CallerKind caller) => caller switch
    {
        CallerKind.Nobody => Envelope.Failure(401, new EnvelopeError(Codes.Authentication, "Authentication error")),
        CallerKind.MalformedToken => InvalidHeaders(new EnvelopeError(Codes.AuthorizationFormat, "Invalid format for Authorization header")),
        CallerKind.MalformedKey => InvalidHeaders(new EnvelopeError(Codes.KeyFormat, "Invalid format for X-Auth-Key header")),
        CallerKind.UnknownToken => Envelope.Failure(403, new EnvelopeError(Codes.Unauthorized, "Invalid access token")),
        CallerKind.UnknownKey =>
            Envelope.Failure(403, new EnvelopeError(Codes.UnknownKey, "Unknown X-Auth-Key or X-Auth-Email")),
        _ => null,
    };

    /// <summary>The answer to a caller who is known and may not do this: the service has the same one for a bad credential.</summary>
    public static Answer NoPermission() => Envelope.Failure(403, new EnvelopeError(Codes.Authentication, "Authentication error"));

    private static Answer InvalidHeaders(EnvelopeError cause) =>
        Envelope.Failure(400, new EnvelopeError(Codes.InvalidHeaders, "Invalid request headers") { Chain = [cause] });

    /// <summary>Real credentials have 37 characters and more; the sandbox's own are shorter.</summary>
    private static bool IsWellFormed(string credential)
    {
        const int Shortest = 16;
        foreach (var character in credential)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
                return false;
        }
        return credential.Length >= Shortest;
    }
}
