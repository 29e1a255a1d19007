using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Serialization;
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
