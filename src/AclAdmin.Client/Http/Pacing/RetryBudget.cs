using System;
using System.Threading;

namespace AclAdmin.Client.Http.Pacing;

/// <summary>
/// Keeps retries from multiplying the load on a service that is failing already: each costs tokens, and each success gives some back. The numbers are those
/// of the AWS SDKs' standard retry mode. Safe for many threads.
/// </summary>
internal sealed class RetryBudget
{
    /// <summary>Enough for a hundred retries without a success between them.</summary>
    private const int Capacity = 500;

    private const int CostOfRetry = 5;
    private const int CostOfRetryAfterTimeout = 10;
    private const int ReturnOfSuccess = 1;

    private int _tokens = Capacity;

    /// <summary>Pays for a retry.</summary>
    /// <param name="afterTimeout">Whether the last try was not answered in time.</param>
    /// <returns>What was paid; 0 where nothing is left to pay with.</returns>
    public int Withdraw(bool afterTimeout)
    {
        var cost = afterTimeout ? CostOfRetryAfterTimeout : CostOfRetry;
        int tokens;
        do
        {
            tokens = Volatile.Read(ref _tokens);
            if (tokens < cost)
            {
                return 0;
            }
        }
        while (Interlocked.CompareExchange(ref _tokens, tokens - cost, tokens) != tokens);
        return cost;
    }

    /// <summary>Gives back after a success.</summary>
    /// <param name="paid">What its last retry cost; 0 where it took none.</param>
    public void Deposit(int paid)
    {
        int tokens;
        int filled;
        do
        {
            tokens = Volatile.Read(ref _tokens);
            filled = Math.Min(Capacity, tokens + Math.Max(paid, ReturnOfSuccess));
        }
        while (filled != tokens && Interlocked.CompareExchange(ref _tokens, filled, tokens) != tokens);
    }
}
