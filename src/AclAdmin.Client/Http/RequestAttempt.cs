using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>One try of a request: authenticates, sends, reads, and says what the answer is.</summary>
internal sealed class RequestAttempt(
    HttpTransport transport, ServiceProfile service, Credential credential, Redactor redactor, TimeSpan timeout, IClock clock)
{
    private Counter _counter = new();

    /// <summary>How many tries were made, those with another time limit included.</summary>
    public long Count => Interlocked.Read(ref _counter.Value);

    /// <summary>Makes tries of the same connection that have another time limit.</summary>
    public RequestAttempt WithTimeout(TimeSpan other) => new(transport, service, credential, redactor, other, clock) { _counter = _counter };

    /// <summary>Makes one try. The pacer learns from the answer, whatever it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="progress">Notes that the request may have arrived, from the moment at which it is sent.</param>
    /// <param name="attempt">Which try it is, from 1.</param>
    /// <param name="observer">Learns how the try went.</param>
    /// <param name="pacer">The pacer that has given the turn.</param>
    /// <param name="cancellationToken">The caller no longer wants it.</param>
    public async Task<AttemptResult> SendAsync(
        ApiRequest request, SendProgress progress, int attempt, IRequestObserver observer, Pacer pacer, CancellationToken cancellationToken)
    {
        RateLimitHeaders? limit = null;
        var ended = TurnOutcome.Unanswered;
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timer.CancelAfter(timeout);
            using var message = transport.CreateMessage(request);
            await credential.ApplyAsync(message, cancellationToken).ConfigureAwait(false);
            AttemptResult result;
            Interlocked.Increment(ref _counter.Value);
            progress.MayHaveArrived = true;
            try
            {
                using var response = await transport.SendAsync(message, timer.Token).ConfigureAwait(false);
                limit = RateLimitHeaders.Read(response.Headers);
                result = await ReadAsync(request, message, response, attempt, observer, timer.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsBroken(exception) && !cancellationToken.IsCancellationRequested)
            {
                result = new AttemptResult(timer.IsCancellationRequested ? DescribeTimeout() : DescribeBroken(exception));
            }

            var elapsed = (Stopwatch.GetTimestamp() - started) * 1000.0 / Stopwatch.Frequency;
            observer.OnAttempt(new AttemptReport(request, attempt, result.Response?.StatusCode, result.Failure?.Summary, elapsed, redactor)
            {
                RequestId = result.Response?.RequestId ?? result.Failure?.RequestId,
            });
            ended = EndOf(result);
            return result;
        }
        catch (Exception exception) when (IsBroken(exception) && cancellationToken.IsCancellationRequested)
        {
            // However the exchange was broken off, it was at the caller's wish.
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            pacer.Observe(limit, ended);
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
                observer.OnExchange(ExchangeText.Describe(message, request, response, body.Bytes, redactor));
            }

            return ResponseClassifier.Classify(service, request, response, body.Bytes, attempt, redactor, clock.UtcNow);
        }
        catch (AnswerTooLargeException tooLarge)
        {
            return ResponseClassifier.ClassifyUnread(
                service, response, FormattableString.Invariant($"an answer of more than {tooLarge.Bound:#,0} bytes"), redactor, clock.UtcNow);
        }
        catch (OutOfMemoryException)
        {
            return ResponseClassifier.ClassifyUnread(service, response, "an answer that does not fit into the memory that is left", redactor, clock.UtcNow);
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

    private AttemptFailure DescribeTimeout() => new(ErrorKind.Timeout, $"no answer in {timeout.TotalSeconds:0.#} s") { IsTransient = true };

    private AttemptFailure DescribeBroken(Exception exception)
    {
        if (ProxySelection.FindRefusal(exception) is { } refusal)
        {
            return refusal;
        }

        var text = exception.ToString();
        var brokenAt = BrokenExchange.Find(exception);
        return new AttemptFailure(ErrorKind.Unreachable, DisplayText.Of(redactor.Redact(exception.GetBaseException().Message)))
        {
            // A certificate that is not accepted now is not accepted in a minute.
            IsTransient = brokenAt != BrokenAt.Certificate,
            ProvesNotExecuted = brokenAt != BrokenAt.Exchange,
            BrokenAt = brokenAt,

            // It may quote what came over the wire.
            Exception = redactor.Redact(text) == text ? exception : null,
        };
    }
}

/// <summary>How far a request has come.</summary>
internal sealed class SendProgress
{
    /// <summary>Whether a try may have reached the service.</summary>
    public bool MayHaveArrived { get; set; }
}
