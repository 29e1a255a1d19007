using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AclAdmin.Sandbox.Http;

/// <summary>One request, read to its end. Path and query are kept as sent: a client's escaping is one of the things under test.</summary>
internal sealed class Exchange
{
    private Dictionary<string, StringValues>? _query;

    private Exchange(HttpRequest request, string target, byte[] body)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        Method = request.Method;
        Path = mark < 0 ? target : target[..mark];
        QueryString = mark < 0 ? string.Empty : target[(mark + 1)..];
        Headers = request.Headers;
        Host = request.Host.Value ?? string.Empty;
        Body = body;
        Segments = Path.Length > 1 ? Path[1..].Split('/') : [];
        for (var i = 0; i < Segments.Length; i++)
            Segments[i] = Uri.UnescapeDataString(Segments[i]);
    }

    public string Method { get; }

    public string Path { get; }

    public string QueryString { get; }

    public string Host { get; }

    public IHeaderDictionary Headers { get; }

    public byte[] Body { get; }

    /// <summary>What the limit said when the request was counted; its answer repeats just that, whatever others have spent since.</summary>
    public RateReading Rate { get; set; }

    /// <summary>The parts of the path, unescaped. A trailing slash gives an empty last part, and so another route.</summary>
    public string[] Segments { get; }

    public bool IsRead => HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method) || HttpMethods.IsOptions(Method);

    public Dictionary<string, StringValues> Query =>
        _query ??= QueryString.Length == 0 ? [] : QueryHelpers.ParseQuery(QueryString);

    /// <summary>The bearer token, or null when the request carries none.</summary>
    public string? Bearer()
    {
        const string Scheme = "Bearer ";
        var value = Headers.Authorization.ToString();
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : null;
    }

    /// <summary>Whether the body is declared to be of a media type, in UTF-8 and not compressed.</summary>
    public bool Declares(string mediaType)
    {
        var parts = Headers.ContentType.ToString().Split(';', StringSplitOptions.TrimEntries);
        if (!parts[0].Equals(mediaType, StringComparison.OrdinalIgnoreCase) || Headers.ContentEncoding.Count > 0)
            return false;
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase)
                && !part.AsSpan("charset=".Length).Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    public static async ValueTask<Exchange> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
            target = request.Path.Value + request.QueryString.Value;
        byte[] body;
        if (request.ContentLength is { } length)
        {
            body = length == 0 ? [] : new byte[length];
            await request.Body.ReadExactlyAsync(body, context.RequestAborted);
        }
        else
        {
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, context.RequestAborted);
            body = buffer.ToArray();
        }
        return new Exchange(request, target, body);
    }
}
