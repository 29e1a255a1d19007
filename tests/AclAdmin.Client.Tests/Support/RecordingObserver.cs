using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace AclAdmin.Client.Tests;

/// <summary>Remembers everything it is told.</summary>
public sealed class RecordingObserver : IRequestObserver
{
    private readonly ConcurrentQueue<AttemptReport> _attempts = new();
    private readonly ConcurrentQueue<string> _exchanges = new();
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly ConcurrentQueue<string> _outages = new();
    private readonly ConcurrentQueue<ListReading> _readings = new();
    private readonly ConcurrentQueue<(string Reason, TimeSpan Duration, bool Refused)> _waits = new();

    /// <inheritdoc/>
    public bool WantsExchanges => true;

    /// <summary>Every try, in order.</summary>
    public IReadOnlyList<AttemptReport> Attempts => [.. _attempts];

    /// <summary>Every exchange, in order.</summary>
    public IReadOnlyList<string> Exchanges => [.. _exchanges];

    /// <summary>Every wait that was announced, in order.</summary>
    public IReadOnlyList<(string Reason, TimeSpan Duration, bool Refused)> Waits => [.. _waits];

    /// <summary>Every report of an outage, in order.</summary>
    public IReadOnlyList<string> Outages => [.. _outages];

    /// <summary>Is told of a wait as soon as it starts.</summary>
    public Action? Waiting { get; set; }

    /// <inheritdoc/>
    public void OnAttempt(AttemptReport report) => _attempts.Enqueue(report);

    /// <inheritdoc/>
    public void OnExchange(string text) => _exchanges.Enqueue(text);

    /// <summary>Every note, in order.</summary>
    public IReadOnlyList<string> Notes => [.. _notes];

    /// <inheritdoc/>
    public void OnNote(string text) => _notes.Enqueue(text);

    /// <inheritdoc/>
    public void OnWait(string reason, TimeSpan duration, bool refused)
    {
        _waits.Enqueue((reason, duration, refused));
        Waiting?.Invoke();
    }

    /// <inheritdoc/>
    public void OnOutage(string text) => _outages.Enqueue(text);

    /// <summary>How far readings were, in order.</summary>
    public IReadOnlyList<ListReading> Readings => [.. _readings];

    /// <inheritdoc/>
    public void OnRead(ListReading reading) => _readings.Enqueue(reading);
}
