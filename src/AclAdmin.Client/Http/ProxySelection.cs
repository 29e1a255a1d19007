using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Reflection;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>
/// Which proxy the requests of a connection go through. An address of this machine over http never goes through one: nothing encrypts the credential on
/// that way, so no setting and no variable may lead it off the machine.
/// </summary>
internal sealed class ProxySelection
{
    private const string Advice =
        "The proxy accepts no request without a credential of its own. Connect with -ProxyCredential (and -Proxy, if it is another one than the system's), "
        + "or with -NoProxy if the service can be reached without it. Nothing reached the service.";

    /// <summary>The variables from which .NET reads the system's proxy on Linux and macOS.</summary>
    private static readonly string[] Variables =
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "CGI_HTTP_PROXY"];

    /// <summary>.NET 8 and later state it; netstandard2.0 has no name for the property.</summary>
    private static readonly PropertyInfo? StatedError = typeof(HttpRequestException).GetProperty("HttpRequestError");

    private readonly bool _isUsed;
    private readonly ICredentials? _credential;

    /// <summary>Selects the proxy of a connection.</summary>
    /// <param name="baseUri">The address of the service.</param>
    /// <param name="options">What the caller specified.</param>
    /// <exception cref="AclException">
    /// <see cref="ErrorKind.ValidationFailed"/>: the proxy's address is not absolute or neither http nor https, or the options contradict each other.
    /// </exception>
    public ProxySelection(Uri baseUri, ConnectionOptions options)
    {
        if (options.NoProxy && (options.Proxy is not null || options.ProxyCredential is not null))
        {
            throw new AclException(
                ErrorKind.ValidationFailed, "A proxy and no proxy are specified together.", "Specify -NoProxy alone, or -Proxy and -ProxyCredential.");
        }

        var credential = options.ProxyCredential;
        if (options.Proxy is { } proxy)
        {
            // It may hold a password, so no message repeats it.
            if (!proxy.IsAbsoluteUri || !(proxy.Scheme == Uri.UriSchemeHttp || proxy.Scheme == Uri.UriSchemeHttps) || proxy.Host.Length == 0)
            {
                throw new AclException(
                    ErrorKind.ValidationFailed, "The address of a proxy must be absolute, and http or https.", "Specify one such as http://proxy.example.com:8080.");
            }

            credential ??= ReadUserInfo(proxy);
            Address = new UriBuilder(proxy.Scheme, proxy.Host, proxy.Port).Uri;
        }

        _credential = credential;
        _isUsed = !options.NoProxy && !(baseUri.Scheme == Uri.UriSchemeHttp && baseUri.IsLoopback);
        Secrets = SecretsOf(credential).Concat(options.Proxy is { IsAbsoluteUri: true } given ? SecretsOf(given) : [])
            .Concat(_isUsed && Address is null ? Variables.SelectMany(SecretsOfVariable) : [])
            .Distinct()
            .ToArray();
    }

    /// <summary>The proxy that was specified, without user and password; null where the system's counts, or none.</summary>
    public Uri? Address { get; }

    /// <summary>How people see the selection.</summary>
    public string Description => !_isUsed ? "none" : Address?.GetLeftPart(UriPartial.Authority) ?? "system";

    /// <summary>What must appear in no text: the proxy's password, and user and password as they stand in its address.</summary>
    public IReadOnlyList<string> Secrets { get; }

    /// <summary>Sets the proxy of a handler.</summary>
    public void ApplyTo(HttpClientHandler handler)
    {
        handler.UseProxy = _isUsed;
        if (!_isUsed)
        {
            return;
        }

        if (Address is not null)
        {
            handler.Proxy = new WebProxy(Address, BypassOnLocal: false) { Credentials = _credential };
        }
        else if (_credential is not null)
        {
            handler.Proxy = new SystemProxy(() => WebRequest.DefaultWebProxy, _credential);
        }
    }

    /// <summary>The failure of a try that a proxy refused for want of a credential (407).</summary>
    /// <returns>Null for any other failure.</returns>
    public static AttemptFailure? FindRefusal(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (IsAuthenticationRequired(cause))
            {
                // The proxy gives the same answer to the next try, and there was no way to the service: nothing arrived.
                return new AttemptFailure(ErrorKind.Unreachable, "the proxy asks for a credential (407 Proxy Authentication Required)") { Advice = Advice };
            }
        }

        return null;
    }

    private static bool IsAuthenticationRequired(Exception cause) => cause switch
    {
        // .NET Framework.
        WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } } => true,

        // .NET has no member for the status of a refused tunnel; its message quotes it, and no port or host is quoted like that.
        HttpRequestException refused => StatedError?.GetValue(refused)?.ToString() == "ProxyTunnelError"
            && refused.Message.IndexOf("'407'", StringComparison.Ordinal) >= 0,
        _ => false,
    };

    private static NetworkCredential? ReadUserInfo(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = address.UserInfo.Split([':'], 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static IEnumerable<string> SecretsOf(NetworkCredential? credential) => credential?.Password is { Length: > 0 } password ? [password] : [];

    private static IEnumerable<string> SecretsOf(Uri address) =>
        address.UserInfo.Length > 0 ? SecretsOf(ReadUserInfo(address)).Append(address.UserInfo) : [];

    private static IEnumerable<string> SecretsOfVariable(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(value))
        {
            return [];
        }

        // .NET accepts an address without a scheme.
        var text = value!.Contains("://") ? value : "http://" + value;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? SecretsOf(address) : [];
    }
}
