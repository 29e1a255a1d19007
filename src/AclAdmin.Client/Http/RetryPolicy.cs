using System;
using AclAdmin.Client.Http.Pacing;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>Decides, in one place, whether a request that did not succeed is sent again, and after how long.</summary>
public sealed class RetryPolicy
{
    /// <summary>How often a request is sent again after its first try, unless specified otherwise.</summary>
    public const int DefaultMaxRetryCount = 3;

    /// <summary>The least wait, whatever the jitter: a service that fails is not asked again in the same moment.</summary>
    private static readonly TimeSpan LeastDelay = TimeSpan.FromSeconds(0.1);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Random _random;

    /// <summary>Creates a policy.</summary>
    /// <param name="maxRetryCount">How often a request is sent again after its first try; 0 for never.</param>
    /// <param name="seed">Makes the jitter repeatable, for tests.</param>
    public RetryPolicy(int maxRetryCount = DefaultMaxRetryCount, int? seed = null)
    {
        MaxRetryCount = maxRetryCount;
        _random = seed is int value ? new Random(value) : new Random();
    }

    private RetryPolicy(int maxRetryCount, Random random)
    {
        MaxRetryCount = maxRetryCount;
        _random = random;
    }

    /// <summary>How often a request is sent again after its first try.</summary>
    public int MaxRetryCount { get; }

    /// <summary>The same policy with another number of tries.</summary>
    /// <param name="maxRetryCount">How often a request is sent again after its first try; 0 for never.</param>
    public RetryPolicy With(int maxRetryCount) => new(maxRetryCount, _random) { RetryAfterCeiling = RetryAfterCeiling };

    /// <summary>
    /// The longest wait that a service may request. Cloudflare shuts a caller out for five minutes, so that is the default; a longer
    /// wait is not made, and the request fails with what was asked.
    /// </summary>
    public TimeSpan RetryAfterCeiling { get; init; } = Pacer.DefaultCeiling;

    /// <summary>The most time that a request may spend waiting between its tries, within the ceiling: for so long an outage is worth waiting out.</summary>
    internal TimeSpan LongestBackoff
    {
        get
        {
            var longest = TimeSpan.Zero;
            for (var attempt = 1; attempt <= MaxRetryCount && longest < RetryAfterCeiling; attempt++)
            {
                longest += TimeSpan.FromSeconds(BoundOf(attempt));
            }

            return longest < RetryAfterCeiling ? longest : RetryAfterCeiling;
        }
    }

    /// <summary>The wait before the next try.</summary>
    /// <param name="request">The request.</param>
    /// <param name="attempt">How often it was sent so far.</param>
    /// <param name="failure">How the last try failed.</param>
    /// <returns>Null when it is not sent again.</returns>
    public TimeSpan? GetDelay(ApiRequest request, int attempt, AttemptFailure failure)
    {
        if (attempt > MaxRetryCount || !failure.IsTransient)
        {
            return null;
        }

        // A create may have been carried out although its answer was lost, so it is repeated only after a proof that it was not.
        if (!request.IsRepeatable && !failure.ProvesNotExecuted)
        {
            return null;
        }

        if (failure.RetryAfter is { } asked && asked > RetryAfterCeiling)
        {
            return null;
        }

        return AskedOr(attempt, failure.RetryAfter);
    }

    /// <summary>The wait before an operation of several requests is tried again.</summary>
    /// <param name="attempt">How often it was tried so far.</param>
    /// <returns>Null when it is not tried again.</returns>
    public TimeSpan? GetDelay(int attempt) => attempt > MaxRetryCount ? null : Backoff(attempt);

    /// <summary>
    /// How long all requests pause after a refusal, whether or not the refused request itself is sent again. Where the service does not state it, the
    /// wait grows with each refusal that follows on another, whichever request meets it: a service that has shut a caller out for minutes is asked a
    /// dozen times, and not by every row.
    /// </summary>
    /// <param name="failure">The refusal.</param>
    /// <param name="refusalsInARow">How many there were since the last answer that was none, this one included.</param>
    internal TimeSpan GetPause(AttemptFailure failure, int refusalsInARow)
    {
        var pause = AskedOr(refusalsInARow, failure.RetryAfter);
        return pause < RetryAfterCeiling ? pause : RetryAfterCeiling;
    }

    /// <summary>What was asked for, to the second; the backoff where that is no time at all: a refusal pauses in any case.</summary>
    private TimeSpan AskedOr(int attempt, TimeSpan? asked) => asked is { } stated && stated > TimeSpan.Zero ? stated : Backoff(attempt);

    private static double BoundOf(int attempt) => Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), LongestDelay.TotalSeconds);

    /// <summary>Full jitter: anything from the least to the doubled delay, so that many callers do not come back together.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var ceiling = BoundOf(attempt);
        lock (_random)
        {
            return LeastDelay + TimeSpan.FromSeconds((ceiling - LeastDelay.TotalSeconds) * _random.NextDouble());
        }
    }
}
