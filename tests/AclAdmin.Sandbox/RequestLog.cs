using System;
using System.Collections.Generic;
using System.Threading;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox;

/// <summary>Every request to either service, in order of arrival.</summary>
public sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<LoggedRequest> _requests = [];
    private readonly SandboxSettings _settings;
    private readonly TimeProvider _clock;
    private SortedDictionary<int, long> _byStatus = [];
    private long _seq;
    private long _reads;
    private long _writes;
    private long _applied;

    internal RequestLog(SandboxSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
    }

    /// <summary>Numbers of requests since the last <see cref="Clear"/>; kept even while the log is off.</summary>
    public RequestCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return new RequestCounters
                {
                    Total = _reads + _writes,
                    Reads = _reads,
                    Writes = _writes,
                    Applied = _applied,
                    Refused429 = _byStatus.GetValueOrDefault(429),
                    ByStatus = new SortedDictionary<int, long>(_byStatus),
                };
            }
        }
    }

    /// <summary>The requests, oldest first.</summary>
    /// <param name="since">Only those with a greater number.</param>
    /// <param name="method">Only those with this method.</param>
    /// <param name="writesOnly">Only those whose method changes things.</param>
    public IReadOnlyList<LoggedRequest> Requests(long since = 0, string? method = null, bool writesOnly = false)
    {
        lock (_gate)
        {
            return _requests.FindAll(request => request.Seq > since
                && (method is null || request.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                && (!writesOnly || request.IsWrite));
        }
    }

    /// <summary>Forgets requests and counters. Numbering goes on, so that "since" keeps its meaning.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _byStatus = [];
            _reads = _writes = _applied = 0;
        }
    }

    internal LoggedRequest? Begin(string service, Exchange exchange)
    {
        var keep = _settings.Log;
        lock (_gate)
        {
            if (exchange.IsRead)
                _reads++;
            else
                _writes++;
            _seq++;
            if (!keep)
                return null;
            var request = new LoggedRequest(_seq, _clock.GetUtcNow(), service, exchange);
            _requests.Add(request);
            return request;
        }
    }

    // Called before the answer goes out: who has the answer must find it in the log.
    internal void End(LoggedRequest? request, int status, string? fault, bool applied)
    {
        lock (_gate)
        {
            _byStatus[status] = _byStatus.GetValueOrDefault(status) + 1;
            if (applied)
                _applied++;
            if (request is null)
                return;
            request.Status = status;
            request.Fault = fault;
            request.Applied = applied;
        }
    }
}
