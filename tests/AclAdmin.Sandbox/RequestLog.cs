using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox;

/// <summary>One request as it came, and what became of it.</summary>
public sealed class LoggedRequest
{
    private readonly KeyValuePair<string, string>[] _headers;
    private readonly byte[] _body;

    internal LoggedRequest(long seq, DateTimeOffset time, string service, Exchange exchange)
    {
        Seq = seq;
        Time = time;
        Service = service;
        Method = exchange.Method;
        Path = exchange.Path;
        Query = exchange.QueryString;
        _body = exchange.Body;
        _headers = new KeyValuePair<string, string>[exchange.Headers.Count];
        var at = 0;
        foreach (var header in exchange.Headers)
            _headers[at++] = new(header.Key, header.Value.ToString());
    }

    /// <summary>Its number, from 1, in order of arrival.</summary>
    public long Seq { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset Time { get; }

    /// <summary><c>cloudflare</c>, <c>carrierx</c>, or <c>none</c> for an address that belongs to neither.</summary>
    public string Service { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path as sent, with its escapes.</summary>
    public string Path { get; }

    /// <summary>The query as sent, without the question mark.</summary>
    public string Query { get; }

    /// <summary>Headers by lower-case name.</summary>
    public IReadOnlyDictionary<string, string> Headers
    {
        get
        {
            var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in _headers)
                headers[name.ToLowerInvariant()] = value;
            return headers;
        }
    }

    /// <summary>The body as text.</summary>
    public string Body => Encoding.UTF8.GetString(_body);

    /// <summary>The status sent; 0 when none was (yet): the request is being held, or its connection was cut.</summary>
    public int Status { get; internal set; }

    /// <summary>The kind of the fault that was played, or null.</summary>
    public string? Fault { get; internal set; }

    /// <summary>Whether it changed something.</summary>
    public bool Applied { get; internal set; }

    /// <summary>The body's exact bytes.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> RawBody => _body;

    /// <summary>Whether its method is one that changes things.</summary>
    [JsonIgnore]
    public bool IsWrite => Method is not ("GET" or "HEAD" or "OPTIONS");
}

/// <summary>How many requests there were.</summary>
public sealed record RequestCounters
{
    /// <summary>All.</summary>
    public long Total { get; init; }

    /// <summary>Those with GET, HEAD or OPTIONS.</summary>
    public long Reads { get; init; }

    /// <summary>All others.</summary>
    public long Writes { get; init; }

    /// <summary>Those that changed something.</summary>
    public long Applied { get; init; }

    /// <summary>Those answered 429, by the limit or by a fault.</summary>
    [JsonPropertyName("refused429")]
    public long Refused429 { get; init; }

    /// <summary>Answers by status; 0 for connections that were cut.</summary>
    public IReadOnlyDictionary<int, long> ByStatus { get; init; } = new Dictionary<int, long>();
}

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
