using System;
using System.Linq;
using System.Net.Http.Headers;

namespace AclAdmin.Client.Http.Responses;

/// <summary>The <c>Retry-After</c> header of an answer.</summary>
public static class RetryAfterHeader
{
    /// <summary>Reads the header, which contains seconds or a date. A date counts from the answer's own date, as the clock of this machine may be wrong.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="now">The time, for an answer without a date.</param>
    /// <returns>
    /// The wait; zero for a date in the past; the longest there is for more seconds than a number holds; null where there is no header, or none that can
    /// be read.
    /// </returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is { } header)
        {
            var wait = header.Delta ?? header.Date - (headers.Date ?? now);
            return wait is { } value && value < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        // What .NET cannot hold it leaves out.
        return headers.TryGetValues("Retry-After", out var texts) && texts.FirstOrDefault() is { Length: > 9 } text && text.All(char.IsDigit)
            ? TimeSpan.MaxValue
            : null;
    }
}
