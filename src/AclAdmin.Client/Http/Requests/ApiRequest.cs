using System;
using System.Net.Http;

namespace AclAdmin.Client.Http.Requests;

/// <summary>What the answer to a request must contain.</summary>
public enum ExpectedResponse
{
    /// <summary>A JSON object.</summary>
    JsonObject,

    /// <summary>Nothing; a body is ignored.</summary>
    Nothing,
}

/// <summary>One request, before it has an address, a credential or a try.</summary>
public sealed class ApiRequest
{
    /// <summary>The PATCH method, which netstandard2.0 has no name for.</summary>
    public static readonly HttpMethod Patch = new("PATCH");

    /// <summary>The most bytes of a page: a thousand items of 16 KiB each.</summary>
    public const int MaxPageBytes = 16 * 1024 * 1024;

    /// <summary>The most bytes of one item, or of the answer to a write, beyond what the request itself has sent.</summary>
    private const int MaxItemBytes = 1024 * 1024;

    private readonly bool? _isRepeatable;
    private readonly int? _maxAnswerBytes;

    /// <summary>Describes a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, relative to the connection's base address.</param>
    public ApiRequest(HttpMethod method, RequestPath path)
    {
        Method = method;
        Path = path;
    }

    /// <summary>The method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The path, relative to the connection's base address.</summary>
    public RequestPath Path { get; }

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether the request and its answer hold secrets, so that neither is ever shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What the answer must contain.</summary>
    public ExpectedResponse Expected { get; init; }

    /// <summary>
    /// The most bytes of the answer, unpacked. An answer to a write shows what was sent, in JSON of another spelling, so what was sent counts twice.
    /// </summary>
    public int MaxAnswerBytes
    {
        get => _maxAnswerBytes ?? (int)Math.Min(MaxPageBytes, MaxItemBytes + (2L * (Body?.Length ?? 0)));
        init => _maxAnswerBytes = value;
    }

    /// <summary>
    /// The permission or scope that the service asks for, for the advice after a 403; null where it is not known.
    /// </summary>
    public string? Permission { get; init; }

    /// <summary>
    /// Whether the request has the same effect however often it arrives. A POST creates again, so it is only repeated after an answer
    /// that proves that it was not carried out.
    /// </summary>
    public bool IsRepeatable
    {
        get => _isRepeatable ?? Method != HttpMethod.Post;
        init => _isRepeatable = value;
    }

    /// <summary>Whether the request reads, so that it has no outcome that could be unknown.</summary>
    public bool IsRead => Method == HttpMethod.Get || Method == HttpMethod.Head;

    /// <summary>The method and the path.</summary>
    public override string ToString() => $"{Method} {Path}";
}
