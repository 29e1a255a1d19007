using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>
/// A base address, a credential, one set of kept connections, one pacer and one circuit breaker. Every request to a service goes through
/// <see cref="SendAsync"/>. Safe for many threads; lives until the process ends or it is disposed of.
/// </summary>
public sealed class ApiConnection : IDisposable
{
    private readonly HttpTransport _transport;
    private readonly IClock _clock;
    private readonly RequestSender _sender;

    /// <summary>Opens a connection. Nothing is sent yet.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the base address is not one to send a credential to.</exception>
    public ApiConnection(string name, ServiceProfile service, Credential credential, ConnectionOptions? options = null)
    {
        options ??= new ConnectionOptions();
        ItemLocks = new ItemLocks();
        Name = name;
        Service = service;
        Credential = credential;
        BaseUri = ServiceProfile.CheckBaseUri(options.BaseUri ?? service.DefaultBaseUri);
        AccountId = options.AccountId;
        JournalPath = options.JournalPath;
        MaxReadBytes = options.MaxReadMegabytes * 1024L * 1024L;
        _clock = options.Clock;
        var retry = options.Retry;
        var patience = retry.LongestBackoff > CircuitBreaker.LeastPatience ? retry.LongestBackoff : CircuitBreaker.LeastPatience;
        Pacer = new Pacer(_clock, service.DocumentedLimit, options.MaxRequestsPerMinute, retry.RetryAfterCeiling);
        Proxy = new ProxySelection(BaseUri, options);
        Redactor = new Redactor(() => Proxy.Secrets.Count == 0 ? credential.SecretTexts : credential.SecretTexts.Concat(Proxy.Secrets));
        _transport = new HttpTransport(BaseUri, Proxy);
        var attempt = new RequestAttempt(this, _transport, new CircuitBreaker(_clock, patience), options.Timeout, _clock);
        _sender = new RequestSender(this, attempt, retry, patience, new RetryBudget(), _clock);
    }

    private ApiConnection(ApiConnection shared, TimeSpan? timeout, int? maxRetryCount)
    {
        Name = shared.Name;
        Service = shared.Service;
        Credential = shared.Credential;
        BaseUri = shared.BaseUri;
        AccountId = shared.AccountId;
        JournalPath = shared.JournalPath;
        MaxReadBytes = shared.MaxReadBytes;
        Pacer = shared.Pacer;
        Proxy = shared.Proxy;
        Redactor = shared.Redactor;
        ItemLocks = shared.ItemLocks;
        _clock = shared._clock;
        _transport = shared._transport;
        _sender = shared._sender.With(this, timeout, maxRetryCount);
    }

    /// <summary>The same connection for one caller with other limits. Credential, pacing, outages and the count of requests stay shared.</summary>
    /// <param name="timeout">How long one try may take; null for the connection's own limit.</param>
    /// <param name="maxRetryCount">How often a request is sent again after its first try; null for the connection's own number.</param>
    /// <returns>The connection itself where neither differs.</returns>
    public ApiConnection With(TimeSpan? timeout, int? maxRetryCount) => timeout is null && maxRetryCount is null
        ? this
        : new ApiConnection(this, timeout, maxRetryCount);

    /// <summary>The connection's name.</summary>
    public string Name { get; }

    /// <summary>The service at the other end.</summary>
    public ServiceProfile Service { get; }

    /// <summary>The connection's credential. Prints its kind and source only.</summary>
    public Credential Credential { get; }

    /// <summary>The address that paths are appended to.</summary>
    public Uri BaseUri { get; }

    /// <summary>The proxy that requests go through: its address without user and password, <c>system</c> or <c>none</c>.</summary>
    public string ProxyDescription => Proxy.Description;

    internal ProxySelection Proxy { get; }

    /// <summary>The account that requests are for unless a row specifies another; null where the service has none or none was specified.</summary>
    public string? AccountId { get; }

    /// <summary>The journal of changes that are made through it, unless a call specifies another; empty for none, null for the environment's.</summary>
    public string? JournalPath { get; }

    /// <summary>About how many bytes of memory reading one list may take.</summary>
    public long MaxReadBytes { get; }

    /// <summary>Keeps the service's limit for all users of this connection.</summary>
    public Pacer Pacer { get; }

    /// <summary>Keeps edits of one item from overlapping, for all users of this connection.</summary>
    public ItemLocks ItemLocks { get; }

    /// <summary>Removes this connection's secrets from a text.</summary>
    public Redactor Redactor { get; }

    /// <summary>How many requests were sent through this connection, repeats included.</summary>
    public long RequestsSent => _sender.Count;

    /// <summary>Sends a request until it succeeds, is refused for good, or was tried often enough.</summary>
    /// <exception cref="AclException">It was refused, or no try was answered.</exception>
    /// <exception cref="OperationCanceledException">The caller no longer wants it, and nothing was applied.</exception>
    public Task<ApiResponse> SendAsync(ApiRequest request, IRequestObserver observer, RequestCancellation cancellation) =>
        _sender.SendAsync(request, observer, cancellation);

    /// <summary>Sends a request that removes something.</summary>
    /// <returns>False when it did not exist.</returns>
    /// <exception cref="AclException">It was refused, or no try was answered.</exception>
    public async Task<bool> DeleteAsync(ApiRequest request, IRequestObserver observer, RequestCancellation cancellation)
    {
        try
        {
            await SendAsync(request, observer, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (AclException gone) when (gone.IsMissingItem)
        {
            return false;
        }
    }

    /// <summary>Waits before an operation of several requests is tried again.</summary>
    /// <param name="attempt">How often it was tried so far.</param>
    /// <param name="observer">Receives the report of the wait.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <returns>False when it was tried often enough, or nothing more is to be sent.</returns>
    public Task<bool> WaitBeforeRepeatAsync(int attempt, IRequestObserver observer, RequestCancellation cancellation) =>
        _sender.WaitBeforeRepeatAsync(attempt, observer, cancellation);

    /// <summary>The time that everything on the connection goes by.</summary>
    internal IClock Clock => _clock;

    /// <summary>Waits, by the connection's clock.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        duration > TimeSpan.Zero ? _clock.DelayAsync(duration, cancellationToken) : Task.CompletedTask;

    /// <summary>Closes the connections to the service.</summary>
    public void Dispose() => _transport.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
