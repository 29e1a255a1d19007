using System;
using System.Collections.Generic;

namespace AclAdmin.Sandbox.Http;

/// <summary>What a service has to say to one request.</summary>
internal sealed class Answer
{
    public const string Json = "application/json";

    public Answer(int status, ReadOnlyMemory<byte> body = default, string? contentType = Json)
    {
        Status = status;
        Body = body;
        ContentType = body.IsEmpty && status == 204 ? null : contentType;
    }

    public int Status { get; }

    public ReadOnlyMemory<byte> Body { get; set; }

    public string? ContentType { get; }

    /// <summary>Whether the request changed something.</summary>
    public bool Applied { get; init; }

    public List<KeyValuePair<string, string>> Headers { get; } = new(5);

    public Answer With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }
}
