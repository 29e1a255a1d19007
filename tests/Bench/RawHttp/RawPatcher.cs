using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Bench;

/// <summary>
/// The least that the same work can be: so many workers, one HttpClient, bodies made beforehand, answers read as bytes and not looked at. No
/// pacing, no retry, no order, no errors told apart.
/// </summary>
public sealed class RawPatcher : IDisposable
{
    private static readonly HttpMethod Patch = new("PATCH");

    private readonly HttpClient _client;

    /// <summary>Opens a client.</summary>
    /// <param name="token">The bearer token.</param>
    public RawPatcher(string token)
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 });
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends one PATCH for each address.</summary>
    /// <param name="addresses">Where to.</param>
    /// <param name="bodies">The JSON text for each.</param>
    /// <param name="window">How many are under way at once.</param>
    /// <returns>Milliseconds that it took.</returns>
    /// <exception cref="HttpRequestException">An answer was not a 2xx.</exception>
    public double Run(string[] addresses, string[] bodies, int window)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        Task.WhenAll(Enumerable.Range(0, window).Select(_ => Task.Run(WorkAsync))).GetAwaiter().GetResult();
        return watch.Elapsed.TotalMilliseconds;

        async Task WorkAsync()
        {
            for (var index = Interlocked.Increment(ref next); index < addresses.Length; index = Interlocked.Increment(ref next))
            {
                await SendAsync(addresses[index], bodies[index]).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends one PATCH, and then makes room for another.</summary>
    internal async Task SendAsync(string address, string body, SemaphoreSlim room)
    {
        try
        {
            await SendAsync(address, body).ConfigureAwait(false);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task SendAsync(string address, string body)
    {
        using var message = new HttpRequestMessage(Patch, address);
        message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(message).ConfigureAwait(false);
        _ = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
