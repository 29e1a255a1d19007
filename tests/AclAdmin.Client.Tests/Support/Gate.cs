using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Tests;

/// <summary>A registry that answers a request only when it is let, and counts who is inside at once.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _held = [];
    private readonly List<string> _log = [];
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly StubServer _stub;
    private bool _open;
    private int _inside;

    public Gate(bool open = false)
    {
        _open = open;
        _stub = StubServer.Start(AnswerAsync);
        Connection = Connections.ToCloudflare(_stub.BaseUri);
        Client = ImpersonationRegistryDefinition.Instance.OpenClient(Connection, "account");
    }

    public ApiConnection Connection { get; }

    public IResourceClient<ImpersonationRegistryEntry> Client { get; }

    /// <summary>The most requests that were inside at once.</summary>
    public int MostInside { get; private set; }

    /// <summary>Who came in (<c>+id</c>) and went out (<c>-id</c>), in order.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>The bodies that came, in order of arrival.</summary>
    public IEnumerable<string> Bodies => _stub.Requests.Select(request => request.Body);

    /// <summary>Waits until so many more requests have come in.</summary>
    public async Task ArriveAsync(int count)
    {
        for (var arrived = 0; arrived < count; arrived++)
        {
            await _arrivals.WaitAsync(Stage.Cancel);
        }
    }

    /// <summary>Lets one request out.</summary>
    public void Release(string id)
    {
        lock (_lock)
        {
            _held[id].TrySetResult();
        }
    }

    /// <summary>Lets everybody out, and all who come after.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _open = true;
            foreach (var held in _held.Values)
            {
                held.TrySetResult();
            }
        }
    }

    public Change<ImpersonationRegistryEntry> Change(string id, string comments = "x", int row = 0) =>
        new(new ChangeRow(comments, row)) { Client = Client, Id = id, Key = id, Patch = Patch.Entry(("comments", comments)) };

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await _stub.DisposeAsync();
        _arrivals.Dispose();
    }

    private async Task<StubAnswer> AnswerAsync(StubRequest request)
    {
        var id = request.Target.Split('/')[^1];
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            MostInside = Math.Max(MostInside, ++_inside);
            _log.Add("+" + id);
            _held[id] = held;
            if (_open)
            {
                held.TrySetResult();
            }
        }

        _arrivals.Release();
        await held.Task;
        lock (_lock)
        {
            _inside--;
            _log.Add("-" + id);
        }

        return id.StartsWith("missing", StringComparison.Ordinal)
            ? StubAnswer.Json(404, """{"success":false,"errors":[{"code":1234,"message":"not found"}]}""")
            : StubAnswer.Json(200, StubAnswers.Item(request));
    }
}
