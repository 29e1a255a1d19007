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
    private long _count;

    /// <summary>How many tries were made.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Makes one try. The pacer is told of the answer, whatever it is.</summary>
    public async Task<AttemptResult> SendAsync(
        ApiRequest request, int attempt, IRequestObserver observer, Pacer pacer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
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
            try
            {
                using var response = await transport.SendAsync(message, timer.Token).ConfigureAwait(false);
                limit = RateLimitHeaders.Read(response.Headers);
                var body = await HttpTransport.ReadBodyAsync(response, timer.Token).ConfigureAwait(false);
                result = ResponseClassifier.Classify(service, request, response, body, attempt, redactor, clock.UtcNow);
                if (observer.WantsExchanges && !request.IsSecret)
                {
                    observer.OnExchange(ExchangeText.Describe(message, request, response, body, redactor));
                }
            }
            catch (Exception exception) when (IsBroken(exception) && !cancellationToken.IsCancellationRequested)
            {
                result = new AttemptResult(timer.IsCancellationRequested ? DescribeTimeout() : DescribeBroken(exception));
            }

            var elapsed = (Stopwatch.GetTimestamp() - started) * 1000.0 / Stopwatch.Frequency;
            observer.OnAttempt(new AttemptReport(request, attempt, result.Response?.StatusCode, result.Failure?.Summary, elapsed, redactor));
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

    /// <summary>Whether the exchange broke: no connection, one that was cut or given up, or bytes that are no answer.</summary>
    private static bool IsBroken(Exception exception) =>
        exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException;

    private static TurnOutcome EndOf(AttemptResult result) => result.Failure switch
    {
        { WasRefused: true } => TurnOutcome.Refused,
        { StatusCode: null } => TurnOutcome.Unanswered,
        _ => TurnOutcome.Answered,
    };

    private AttemptFailure DescribeTimeout() => new(ErrorKind.Timeout, $"no answer in {timeout.TotalSeconds:0.#} s") { IsTransient = true };

    private AttemptFailure DescribeBroken(Exception exception)
    {
        if (ProxySelection.FindRefusal(exception) is { } refusal)
        {
            return refusal;
        }

        var text = exception.ToString();
        return new AttemptFailure(ErrorKind.Unreachable, redactor.Redact(exception.GetBaseException().Message))
        {
            IsTransient = true,

            // It may quote what came over the wire.
            Exception = redactor.Redact(text) == text ? exception : null,
        };
    }
}
