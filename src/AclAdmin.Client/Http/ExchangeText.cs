using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http;

/// <summary>A request and its answer as text for the debug stream. Headers are shown by an allow list: what is not named is masked.</summary>
internal static class ExchangeText
{
    private const int MaxBodyCharacters = 4096;

    private static readonly HashSet<string> ShownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Encoding", "Content-Encoding", "Content-Type", "Content-Length", "User-Agent", "Date", "Retry-After", "Ratelimit",
        "Ratelimit-Policy", "cf-ray", "cf-auditlog-id",
    };

    public static string Describe(HttpRequestMessage message, ApiRequest request, HttpResponseMessage response, byte[] body, Redactor redactor)
    {
        var text = new StringBuilder();
        text.Append(message.Method).Append(' ').Append(message.RequestUri).AppendLine();
        AppendHeaders(text, message.Headers, redactor);
        AppendBody(text, request.Body ?? [], redactor);
        text.Append((int)response.StatusCode).Append(' ').AppendLine(redactor.Redact(response.ReasonPhrase ?? ""));
        AppendHeaders(text, response.Headers, redactor);
        AppendHeaders(text, response.Content.Headers, redactor);
        AppendBody(text, body, redactor);
        return redactor.Redact(text.ToString());
    }

    private static void AppendHeaders(StringBuilder text, HttpHeaders headers, Redactor redactor)
    {
        foreach (var header in headers)
        {
            // Each by itself: one that repeats a secret leaves the others readable.
            text.Append(redactor.Redact(header.Key)).Append(": ")
                .AppendLine(ShownHeaders.Contains(header.Key) ? redactor.Redact(string.Join(", ", header.Value)) : Redactor.Mask);
        }
    }

    private static void AppendBody(StringBuilder text, byte[] body, Redactor redactor)
    {
        text.AppendLine(redactor.Redact(Encoding.UTF8.GetString(body), MaxBodyCharacters));
        if (body.Length > MaxBodyCharacters)
        {
            text.AppendLine(FormattableString.Invariant($"({body.Length:#,0} bytes)"));
        }
    }
}
