using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Http.Credentials;

/// <summary>The credential of a connection.</summary>
public abstract class Credential
{
    /// <summary>Names a credential by its kind and by where it came from, never by what it is.</summary>
    /// <param name="kind">"API token", "global key", …</param>
    /// <param name="source">"parameter", "environment variable X", …</param>
    protected Credential(string kind, string source)
    {
        Kind = kind;
        Source = source;
    }

    /// <summary>The kind of the credential.</summary>
    public string Kind { get; }

    /// <summary>Where it came from.</summary>
    public string Source { get; }

    /// <summary>Whom it acts for, where the service has a name for that; empty where it cannot be found out, null before it was looked for.</summary>
    internal string? Owner { get; set; }

    /// <summary>Whether environment variables gave it, and so the rest of its connection.</summary>
    internal bool IsFromEnvironment => Source.StartsWith("environment variable", StringComparison.Ordinal);

    /// <summary>The texts that must not appear anywhere else.</summary>
    internal abstract IEnumerable<string> SecretTexts { get; }

    /// <summary>Writes the authentication headers of a request.</summary>
    internal abstract Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Counts renewals, so that requests that were refused together renew once.</summary>
    internal virtual int Generation => 0;

    /// <summary>Obtains a new credential after the service refused one.</summary>
    /// <param name="refusedGeneration">The <see cref="Generation"/> of the one that was refused.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>False when none can be obtained.</returns>
    internal virtual Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>The kind and the source.</summary>
    public override string ToString() => $"{Kind} from {Source}";
}

/// <summary>A token in the <c>Authorization</c> header.</summary>
public sealed class BearerCredential(Secret token, string kind, string source) : Credential(kind, source)
{
    internal override IEnumerable<string> SecretTexts => [token.Reveal()];

    private readonly AuthenticationHeaderValue _header = new("Bearer", token.Reveal());

    internal override Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _header;
        return Task.CompletedTask;
    }
}

/// <summary>Cloudflare's older scheme: the account's address and its global key, in two headers.</summary>
public sealed class GlobalKeyCredential : Credential
{
    private readonly Secret _key;

    /// <summary>Keeps an address and a key.</summary>
    /// <exception cref="System.ArgumentException">The address is empty, or contains a character that a header cannot contain.</exception>
    public GlobalKeyCredential(string email, Secret key, string source)
        : base("global API key", source)
    {
        Secret.CheckHeaderText(email, nameof(email));
        Email = email;
        _key = key;
    }

    /// <summary>The address that belongs to the key. Not a secret.</summary>
    public string Email { get; }

    internal override IEnumerable<string> SecretTexts => [_key.Reveal()];

    internal override Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("X-Auth-Email", Email);
        request.Headers.Add("X-Auth-Key", _key.Reveal());
        return Task.CompletedTask;
    }
}
