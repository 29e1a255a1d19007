using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>One try of a request: authenticates, sends, reads, and classifies the answer. Pacer and circuit breaker learn from each.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transport">What it sends with.</param>
/// <param name="breaker">Its circuit breaker.</param>
/// <param name="timeout">How long a try may take.</param>
/// <param name="clock">The time to go by.</param>
internal sealed class RequestAttempt(ApiConnection connection, HttpTransport transport, CircuitBreaker breaker, TimeSpan timeout, IClock clock)
{
    private readonly ServiceProfile _service = connection.Service;
    private readonly Redactor _redactor = connection.Redactor;
    private Counter _counter = new();

    /// <summary>How many tries were made, those with another time limit included.</summary>
    public long Count => Interlocked.Read(ref _counter.Value);

    /// <summary>Makes tries of the same connection that have another time limit.</summary>
    public RequestAttempt WithTimeout(TimeSpan other) => new(connection, transport, breaker, other, clock) { _counter = _counter };

    /// <summary>Knows whether the service is down.</summary>
    public CircuitBreaker Breaker => breaker;

    /// <summary>Makes one try.</summary>
    /// <param name="request">The request.</param>
    /// <param name="progress">Notes that the request may have arrived, from the moment at which it is sent.</param>
    /// <param name="attempt">Which try it is, from 1.</param>
    /// <param name="pass">What the circuit breaker has let it pass with.</param>
    /// <param name="observer">Learns how the try went.</param>
    /// <param name="cancellation">The caller no longer wants it.</param>
    public async Task<AttemptResult> SendAsync(
        ApiRequest request, SendProgress progress, int attempt, BreakerPass pass, IRequestObserver observer, RequestCancellation cancellation)
    {
        var aborting = cancellation.Aborting;
        RateLimitHeaders? limit = null;
        var ended = TurnOutcome.Unanswered;
        var mayHaveArrived = progress.MayHaveArrived;
        AttemptResult? known = null;
        var started = clock.Elapsed;
        try
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(aborting);
            timer.CancelAfter(timeout);
            using var message = transport.CreateMessage(request);
            progress.Generation = await connection.Credential.ApplyAsync(message, aborting).ConfigureAwait(false);
            cancellation.ThrowIfRequested();
            AttemptResult result;
            Interlocked.Increment(ref _counter.Value);
            progress.MayHaveArrived = true;
            try
            {
                using var response = await transport.SendAsync(message, timer.Token).ConfigureAwait(false);
                limit = RateLimitHeaders.Read(response.Headers);
                result = await ReadAsync(request, message, response, attempt, observer, timer.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsBroken(exception) && !aborting.IsCancellationRequested)
            {
                result = new AttemptResult(timer.IsCancellationRequested ? DescribeTimeout() : DescribeBroken(exception));
            }

            var elapsed = (clock.Elapsed - started).TotalMilliseconds;
            observer.OnAttempt(new AttemptReport(request, attempt, result.Response?.StatusCode, result.Failure?.Summary, elapsed, _redactor)
            {
                RequestId = result.Response?.RequestId ?? result.Failure?.RequestId,
            });
            ended = EndOf(result);
            known = result;
            return result;
        }
        catch (AclException unproven) when (mayHaveArrived && !request.IsRead && !unproven.OutcomeIsUnknown)
        {
            // There was no credential for this try, and an earlier one may have arrived.
            throw unproven.AfterLostAnswer();
        }
        catch (Exception exception) when (IsBroken(exception) && aborting.IsCancellationRequested)
        {
            // However the exchange was broken off, it was at the caller's wish.
            throw new OperationCanceledException(aborting);
        }
        finally
        {
            connection.Pacer.Observe(limit, ended);
            Leave(pass, known, observer);
        }
    }

    /// <summary>Reports that the service is down.</summary>
    public void Announce(OutageStatus outage, IRequestObserver observer) => observer.OnOutage(
        FormattableString.Invariant($"{_service.Name} has not answered since {outage.Since:u} ({outage.Cause.Summary})."));

    private void Leave(BreakerPass pass, AttemptResult? result, IRequestObserver observer)
    {
        if (result is not { } known)
        {
            breaker.Abandon(pass);
        }
        else if (breaker.Leave(pass, known.Failure?.ToOutageCause()) is { } begun)
        {
            Announce(begun, observer);
        }
    }

    private async Task<AttemptResult> ReadAsync(
        ApiRequest request, HttpRequestMessage message, HttpResponseMessage response, int attempt, IRequestObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await transport.ReadBodyAsync(response, request.MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            if (observer.WantsExchanges && !request.IsSecret)
            {
                observer.OnExchange(ExchangeText.Describe(message, request, response, body.Bytes, _redactor));
            }

            return ResponseClassifier.Classify(_service, request, response, body.Bytes, attempt, _redactor, clock);
        }
        catch (AnswerTooLargeException tooLarge)
        {
            return ResponseClassifier.ClassifyUnread(
                _service, response, FormattableString.Invariant($"an answer of more than {tooLarge.Bound:#,0} bytes"), _redactor, clock);
        }
        catch (OutOfMemoryException)
        {
            return ResponseClassifier.ClassifyUnread(_service, response, "an answer that does not fit into the memory that is left", _redactor, clock);
        }
    }

    /// <summary>Whether the exchange broke: no connection, one that was cut or given up, or bytes that are no answer.</summary>
    private static bool IsBroken(Exception exception) =>
        exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException;

    private static TurnOutcome EndOf(AttemptResult result) => result.Failure switch
    {
        { AsksToSlowDown: true } => TurnOutcome.Refused,
        { StatusCode: null } => TurnOutcome.Unanswered,
        _ => TurnOutcome.Answered,
    };

    private sealed class Counter
    {
        public long Value;
    }

    private AttemptFailure DescribeTimeout() => new(ErrorKind.Timeout, FormattableString.Invariant($"no answer in {timeout.TotalSeconds:0.#} s")) { IsTransient = true };

    private AttemptFailure DescribeBroken(Exception exception)
    {
        if (ProxySelection.FindRefusal(exception) is { } refusal)
        {
            return refusal;
        }

        var text = exception.ToString();
        var brokenAt = BrokenExchange.Find(exception);
        return new AttemptFailure(ErrorKind.Unreachable, DisplayText.Of(_redactor.Redact(exception.GetBaseException().Message)))
        {
            // A certificate that is not accepted now is not accepted in a minute.
            IsTransient = brokenAt != BrokenAt.Certificate,
            ProvesNotExecuted = brokenAt != BrokenAt.Exchange,
            BrokenAt = brokenAt,

            // It may quote what came over the wire.
            Exception = _redactor.Redact(text) == text ? exception : null,
        };
    }
}

/// <summary>How far a request has come.</summary>
internal sealed class SendProgress
{
    /// <summary>Whether a try may have reached the service.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>Which credential of the connection's the last try carried.</summary>
    public int Generation { get; set; }
}
