using System;
using System.Collections.Generic;

namespace AclAdmin.Sandbox.Faults;

/// <summary>The names of faults.</summary>
public static class FaultKinds
{
    /// <summary>An error: <c>status</c>, <c>body</c> (envelope, html, empty or null), <c>retry_after</c>.</summary>
    public const string Status = "status";

    /// <summary>429, Retry-After in seconds (<c>seconds</c>, rounded up).</summary>
    public const string RetryAfterSeconds = "429_retry_after_seconds";

    /// <summary>429, Retry-After as an HTTP date (<c>seconds</c> from now, rounded up).</summary>
    public const string RetryAfterDate = "429_retry_after_date";

    /// <summary>429 without Retry-After.</summary>
    public const string NoHeader = "429_no_header";

    /// <summary>429 with an HTML page.</summary>
    public const string Html429 = "429_html";

    /// <summary>429 with a bare <c>null</c>.</summary>
    public const string Null429 = "429_null";

    /// <summary>429 without a body.</summary>
    public const string Empty429 = "429_empty";

    /// <summary>The connection is cut, nothing is applied.</summary>
    public const string Reset = "reset";

    /// <summary>The connection is cut after the request has been applied.</summary>
    public const string ResetAfterApply = "reset_after_apply";

    /// <summary>Applied; half the promised body is sent, then the connection is cut.</summary>
    public const string Truncate = "truncate";

    /// <summary>No answer for <c>seconds</c>, then the connection is cut; nothing is applied.</summary>
    public const string Hang = "hang";

    /// <summary>Applied at once, answered after <c>seconds</c>.</summary>
    public const string Slow = "slow";

    /// <summary>200 with an HTML page; nothing is applied.</summary>
    public const string WrongContent = "wrong_content";

    /// <summary>200 with <c>[]</c>; nothing is applied.</summary>
    public const string JsonArray = "json_array";

    /// <summary>200 with <c>42</c>; nothing is applied.</summary>
    public const string JsonScalar = "json_scalar";

    /// <summary>200 without a body; nothing is applied.</summary>
    public const string Empty200 = "empty_200";

    /// <summary>A redirection (<c>status</c>, 302 unless said) to <c>location</c>; nothing is applied.</summary>
    public const string Redirect = "redirect";

    /// <summary>200 whose envelope says <c>success:false</c> (CarrierX: an <c>errors</c> body); nothing is applied.</summary>
    public const string SuccessFalse200 = "success_false_200";

    /// <summary>Applied; the valid answer starts with a UTF-8 byte order mark.</summary>
    public const string Bom = "bom";

    /// <summary>Applied; the valid answer is compressed, whether the request accepts that or not.</summary>
    public const string Gzip = "gzip";

    /// <summary>200; a small compressed answer that grows to <c>megabytes</c> of white space; nothing is applied.</summary>
    public const string GzipBomb = "gzip_bomb";

    /// <summary>An answer word for word: <c>status</c> (200), <c>content</c>, <c>headers</c>; nothing is applied.</summary>
    public const string Raw = "raw";

    /// <summary>All of them, and what each does.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Status] = "status (default 503), body: envelope|html|empty|null (default envelope), retry_after: text (default none); not applied",
        [RetryAfterSeconds] = "429, retry-after in seconds; seconds (default 1); not applied",
        [RetryAfterDate] = "429, retry-after as HTTP date; seconds from now (default 1); not applied",
        [NoHeader] = "429, envelope, no retry-after; not applied",
        [Html429] = "429, HTML body, no retry-after; not applied",
        [Null429] = "429, body null, no retry-after; not applied",
        [Empty429] = "429, empty body, no retry-after; not applied",
        [Reset] = "connection cut; not applied",
        [ResetAfterApply] = "applied, then connection cut without an answer",
        [Truncate] = "applied; full Content-Length, half the body, connection cut",
        [Hang] = "silence for seconds (default 30), then connection cut; not applied",
        [Slow] = "applied at once, answered after seconds (default 1)",
        [WrongContent] = "200 text/html; not applied",
        [JsonArray] = "200 []; not applied",
        [JsonScalar] = "200 42; not applied",
        [Empty200] = "200, empty body; not applied",
        [Redirect] = "status (default 302), location (default http://127.0.0.1:9/elsewhere); not applied",
        [SuccessFalse200] = "200, success:false (CarrierX: errors body); not applied",
        [Raw] = "status (default 200), content: the body word for word (default empty), headers: name to value; not applied",
        [Gzip] = "applied; valid answer, compressed",
        [GzipBomb] = "200, a few KB that grow to megabytes (default 100) of white space; not applied",
        [Bom] = "applied; valid answer after a UTF-8 byte order mark",
    };

    /// <summary>Whether the service handles the request, and so applies it, in spite of the fault.</summary>
    internal static bool Applies(string kind) => kind is ResetAfterApply or Truncate or Slow or Bom or Gzip;
}
