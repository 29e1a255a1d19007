using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AclAdmin.Client.Tests;

/// <summary>
/// A server for the shapes that the sandbox never makes: it writes an answer's bytes exactly as it is given them, broken ones too.
/// </summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly ConcurrentDictionary<TcpClient, Task> _serving = new();
    private readonly Func<StubRequest, Task<StubAnswer>> _answer;
    private readonly Task _accepting;

    private StubServer(Func<StubRequest, Task<StubAnswer>> answer)
    {
        _answer = answer;
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/base");
        _accepting = AcceptAsync();
    }

    public Uri BaseUri { get; }

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public static StubServer Start(Func<StubRequest, StubAnswer> answer) => new(request => Task.FromResult(answer(request)));

    public static StubServer Start(Func<StubRequest, Task<StubAnswer>> answer) => new(answer);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        foreach (var client in _serving.Keys)
        {
            client.Dispose();
        }

        await _accepting;
        await Task.WhenAll(_serving.Values);
        _stopping.Dispose();
    }

    private static async Task<StubRequest?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, cancellationToken);
        var start = lines[0].Split(' ');
        return new StubRequest(start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _serving[client] = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream, _stopping.Token) is { } request)
                {
                    _requests.Enqueue(request);
                    var answer = await _answer(request).WaitAsync(_stopping.Token);
                    await stream.WriteAsync(answer.Bytes, _stopping.Token);
                    if (answer.Closes)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client hung up, or the test is over.
        }
    }
}

/// <summary>A request as it came in.</summary>
internal sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The value of a query parameter, unescaped; null where there is none.</summary>
    public string? Query(string name) => Target.Split('?', 2).Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=', 2))
        .Where(pair => pair[0] == name).Select(pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault();
}

/// <summary>An answer, byte for byte.</summary>
internal sealed record StubAnswer(byte[] Bytes, bool Closes)
{
    public static StubAnswer Json(int status, string body, params string[] headers) => Of($"{status} Stub", "application/json", body, headers);

    public static StubAnswer Of(string statusLine, string contentType, string body, params string[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = new StringBuilder("HTTP/1.1 ").Append(statusLine).Append("\r\n");
        head.Append("Content-Type: ").Append(contentType).Append("\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}\r\n");
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        return new StubAnswer([.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. bytes], Closes: false);
    }

    /// <summary>Anything at all, and then the end of the connection.</summary>
    public static StubAnswer Raw(string text) => new(Encoding.UTF8.GetBytes(text), Closes: true);
}
