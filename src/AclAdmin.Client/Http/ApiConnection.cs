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
/// A base address, a credential, one set of kept connections, one pacer and one circuit breaker. Every request to a service goes through
/// <see cref="SendAsync"/>. Safe for many threads; lives until the process ends or it is disposed of.
/// </summary>
public sealed class ApiConnection : IDisposable
{
    private readonly HttpTransport _transport;
    private readonly RetryPolicy _retry;
    private readonly IClock _clock;
    private readonly RequestAttempt _attempt;
    private readonly CircuitBreaker _breaker;
    private readonly TimeSpan _patience;
    private readonly RetryBudget _budget;

    /// <summary>Opens a connection. Nothing is sent yet.</summary>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: the base address is not one to send a credential to.</exception>
    public ApiConnection(string name, ServiceProfile service, Credential credential, ConnectionOptions? options = null)
    {
        options ??= new ConnectionOptions();
        _budget = new RetryBudget();
        ItemLocks = new ItemLocks();
        Name = name;
        Service = service;
        Credential = credential;
        BaseUri = ServiceProfile.CheckBaseUri(options.BaseUri ?? service.DefaultBaseUri);
        AccountId = options.AccountId;
        JournalPath = options.JournalPath;
        _clock = options.Clock;
        _retry = options.Retry;
        _patience = _retry.LongestBackoff > CircuitBreaker.LeastPatience ? _retry.LongestBackoff : CircuitBreaker.LeastPatience;
        _breaker = new CircuitBreaker(_clock, _patience);
        Pacer = new Pacer(_clock, service.DocumentedLimit, options.MaxRequestsPerMinute, _retry.RetryAfterCeiling);
        Proxy = new ProxySelection(BaseUri, options);
        Redactor = new Redactor(() => Proxy.Secrets.Count == 0 ? credential.SecretTexts : credential.SecretTexts.Concat(Proxy.Secrets));
        _transport = new HttpTransport(BaseUri, Proxy);
        _attempt = new RequestAttempt(_transport, service, credential, Redactor, options.Timeout, _clock);
    }

    private ApiConnection(ApiConnection shared, RetryPolicy retry, RequestAttempt attempt)
    {
        Name = shared.Name;
        Service = shared.Service;
        Credential = shared.Credential;
        BaseUri = shared.BaseUri;
        AccountId = shared.AccountId;
        JournalPath = shared.JournalPath;
        Pacer = shared.Pacer;
        Proxy = shared.Proxy;
        Redactor = shared.Redactor;
        ItemLocks = shared.ItemLocks;
        _clock = shared._clock;
        _patience = shared._patience;
        _breaker = shared._breaker;
        _budget = shared._budget;
        _transport = shared._transport;
        _retry = retry;
        _attempt = attempt;
    }

    /// <summary>The same connection for one caller who has other limits. Credential, pacing, outages and the count of requests stay shared.</summary>
    /// <param name="timeout">How long one try may take; null for the connection's own limit.</param>
    /// <param name="maxRetryCount">How often a request is sent again after its first try; null for the connection's own number.</param>
    /// <returns>The connection itself where neither differs.</returns>
    public ApiConnection With(TimeSpan? timeout, int? maxRetryCount) => timeout is null && maxRetryCount is null
        ? this
        : new ApiConnection(
            this,
            maxRetryCount is { } count ? _retry.With(count) : _retry,
            timeout is { } limit ? _attempt.WithTimeout(limit) : _attempt);

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

    /// <summary>The journal of changes that are made through it, unless a call specifies another; empty for none, null for the environment's.</summary>
    public string? JournalPath { get; }

    /// <summary>Keeps the service's limit for everybody who uses this connection.</summary>
    public Pacer Pacer { get; }

