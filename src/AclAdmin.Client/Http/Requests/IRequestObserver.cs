using System;
using System.Globalization;
using System.Text;
using AclAdmin.Client.Http.Credentials;

namespace AclAdmin.Client.Http.Requests;

/// <summary>
/// Receives the reports of a request on its way. Called on the thread that the request runs on, so it must be quick and safe for many threads.
/// Everything that it receives is free of secrets.
/// </summary>
public interface IRequestObserver
{
    /// <summary>Whether <see cref="OnExchange"/> is wanted. Where it is not, nothing is put together for it.</summary>
    bool WantsExchanges { get; }

    /// <summary>A request was answered, or given up, once.</summary>
    void OnAttempt(AttemptReport report);

    /// <summary>What was sent and what came back, as text.</summary>
    void OnExchange(string text);

    /// <summary>An event for the verbose log.</summary>
    /// <param name="text">What it is, as a sentence.</param>
    void OnNote(string text);

    /// <summary>A request waits before it is sent, or sent again.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    /// <param name="duration">How long, as far as is known now.</param>
    /// <param name="refused">Whether the service asked for it; false when the wait keeps a limit that was not hit.</param>
    void OnWait(string reason, TimeSpan duration, bool refused);

    /// <summary>A request found the service down. Called for each such request; the next good answer shows that the service is back.</summary>
    /// <param name="text">Since when and why, as a sentence.</param>
    void OnOutage(string text);

    /// <summary>A page of a list was read, or the reading has ended.</summary>
    /// <param name="reading">How far it is.</param>
    void OnRead(ListReading reading);
}

/// <summary>How one try of a request went. The text is built only when it is read.</summary>
/// <param name="Request">The request.</param>
/// <param name="Attempt">Which try it was, from 1.</param>
/// <param name="StatusCode">The status of a good answer; null for a failure.</param>
/// <param name="Failure">What went wrong; null for a good answer.</param>
/// <param name="Milliseconds">From sending to the last byte of the answer.</param>
/// <param name="Redactor">Removes secrets from the text.</param>
public sealed record AttemptReport(ApiRequest Request, int Attempt, int? StatusCode, string? Failure, double Milliseconds, Redactor Redactor)
{
    /// <summary>The service's id for the request; null where the service sent none.</summary>
    public string? RequestId { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var repeat = Attempt > 1 ? $" (try {Attempt})" : "";
        var body = Request is { Body: { } bytes, IsSecret: false } ? " " + Encoding.UTF8.GetString(bytes) : "";
        var outcome = StatusCode?.ToString(CultureInfo.InvariantCulture) ?? Failure;
        return Redactor.Redact(string.Format(CultureInfo.InvariantCulture, "{0}{1}{2}: {3} in {4:0} ms", Request, body, repeat, outcome, Milliseconds));
    }
}

/// <summary>An observer that ignores all reports.</summary>
public sealed class SilentObserver : IRequestObserver
{
    /// <summary>The one instance.</summary>
    public static readonly SilentObserver Instance = new();

    private SilentObserver()
    {
    }

    /// <inheritdoc/>
    public bool WantsExchanges => false;

    /// <inheritdoc/>
    public void OnAttempt(AttemptReport report)
    {
    }

    /// <inheritdoc/>
    public void OnExchange(string text)
    {
    }

    /// <inheritdoc/>
    public void OnNote(string text)
    {
    }

    /// <inheritdoc/>
    public void OnWait(string reason, TimeSpan duration, bool refused)
    {
    }

    /// <inheritdoc/>
    public void OnOutage(string text)
    {
    }

    /// <inheritdoc/>
    public void OnRead(ListReading reading)
    {
    }
}
