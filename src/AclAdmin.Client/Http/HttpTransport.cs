using System;
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Http.Responses;

namespace AclAdmin.Client.Http;

/// <summary>
/// Sends messages over connections that are kept, to one base address. What <see cref="HttpClient"/> puts on top of that (default headers, a time limit
/// of its own, a second buffer for each answer) is paid for with each request, and is done here or not needed.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    /// <summary>
    /// How many requests may be under way at once. .NET Framework would otherwise open two connections, whatever the window; and what their answers cost
    /// in memory has a bound.
    /// </summary>
    private const int MaxConnections = 64;

    /// <summary>An answer with no more bytes is read whenever it comes.</summary>
    private const int SmallAnswerBytes = 256 * 1024;

    /// <summary>
    /// How many larger answers are read and taken apart at once; others wait. With the bounds of an answer that is 64 MiB of bytes and a few hundred MiB
    /// of JSON at most, whatever a service sends; of honest pages of a list it is as many as are read at once.
    /// </summary>
    private const int LargeAnswersAtOnce = 4;

    private static readonly string UserAgent = "AclAdmin/" + typeof(HttpTransport).Assembly.GetName().Version!.ToString(3);

    private readonly HttpClientHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly SemaphoreSlim _largeAnswers = new(LargeAnswersAtOnce, LargeAnswersAtOnce);
    private readonly string _base;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="baseUri">What paths are put behind; ends with a slash.</param>
    /// <param name="proxy">The proxy to go through.</param>
    public HttpTransport(Uri baseUri, ProxySelection proxy)
    {
        _base = baseUri.AbsoluteUri;
        _handler = new HttpClientHandler
        {
            // A redirect would carry the credential to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,

            MaxConnectionsPerServer = MaxConnections,
        };
        proxy.ApplyTo(_handler);
        NetFramework.Prepare(_handler);
        _invoker = new HttpMessageInvoker(_handler);
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
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        NetFramework.SendAtOnce(message.RequestUri!, _handler);
        return _invoker.SendAsync(message, cancellationToken);
    }

    /// <summary>Reads an answer to its end.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="bound">The most bytes that it may have, unpacked.</param>
    /// <param name="cancellationToken">Ends the wait for bytes.</param>
    /// <returns>The bytes. Where they are many they keep a place until they are disposed of.</returns>
    /// <exception cref="AnswerTooLargeException">It has more bytes.</exception>
    /// <exception cref="IOException">It is cut off.</exception>
    public async Task<AnswerBytes> ReadBodyAsync(HttpResponseMessage response, int bound, CancellationToken cancellationToken)
    {
        // .NET Framework does not look at the token while it waits for bytes; closing the answer ends that wait too.
        using var closing = cancellationToken.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
        var content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        using var stream = response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(content, CompressionMode.Decompress) : content;
        var promised = stream is GZipStream ? null : response.Content.Headers.ContentLength;
        if (promised > bound)
        {
            throw new AnswerTooLargeException(bound);
        }

        // What is promised is believed in small pieces only.
        var buffer = new byte[(int)Math.Min(promised ?? 4096, SmallAnswerBytes)];
        var length = 0;
        var place = default(LargeAnswer);
        try
        {
            while (length < (promised ?? long.MaxValue))
            {
                if (length == buffer.Length)
                {
                    if (length >= SmallAnswerBytes && !place.IsTaken)
                    {
                        await _largeAnswers.WaitAsync(cancellationToken).ConfigureAwait(false);
                        place = new LargeAnswer(_largeAnswers);
                    }

                    // One byte more than allowed shows that there are too many.
                    Array.Resize(ref buffer, (int)Math.Min(promised ?? (bound + 1L), Math.Max(length * 2L, 1)));
                }

                var read = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
                length += read;
                if (read == 0)
                {
                    break;
                }

                if (length > bound)
                {
                    throw new AnswerTooLargeException(bound);
                }
            }

            if (length < buffer.Length)
            {
                Array.Resize(ref buffer, length);
            }

            return new AnswerBytes(buffer, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        // The semaphore has no handle to close, and an answer that is still read gives its place back.
        _invoker.Dispose();
    }
}

/// <summary>The bytes of an answer.</summary>
internal readonly struct AnswerBytes(byte[] bytes, LargeAnswer place) : IDisposable
{
    public byte[] Bytes { get; } = bytes;

    public void Dispose() => place.Dispose();
}

/// <summary>One of the places for large answers; none where the answer is small.</summary>
internal readonly struct LargeAnswer(SemaphoreSlim? places) : IDisposable
{
    public bool IsTaken => places is not null;

    public void Dispose() => places?.Release();
}
