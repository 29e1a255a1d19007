using System;
using System.Net;
using System.Security;
using AclAdmin.Client;
using AclAdmin.Client.Connections;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Commands;

/// <summary>The base class of the Connect- cmdlets.</summary>
public abstract class ConnectCommand : AclCommand
{
    /// <summary>The name of the connection; one with the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string? Name { get; set; }

    /// <summary>An address other than the service's public one: https, or this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    [AddressArgument]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public Uri? BaseUri { get; set; }

    /// <summary>How often a request is sent again after its first try.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int MaxRetryCount { get; set; } = RetryPolicy.DefaultMaxRetryCount;

    /// <summary>How many seconds one try may take.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int TimeoutSec { get; set; } = (int)ConnectionOptions.DefaultTimeout.TotalSeconds;

    /// <summary>The longest wait, in seconds, that the service may request.</summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int MaxRetryAfterSec { get; set; } = 300;

    /// <summary>A custom limit, which leaves room for other programs with the same credential; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int MaxRequestsPerMinute { get; set; }

    /// <summary>About how many megabytes of memory reading one list may take.</summary>
    [Parameter]
    [ValidateRange(1, 65_536)]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public int MaxReadMegabytes { get; set; } = ConnectionOptions.DefaultMaxReadMegabytes;

    /// <summary>The proxy to go through, in place of the system's.</summary>
    [Parameter]
    [ValidateNotNull]
    [AddressArgument]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public Uri? Proxy { get; set; }

    /// <summary>The credential that the proxy receives when it asks for one.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Uses no proxy, whatever the system specifies.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>The journal of changes that are made through the connection; empty for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? JournalPath { get; set; }

    /// <summary>Tests the credential at the service first; a refused one is not kept, and the default stays as it is.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The service.</summary>
    private protected abstract ServiceProfile Service { get; }

    /// <summary>The account that requests are for; null where the service has none.</summary>
    private protected virtual string? Account => null;

    /// <summary>Keeps the connection. Nothing is sent, unless a token must be obtained or -Verify requests a test.</summary>
    protected override void EndProcessing()
    {
        ApiConnection? connection = null;
        try
        {
            var options = new ConnectionOptions
            {
                BaseUri = BaseUri,
                AccountId = Account is null ? null : RequestPath.CheckId(Account, "Account id"),
                Timeout = TimeSpan.FromSeconds(TimeoutSec),
                Retry = new RetryPolicy(MaxRetryCount) { RetryAfterCeiling = TimeSpan.FromSeconds(MaxRetryAfterSec) },
                MaxRequestsPerMinute = MaxRequestsPerMinute == 0 ? null : MaxRequestsPerMinute,
                MaxReadMegabytes = MaxReadMegabytes,
                Proxy = Proxy,
                ProxyCredential = ProxyCredential?.GetNetworkCredential(),
                NoProxy = NoProxy,
                JournalPath = MyInvocation.BoundParameters.ContainsKey(nameof(JournalPath)) ? JournalLocation.Resolve(this, JournalPath) ?? "" : null,
            };
            if (EnvironmentConnections.Name.Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"The name '{EnvironmentConnections.Name}' is reserved for the connections that environment variables make.");
            }

            connection = new ApiConnection(Name ?? Service.Name, Service, CreateCredential(options), options);
            if (Verify)
            {
                Test(connection);
            }

            ConnectionStore.Shared.Add(connection);
        }
        catch (ArgumentException unusable)
        {
            ThrowTerminatingError(Streams.ErrorRecords.From(new AclException(ErrorKind.ValidationFailed, unusable.Message), Name));
        }
        catch (AclException failure)
        {
            ThrowTerminatingError(Streams.ErrorRecords.From(failure, Name));
        }

        if (PassThru && connection is not null)
        {
            WriteObject(ConnectionLookup.Show(connection));
        }
    }

    /// <summary>A credential is valid even if the service accepts it only for lists other than the one that is read.</summary>
    private void Test(ApiConnection connection)
    {
        var result = Await(ConnectionTest.RunAsync(connection, Reporter, Cancellation));
        if (result.Failure is { Kind: ErrorKind.PermissionDenied } missing)
        {
            WriteWarning($"{missing.Message} {missing.RecommendedAction}");
        }
        else if (result.Failure is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The connection's credential.</summary>
    /// <param name="options">The options of the connection that it is for.</param>
    private protected abstract Credential CreateCredential(ConnectionOptions options);

    /// <summary>Unwraps a password, unchanged.</summary>
    /// <exception cref="ArgumentException">The text is not valid.</exception>
    private protected static Secret Unwrap(SecureString secret) => new(new NetworkCredential("", secret).Password);

    /// <summary>A token or a key without what people paste around it, or the script block that obtains it.</summary>
    /// <param name="specified">The parameter's value.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="wrap">Wraps the text; null for that of a token or key.</param>
    /// <exception cref="ArgumentException">The text is not valid.</exception>
    private protected SecretSource Source(SecureString specified, string parameter, Func<string, Secret>? wrap = null)
    {
        wrap ??= Secret.FromPasted;
        return SecretArgumentAttribute.FindScript(specified) is { } script
            ? new SecretSource(new SecretScript(script, "-" + parameter, SessionState, wrap).RunAsync, () => SystemClock.Instance.Elapsed)
            : wrap(new NetworkCredential("", specified).Password);
    }
}
