using System;
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;

namespace AclAdmin.Client.Http;

/// <summary>
/// Sends messages over connections that are kept, to one base address. What <see cref="HttpClient"/> puts on top of that (default headers, a time limit
/// of its own, a second buffer for each answer) is paid for with each request, and is done here or not needed.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    /// <summary>Far above the largest page of the services; an answer that goes on without end must not fill the memory.</summary>
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    /// <summary>The most that is set aside on an answer's word.</summary>
    private const int MaxBytesAtOnce = 1024 * 1024;

    private static readonly string UserAgent = "AclAdmin/" + typeof(HttpTransport).Assembly.GetName().Version!.ToString(3);

    private readonly HttpMessageInvoker _invoker;
    private readonly string _base;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="baseUri">What paths are put behind; ends with a slash.</param>
    /// <param name="proxy">The proxy to go through.</param>
    public HttpTransport(Uri baseUri, ProxySelection proxy)
    {
        _base = baseUri.AbsoluteUri;
        var handler = new HttpClientHandler
        {
            // A redirect would carry the credential to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,

            // .NET Framework would otherwise open two at a time, whatever the window.
            MaxConnectionsPerServer = 64,
        };
        proxy.ApplyTo(handler);
        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Makes the message for a request, without authentication. Each try needs one of its own.</summary>
    public HttpRequestMessage CreateMessage(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, _base + request.Path);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        message.Headers.ExpectContinue = false;
        if (request.Method == HttpMethod.Get)
        {
            // A page of a list shrinks to a small part; the answer to a write is too short to.
            message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        else if (request.Method == HttpMethod.Delete)
        {
            // Where a kept connection turns out to be closed, .NET repeats a request without a body by itself, unseen and uncounted; a removal that
            // arrived would then look as if there had been nothing to remove.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }

    /// <summary>Sends a message and waits until the answer begins.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) => _invoker.SendAsync(message, cancellationToken);

    /// <summary>Reads an answer to its end.</summary>
    /// <exception cref="IOException">It is cut off, or has more than 64 MiB.</exception>
    public static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // .NET Framework does not look at the token while it waits for bytes; closing the answer ends that wait too.
        using var closing = cancellationToken.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
        using var stream = await OpenAsync(response.Content).ConfigureAwait(false);
        var promised = stream is GZipStream ? null : response.Content.Headers.ContentLength;
        var buffer = new byte[Math.Min(promised ?? 4096, MaxBytesAtOnce)];
        var length = 0;
        while (length < (promised ?? long.MaxValue))
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, checked((int)Math.Min(promised ?? long.MaxValue, length * 2L)));
            }

            var read = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0)
            {
                break;
            }

            if (length > MaxAnswerBytes)
            {
                throw new IOException($"the answer has more than {MaxAnswerBytes:#,0} bytes");
            }
        }

        if (length < buffer.Length)
        {
            Array.Resize(ref buffer, length);
        }

        return buffer;
    }

    private static async Task<Stream> OpenAsync(HttpContent content)
    {
        var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
        return content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _invoker.Dispose();
}
