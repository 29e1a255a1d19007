using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>
/// A base address, a credential, one set of kept connections and one pacer. Every request to a service goes through
/// <see cref="SendAsync"/>. Safe for many threads; lives until the process ends or it is disposed of.
/// </summary>
public sealed class ApiConnection : IDisposable
{
    private readonly HttpTransport _transport;
    private readonly RetryPolicy _retry;
    private readonly IClock _clock;
    private readonly RequestAttempt _attempt;

    /// <summary>Opens a connection. Nothing is sent yet.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the base address is not one to send a credential to.</exception>
    public ApiConnection(string name, ServiceProfile service, Credential credential, ConnectionOptions? options = null)
    {
        options ??= new ConnectionOptions();
        Name = name;
        Service = service;
        Credential = credential;
        BaseUri = ServiceProfile.CheckBaseUri(options.BaseUri ?? service.DefaultBaseUri);
        AccountId = options.AccountId;
        _clock = options.Clock;
        _retry = options.Retry;
        Pacer = new Pacer(_clock, service.DocumentedLimit, options.MaxRequestsPerMinute);
        Proxy = new ProxySelection(BaseUri, options);
        Redactor = new Redactor(() => Proxy.Secrets.Count == 0 ? credential.SecretTexts : credential.SecretTexts.Concat(Proxy.Secrets));
        _transport = new HttpTransport(BaseUri, Proxy);
        _attempt = new RequestAttempt(_transport, service, credential, Redactor, options.Timeout, _clock);
    }

    /// <summary>What people call the connection.</summary>
    public string Name { get; }

    /// <summary>The service at the other end.</summary>
    public ServiceProfile Service { get; }

    /// <summary>What the connection proves itself with. Prints its kind and source only.</summary>
    public Credential Credential { get; }

    /// <summary>The address that paths are put behind.</summary>
    public Uri BaseUri { get; }

    /// <summary>The proxy that requests go through: its address without user and password, <c>system</c> or <c>none</c>.</summary>
    public string ProxyDescription => Proxy.Description;

    internal ProxySelection Proxy { get; }

    /// <summary>The account that requests are for unless a row says otherwise; null where the service has none or none was given.</summary>
    public string? AccountId { get; }

    /// <summary>Keeps the service's limit for everybody who uses this connection.</summary>
    public Pacer Pacer { get; }

    /// <summary>Keeps edits of one item from overlapping, for everybody who uses this connection.</summary>
    public ItemLocks ItemLocks { get; } = new();

    /// <summary>Takes this connection's secrets out of a text.</summary>
    public Redactor Redactor { get; }

    /// <summary>How many requests were sent through this connection, repeats included.</summary>
    public long RequestsSent => _attempt.Count;

    /// <summary>Sends a request until it is answered well, refused for good, or tried often enough.</summary>
    /// <exception cref="AclException">It was refused, or no try got an answer.</exception>
    /// <exception cref="OperationCanceledException">The caller no longer wants it.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var progress = new SendProgress();
        try
        {
            return await SendTriesAsync(request, progress, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (progress.MayHaveArrived && request.Method != HttpMethod.Get && !request.IsSecret)
        {
            throw new AclException(
                ErrorKind.OutcomeUnknown,
                $"{request} on {Service.Name} was stopped while it was under way: whether the service applied it is not known.",
                "Run the row again: an update or a removal has the same effect twice, and a create looks first for what is there.")
            {
                OutcomeIsUnknown = true,
            };
        }
    }

    private async Task<ApiResponse> SendTriesAsync(ApiRequest request, SendProgress progress, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            await Pacer.AcquireAsync(observer, cancellationToken).ConfigureAwait(false);
            var generation = Credential.Generation;
            var mayHaveArrived = progress.MayHaveArrived;
            progress.MayHaveArrived = true;
            var result = await _attempt.SendAsync(request, attempt, observer, Pacer, cancellationToken).ConfigureAwait(false);
            if (result.Response is { } response)
            {
                return response;
            }

            var failure = result.Failure!;
            if (failure.StatusCode == (int)HttpStatusCode.NotFound && request.Method == HttpMethod.Delete && mayHaveArrived)
            {
                // An earlier try deleted it, and its answer was lost.
                return new ApiResponse((int)HttpStatusCode.NoContent, JsonBody.Empty, failure.RequestId, attempt);
            }

            progress.MayHaveArrived = mayHaveArrived || !failure.WasRefused;

            if (failure.Kind == ErrorKind.AuthenticationFailed
                && !renewed
                && await Credential.TryRenewAsync(generation, cancellationToken).ConfigureAwait(false))
            {
                renewed = true;
                continue;
            }

            var delay = _retry.GetDelay(request, attempt, failure);
            if (failure.WasRefused)
            {
                Pacer.Refuse(refusals => _retry.GetPause(failure, refusals));
            }

            if (delay is null)
            {
                throw FailureReport.Describe(this, request, failure, attempt, _retry);
            }

            if (!failure.WasRefused)
            {
                observer.OnWait($"{request} got {failure.Summary} and is sent again.", delay.Value, refused: false);
                await _clock.DelayAsync(delay.Value, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How far a request has come.</summary>
    private sealed class SendProgress
    {
        /// <summary>Whether a try may have reached the service.</summary>
        public bool MayHaveArrived { get; set; }
    }

    /// <summary>Sends a request that removes something.</summary>
    /// <returns>False when it was gone already.</returns>
    /// <exception cref="AclException">It was refused, or no try got an answer.</exception>
    public async Task<bool> DeleteAsync(ApiRequest request, IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AclException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>Waits before something that takes several requests is tried again.</summary>
    /// <param name="attempt">How often it was tried so far.</param>
    /// <param name="observer">Is told of the wait.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>False, without waiting, when it was tried often enough.</returns>
    public async Task<bool> WaitBeforeRepeatAsync(int attempt, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (_retry.GetDelay(attempt) is not { } delay)
        {
            return false;
        }

        observer.OnWait("Trying again.", delay, refused: false);
        await _clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

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