    /// <summary>Keeps edits of one item from overlapping, for everybody who uses this connection.</summary>
    public ItemLocks ItemLocks { get; }

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
        catch (OperationCanceledException) when (progress.MayHaveArrived && !request.IsRead && !request.IsSecret)
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
        var paid = 0;
        AttemptFailure? last = null;
        for (var attempt = 1; ; attempt++)
        {
            var turn = await GetTurnAsync(observer, cancellationToken).ConfigureAwait(false);
            if (turn.NotSent is { } notSent)
            {
                throw FailureReport.Describe(this, request, notSent, last, attempt - 1, progress.MayHaveArrived, _retry);
            }

            var generation = Credential.Generation;
            var mayHaveArrived = progress.MayHaveArrived;
            var result = await SendOnceAsync(request, progress, attempt, turn.Pass, observer, cancellationToken).ConfigureAwait(false);
            if (result.Response is { } response)
            {
                _budget.Deposit(paid);
                return response;
            }

            var failure = result.Failure!;
            if (failure.StatusCode == (int)HttpStatusCode.NotFound && request.Method == HttpMethod.Delete && mayHaveArrived)
            {
                // An earlier try deleted it, and its answer was lost.
                return new ApiResponse((int)HttpStatusCode.NoContent, JsonBody.Empty, failure.RequestId, attempt);
            }

            progress.MayHaveArrived = mayHaveArrived || failure.MayHaveBeenExecuted;

            if (failure.Kind == ErrorKind.AuthenticationFailed
                && !renewed
                && await Credential.TryRenewAsync(generation, cancellationToken).ConfigureAwait(false))
            {
                renewed = true;
                continue;
            }

            var delay = _retry.GetDelay(request, attempt, failure);
            if (failure.AsksToSlowDown)
            {
                Pacer.Refuse(refusals => _retry.GetPause(failure, refusals), failure.RetryAfter, turn.Pass.EnteredAt);
            }
            else if (delay is not null && (paid = _budget.Withdraw(failure.Kind == ErrorKind.Timeout)) == 0)
            {
                observer.OnNote($"{request} is not sent again: too many requests to {Service.Name} have failed of late.");
                delay = null;
            }

            if (delay is null)
            {
                throw FailureReport.Describe(this, request, failure, null, attempt, progress.MayHaveArrived, _retry);
            }

            last = failure;
            if (!failure.AsksToSlowDown)
            {
                observer.OnWait($"{request} got {failure.Summary} and is sent again.", delay.Value, refused: false);
                await _clock.DelayAsync(delay.Value, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until the service is not known to be down and its limit allows a request.</summary>
    private async Task<SendTurn> GetTurnAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        var announced = false;
        while (true)
        {
            // Where the service is down nobody waits for a limit, and what waited for one may find the service down.
            if (_breaker.Peek() is not { } decision)
            {
                if (await Pacer.AcquireAsync(observer, cancellationToken).ConfigureAwait(false) is { } excess)
                {
                    return new SendTurn(FailureReport.BeyondCeiling(excess));
                }

                decision = _breaker.Enter();
                if (decision.Outage is null)
                {
                    return new SendTurn(decision.Pass);
                }

                Pacer.Observe(null, TurnOutcome.Unanswered);
            }

            var outage = decision.Outage!;
            Announce(outage, observer);
            if (decision.Wait is not { } wait)
            {
                return new SendTurn(FailureReport.Down(outage));
            }

            if (!announced)
            {
                announced = true;
                observer.OnWait($"{Service.Name} does not answer. Looking whether it is back.", _patience, refused: false);
            }

            await _clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AttemptResult> SendOnceAsync(
        ApiRequest request, SendProgress progress, int attempt, BreakerPass pass, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var ended = false;
        var mayHaveArrived = progress.MayHaveArrived;
        try
        {
            var result = await _attempt.SendAsync(request, progress, attempt, observer, Pacer, cancellationToken).ConfigureAwait(false);
            ended = true;
            if (_breaker.Leave(pass, result.Failure?.ToOutageCause()) is { } begun)
            {
                Announce(begun, observer);
            }

            return result;
        }
        catch (AclException unproven) when (mayHaveArrived && !request.IsRead && !unproven.OutcomeIsUnknown)
        {
            // There was no credential for this try, and an earlier one may have arrived.
            throw unproven.AfterLostAnswer();
        }
        finally
        {
            if (!ended)
            {
                _breaker.Abandon(pass);
            }
        }
    }

    private void Announce(OutageStatus outage, IRequestObserver observer) => observer.OnOutage(
        FormattableString.Invariant($"{Service.Name} has not answered since {outage.Since:u} ({outage.Cause.Summary})."));

    /// <summary>What a request that may be sent has, or why it is not sent.</summary>
    private readonly struct SendTurn
    {
        public SendTurn(BreakerPass pass)
        {
            Pass = pass;
            NotSent = null;
        }

        public SendTurn(AttemptFailure notSent)
        {
            Pass = default;
            NotSent = notSent;
        }

        public BreakerPass Pass { get; }

        public AttemptFailure? NotSent { get; }
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
        if (_retry.GetDelay(attempt) is not { } delay || _budget.Withdraw(afterTimeout: false) == 0)
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
