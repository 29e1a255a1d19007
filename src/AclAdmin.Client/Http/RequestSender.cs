using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>Sends the requests of a connection: gets each a turn, tries it, and decides whether and when it is tried again.</summary>
/// <param name="connection">The connection.</param>
/// <param name="attempt">Makes a try.</param>
/// <param name="retry">The policy of this caller.</param>
/// <param name="patience">How long an outage is waited out.</param>
/// <param name="budget">What retries are paid from.</param>
/// <param name="clock">The time to go by.</param>
internal sealed class RequestSender(
    ApiConnection connection, RequestAttempt attempt, RetryPolicy retry, TimeSpan patience, RetryBudget budget, IClock clock)
{
    /// <summary>Makes a sender of the same connection for a caller who has other limits.</summary>
    public RequestSender With(ApiConnection other, TimeSpan? timeout, int? maxRetryCount) => new(
        other,
        timeout is { } limit ? attempt.WithTimeout(limit) : attempt,
        maxRetryCount is { } count ? retry.With(count) : retry,
        patience,
        budget,
        clock);

    /// <summary>How many tries were made.</summary>
    public long Count => attempt.Count;

    /// <summary>Sends a request until it is answered well, refused for good, or tried often enough.</summary>
    /// <exception cref="AclException">It was refused, or no try got an answer.</exception>
    /// <exception cref="OperationCanceledException">The caller no longer wants it, and nothing was applied.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, IRequestObserver observer, RequestCancellation cancellation)
    {
        // All of it in one method, as each asynchronous one that waits costs every request memory and a step.
        var progress = new SendProgress();
        var renewed = false;
        var paid = 0;
        AttemptFailure? last = null;
        try
        {
            for (var number = 1; ; number++)
            {
                var turn = TryTakeTurn(cancellation) ?? await GetTurnAsync(observer, cancellation).ConfigureAwait(false);
                if (turn.NotSent is { } notSent)
                {
                    throw FailureReport.Describe(connection, request, notSent, last, number - 1, progress.MayHaveArrived, retry);
                }

                var mayHaveArrived = progress.MayHaveArrived;
                var result = await attempt.SendAsync(request, progress, number, turn.Pass, observer, cancellation).ConfigureAwait(false);
                if (result.Response is { } response)
                {
                    budget.Deposit(paid);
                    return response;
                }

                var failure = result.Failure!;
                if (failure.IsMissingItem && request.Method == HttpMethod.Delete && mayHaveArrived)
                {
                    // An earlier try deleted it, and its answer was lost.
                    return new ApiResponse((int)HttpStatusCode.NoContent, JsonBody.Empty, failure.RequestId, number);
                }

                progress.MayHaveArrived = mayHaveArrived || failure.MayHaveBeenExecuted;

                if (failure.Kind == ErrorKind.AuthenticationFailed
                    && !renewed
                    && !cancellation.IsRequested
                    && await connection.Credential.TryRenewAsync(progress.Generation, cancellation.Aborting).ConfigureAwait(false))
                {
                    renewed = true;
                    continue;
                }

                var delay = GetDelay(request, number, failure, turn.Pass, observer, ref paid)
                    ?? throw FailureReport.Describe(connection, request, failure, null, number, progress.MayHaveArrived, retry);
                last = failure;
                if (!failure.AsksToSlowDown)
                {
                    observer.OnWait($"{request} got {failure.Summary} and is sent again.", delay, refused: false);
                    using var waiting = cancellation.LinkWaits();
                    await clock.DelayAsync(delay, waiting.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (progress.MayHaveArrived && !request.IsRead && !request.IsSecret)
        {
            throw new AclException(
                ErrorKind.OutcomeUnknown,
                $"{request} on {connection.Service.Name} was stopped while it was under way: whether the service applied it is not known.",
                "Run the row again: an update or a removal has the same effect twice, and a create looks first for what is there.")
            {
                OutcomeIsUnknown = true,
            };
        }
    }

    /// <summary>Waits before something that takes several requests is tried again.</summary>
    /// <param name="attempts">How often it was tried so far.</param>
    /// <param name="observer">Is informed of the wait.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <returns>False when it was tried often enough, or nothing more is to be sent.</returns>
    public async Task<bool> WaitBeforeRepeatAsync(int attempts, IRequestObserver observer, RequestCancellation cancellation)
    {
        if (retry.GetDelay(attempts) is not { } delay || cancellation.IsRequested || budget.Withdraw(afterTimeout: false) == 0)
        {
            return false;
        }

        observer.OnWait("Trying again.", delay, refused: false);
        using var waiting = cancellation.LinkWaits();
        try
        {
            await clock.DelayAsync(delay, waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return true;
    }

    /// <summary>How long to wait after a try that failed; null where there is no other. After a refusal, everybody waits at the pacer.</summary>
    private TimeSpan? GetDelay(ApiRequest request, int number, AttemptFailure failure, BreakerPass pass, IRequestObserver observer, ref int paid)
    {
        var delay = retry.GetDelay(request, number, failure);
        if (failure.AsksToSlowDown)
        {
            connection.Pacer.Refuse(refusals => retry.GetPause(failure, refusals), failure.RetryAfter, pass.EnteredAt);
        }
        else if (delay is not null && (paid = budget.Withdraw(failure.Kind == ErrorKind.Timeout)) == 0)
        {
            observer.OnNote($"{request} is not sent again: too many requests to {connection.Service.Name} have failed of late.");
            delay = null;
        }

        return delay;
    }

    /// <summary>The turn of a request that need not wait, which nearly all need not: without a task. Null where it may have to.</summary>
    private SendTurn? TryTakeTurn(RequestCancellation cancellation)
    {
        var breaker = attempt.Breaker;
        if (cancellation.IsRequested || breaker.Peek() is not null || !connection.Pacer.TryAcquire())
        {
            return null;
        }

        var decision = breaker.Enter();
        if (decision.Outage is null)
        {
            return new SendTurn(decision.Pass);
        }

        connection.Pacer.Observe(null, TurnOutcome.Unanswered);
        return null;
    }

    /// <summary>Waits until the service is not known to be down and its limit allows a request.</summary>
    private async Task<SendTurn> GetTurnAsync(IRequestObserver observer, RequestCancellation cancellation)
    {
        using var waiting = cancellation.LinkWaits();
        var breaker = attempt.Breaker;
        var announced = false;
        while (true)
        {
            // Where the service is down no request waits for a limit, and a request that waited for one may find the service down.
            if (breaker.Peek() is not { } decision)
            {
                if (await connection.Pacer.AcquireAsync(observer, waiting.Token).ConfigureAwait(false) is { } excess)
                {
                    return new SendTurn(FailureReport.BeyondCeiling(excess));
                }

                decision = breaker.Enter();
                if (decision.Outage is null)
                {
                    return new SendTurn(decision.Pass);
                }

                connection.Pacer.Observe(null, TurnOutcome.Unanswered);
            }

            var outage = decision.Outage!;
            attempt.Announce(outage, observer);
            if (decision.Wait is not { } wait)
            {
                return new SendTurn(FailureReport.Down(outage));
            }

            if (!announced)
            {
                announced = true;
                observer.OnWait($"{connection.Service.Name} does not answer. Looking whether it is back.", patience, refused: false);
            }

            await clock.DelayAsync(wait, waiting.Token).ConfigureAwait(false);
        }
    }

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
}
