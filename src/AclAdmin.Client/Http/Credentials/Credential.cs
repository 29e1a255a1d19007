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
    /// <returns>The generation of the credential in them: renewals are counted, so that requests that were refused together renew once.</returns>
    internal abstract Task<int> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Obtains a new credential after the service refused one.</summary>
    /// <param name="refusedGeneration">The generation of the one that was refused.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>False when none can be obtained.</returns>
    internal virtual Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>The kind and the source.</summary>
    public override string ToString() => $"{Kind} from {Source}";
}

/// <summary>A token in the <c>Authorization</c> header.</summary>
public sealed class BearerCredential(SecretSource token, string kind, string source) : Credential(kind, source)
{
    internal override IEnumerable<string> SecretTexts => token.Texts;

    internal override async Task<int> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var present = await token.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", present.Secret.Reveal());
        return present.Generation;
    }

    internal override Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken) =>
        token.TryRenewAsync(refusedGeneration, cancellationToken);
}

/// <summary>Cloudflare's older scheme: the account's address and its global key, in two headers.</summary>
public sealed class GlobalKeyCredential : Credential
{
    private readonly SecretSource _key;

    /// <summary>Keeps an address and a key.</summary>
    /// <exception cref="System.ArgumentException">The address is empty, or contains a character that a header cannot contain.</exception>
    public GlobalKeyCredential(string email, SecretSource key, string source)
        : base("global API key", source)
    {
        Secret.CheckHeaderText(email, nameof(email));
        Email = email;
        _key = key;
    }

    /// <summary>The address that belongs to the key. Not a secret.</summary>
    public string Email { get; }

    internal override IEnumerable<string> SecretTexts => _key.Texts;

    internal override async Task<int> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var present = await _key.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Add("X-Auth-Email", Email);
        request.Headers.Add("X-Auth-Key", present.Secret.Reveal());
        return present.Generation;
    }

    internal override Task<bool> TryRenewAsync(int refusedGeneration, CancellationToken cancellationToken) =>
        _key.TryRenewAsync(refusedGeneration, cancellationToken);
}
