using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text;
using AclAdmin.Sandbox.Http;

namespace AclAdmin.Sandbox.Faults;

/// <summary>Makes the answers of those faults that answer in the service's place.</summary>
internal static class FaultAnswers
{
    private const string HtmlType = "text/html; charset=UTF-8";

    // Port 9 is "discard": nobody answers there, so a client that follows finds out.
    private const string Elsewhere = "http://127.0.0.1:9/elsewhere";

    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head>\n"
        + "<body><h1>Please wait</h1><p>Error 1015 &ndash; rate limited</p></body></html>\n");

    private static readonly byte[] Null = "null"u8.ToArray();

    public static Answer Make(FaultRule rule, IService service, TimeProvider clock)
    {
        var seconds = (int)Math.Ceiling(rule.Seconds ?? 1);
        return rule.Kind switch
        {
            FaultKinds.Status => Refuse(service, rule.Status ?? 503, rule.Body, rule.RetryAfter),
            FaultKinds.RetryAfterSeconds => Refuse(service, 429, null, seconds.ToString(CultureInfo.InvariantCulture)),
            FaultKinds.RetryAfterDate => Refuse(service, 429, null, Date(clock.GetUtcNow(), rule.Seconds ?? 1)).With("Date", Date(clock.GetUtcNow(), 0)),
            FaultKinds.NoHeader => Refuse(service, 429, null, null),
            FaultKinds.Html429 => Refuse(service, 429, "html", null),
            FaultKinds.Null429 => Refuse(service, 429, "null", null),
            FaultKinds.Empty429 => Refuse(service, 429, "empty", null),
            FaultKinds.WrongContent => new Answer(200, Page, HtmlType),
            FaultKinds.JsonArray => new Answer(200, "[]"u8.ToArray()),
            FaultKinds.JsonScalar => new Answer(200, "42"u8.ToArray()),
            FaultKinds.Empty200 => new Answer(200),
            FaultKinds.Redirect => new Answer(rule.Status ?? 302, default, null).With("Location", rule.Location ?? Elsewhere),
            FaultKinds.Raw => Verbatim(rule),
            FaultKinds.GzipBomb => Compress(new Answer(200, White((rule.Megabytes ?? 100) * (1 << 20)))),
            FaultKinds.SuccessFalse200 => service.Error(200, "The operation did not succeed."),
            _ => throw new InvalidOperationException(rule.Kind + " has no answer of its own."),
        };
    }

    /// <summary>The answer with its body compressed.</summary>
    public static Answer Compress(Answer answer)
    {
        if (answer.Body.IsEmpty)
            return answer;
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal))
            packer.Write(answer.Body.Span);
        answer.Body = packed.ToArray();
        return answer.With("Content-Encoding", "gzip");
    }

    private static byte[] White(int length)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)' ');
        return body;
    }

    private static Answer Verbatim(FaultRule rule)
    {
        var answer = new Answer(rule.Status ?? 200, Encoding.UTF8.GetBytes(rule.Content ?? ""));
        foreach (var (name, value) in rule.Headers ?? new Dictionary<string, string>())
            answer.With(name, value);
        return answer;
    }

    private static Answer Refuse(IService service, int status, string? body, string? retryAfter)
    {
        var answer = body switch
        {
            "html" => new Answer(status, Page, HtmlType),
            "null" => new Answer(status, Null),
            "empty" => new Answer(status, default, null),
            _ => service.Error(status, status == 429 ? "Please slow down." : FormattableString.Invariant($"Staged error {status}")),
        };
        return retryAfter is null ? answer : answer.With("retry-after", retryAfter);
    }

    // An HTTP date has whole seconds; rounding down would allow a retry too early.
    private static string Date(DateTimeOffset now, double seconds)
    {
        var time = now.AddSeconds(seconds);
        var whole = time.AddTicks((TimeSpan.TicksPerSecond - (time.Ticks % TimeSpan.TicksPerSecond)) % TimeSpan.TicksPerSecond);
        return whole.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
    }
}
