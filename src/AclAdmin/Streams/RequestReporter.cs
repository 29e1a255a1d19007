using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Threading;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Streams;

/// <summary>
/// Queues what requests report on their threads, and writes it on the pipeline's thread: only that thread may write to a stream.
/// </summary>
internal sealed class RequestReporter : IRequestObserver
{
    /// <summary>How many outages cause a warning in a run; an unstable service would fill the screen.</summary>
    private const int ShownOutages = 1;

    private const int WaitActivity = 1_917_001;

    private static readonly TimeSpan ShownWait = TimeSpan.FromSeconds(1);

    /// <summary>A wait of this length is noticeable, and a job's log must explain it: it causes a warning for any reason.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(5);

    private readonly PSCmdlet _cmdlet;
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly ReadingProgress _reading;
    private readonly bool _verbose;
    private readonly object _gate = new();
    private long _attempts;
    private long _repeats;
    private DateTime _waitEnds;
    private string _waitReason = "";
    private volatile bool _hasWait;
    private bool _waitIsShown;
    private int _secondsShown;
    private int _outages;
    private volatile bool _isDown;

    /// <summary>Reports through a cmdlet.</summary>
    public RequestReporter(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _reading = new ReadingProgress(cmdlet);
        _verbose = IsWanted("Verbose", "VerbosePreference");
        WantsExchanges = IsWanted("Debug", "DebugPreference");
        if (_verbose && ModuleViews.TakeNotice() is { } notice)
        {
            OnNote(notice);
        }
    }

    /// <inheritdoc/>
    public bool WantsExchanges { get; }

    /// <summary>How many requests were sent, repeats included.</summary>
    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>How many of them were repeats.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <inheritdoc/>
    public void OnAttempt(AttemptReport report)
    {
        Interlocked.Increment(ref _attempts);
        if (report.Attempt > 1)
        {
            Interlocked.Increment(ref _repeats);
        }

        if (_isDown && report.StatusCode is not null)
        {
            EndOutage();
        }

        if (_verbose)
        {
            _messages.Enqueue(() => _cmdlet.ShowVerbose(report.ToString()));
        }
    }

    /// <inheritdoc/>
    public void OnExchange(string text) => _messages.Enqueue(() => _cmdlet.ShowDebug(text));

    /// <inheritdoc/>
    public void OnNote(string text) => _messages.Enqueue(() => _cmdlet.ShowVerbose(text));

    /// <inheritdoc/>
    public void OnWait(string reason, TimeSpan duration, bool refused)
    {
        if (duration < ShownWait)
        {
            return;
        }

        lock (_gate)
        {
            // All requests of a window wait for the same reason; the wait is reported once.
            var ends = DateTime.UtcNow + duration;
            if (ends < _waitEnds + ShownWait)
            {
                return;
            }

            _waitEnds = ends;
            _waitReason = reason;
            _hasWait = true;
        }

        // The wait for a service that is down is part of the warning about the outage.
        var isWarning = refused || (duration >= LongWait && !_isDown);
        var text = string.Format(CultureInfo.InvariantCulture, "{0} Waiting {1:0} s.", reason, duration.TotalSeconds);
        _messages.Enqueue(() =>
        {
            if (isWarning)
            {
                _cmdlet.ShowWarning(text);
            }
            else
            {
                _cmdlet.ShowVerbose(text);
            }
        });
    }

    /// <inheritdoc/>
    public void OnOutage(string text)
    {
        if (_isDown)
        {
            return;
        }

        lock (_gate)
        {
            if (_isDown)
            {
                return;
            }

            _isDown = true;
            _outages++;
            EnqueueOutage(text + " What is not sent for this reason is reported as an error; the service is tried again now and then.");
        }
    }

    /// <inheritdoc/>
    public void OnRead(ListReading reading) => _reading.Report(reading);

    /// <summary>Takes the progress of a reading away that goes on no more. Called on the pipeline's thread.</summary>
    public void EndReading()
    {
        _reading.Report(new ListReading("", 0, null, IsEnded: true));
        _reading.Show();
    }

    /// <summary>Writes what was reported since the last call. Called on the pipeline's thread.</summary>
    public void Flush()
    {
        while (_messages.TryDequeue(out var message))
        {
            message();
        }

        ShowWait();
        _reading.Show();
    }

    private void EndOutage()
    {
        lock (_gate)
        {
            if (_isDown)
            {
                _isDown = false;
                EnqueueOutage("The service answers again.");
            }
        }
    }

    private void EnqueueOutage(string text)
    {
        if (_outages <= ShownOutages)
        {
            _messages.Enqueue(() => _cmdlet.ShowWarning(text));
        }
        else
        {
            _messages.Enqueue(() => _cmdlet.ShowVerbose(text));
        }
    }

    private void ShowWait()
    {
        // Comes by for each row, and most runs never wait.
        if (!_hasWait)
        {
            return;
        }

        double left;
        string reason;
        lock (_gate)
        {
            left = (_waitEnds - DateTime.UtcNow).TotalSeconds;
            reason = _waitReason;
        }

        var seconds = (int)Math.Ceiling(left);
        if (seconds > 0 && seconds != _secondsShown)
        {
            _secondsShown = seconds;
            _waitIsShown = true;
            _cmdlet.ShowProgress(new ProgressRecord(WaitActivity, "Waiting", reason) { SecondsRemaining = seconds });
        }
        else if (seconds <= 0 && _waitIsShown)
        {
            _waitIsShown = false;
            _cmdlet.ShowProgress(new ProgressRecord(WaitActivity, "Waiting", reason) { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <summary>Whether a stream is enabled, so that no text is built for a disabled one.</summary>
    private bool IsWanted(string parameter, string preference)
    {
        if (_cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out var bound))
        {
            return bound is SwitchParameter { IsPresent: true };
        }

        return _cmdlet.GetVariableValue(preference) is { } value
            && !string.Equals(value.ToString(), nameof(ActionPreference.SilentlyContinue), StringComparison.OrdinalIgnoreCase)
            && !string.Equals(value.ToString(), nameof(ActionPreference.Ignore), StringComparison.OrdinalIgnoreCase);
    }
}
