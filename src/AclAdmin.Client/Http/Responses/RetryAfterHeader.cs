using System;
using System.Net.Http.Headers;

namespace AclAdmin.Client.Http.Responses;

/// <summary>The <c>Retry-After</c> header of an answer.</summary>
public static class RetryAfterHeader
{
    /// <summary>Reads the header, which holds seconds or a date.</summary>
    /// <returns>The wait; zero for a date in the past; null where there is no header.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var header = headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - now;
        return wait is { } value && value < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
