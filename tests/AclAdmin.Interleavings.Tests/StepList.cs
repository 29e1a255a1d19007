using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;
using AclAdmin.Client.Http.Credentials;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Interleavings.Tests;

/// <summary>A list in memory whose requests end when the schedule lets them. It checks what must never overlap, and counts what it applied.</summary>
internal sealed class StepList : IResourceClient<ImpersonationRegistryEntry>, IDisposable
{
    private readonly object _gate = new();
    private readonly HashSet<string> _inside = [];
    private readonly Func<string, AclException?> _refuse;

    public StepList(Func<string, AclException?>? refuse = null)
    {
        _refuse = refuse ?? (_ => null);
        Connection = new ApiConnection("test", CloudflareService.Instance, new BearerCredential(new Secret("0123456789abcdef0123"), "token", "test"), new ConnectionOptions
        {
            BaseUri = new Uri("http://127.0.0.1:9/"),
            Clock = new StepClock(),
        });
    }

    /// <summary>The writes, as they began: id and body.</summary>
    public List<string> Begun { get; } = [];

    /// <summary>How many writes have begun.</summary>
    public int CountBegun()
    {
        lock (_gate)
        {
            return Begun.Count;
        }
    }

    /// <summary>Whether a write to an item began while another to it was under way.</summary>
    public bool HasOverlapped { get; private set; }

    /// <summary>The most writes that were under way at once.</summary>
    public int MostInside { get; private set; }

    public ResourceDescriptor Resource => ImpersonationRegistryEntry.Descriptor;

    public ApiConnection Connection { get; }

    public string ListName => "impersonation_registry";

    public string? AccountId => "account";

    public BatchOperations Batch => BatchOperations.None;

    public Change<ImpersonationRegistryEntry> Change(string id, int row)
    {
        var patch = new FieldPatch();
        patch.Set(Resource["comments"], $"{row}");
        return new(new ChangeRow(id, row)) { Client = this, Id = id, Key = id, Patch = patch };
    }

    public async Task<WriteAnswer<ImpersonationRegistryEntry>> WriteAsync(IReadOnlyList<BatchItem> writes, IRequestObserver observer, RequestCancellation cancellation)
    {
        var (id, body) = (writes[0].Id, writes[0].Body);
        lock (_gate)
        {
            // As the connection asks it right before a try.
            cancellation.Stopping.ThrowIfCancellationRequested();
            HasOverlapped |= !_inside.Add(id);
            MostInside = Math.Max(MostInside, _inside.Count);
            Begun.Add($"{id} {body["comments"]}");
        }

        try
        {
            await Task.Yield();
            cancellation.Aborting.ThrowIfCancellationRequested();
            return _refuse(id) is { } refusal
                ? throw refusal
                : new([], [ImpersonationRegistryDefinition.Instance.Create(() => new JObject { ["id"] = id, ["comments"] = body["comments"] }, "account")], []);
        }
        finally
        {
            lock (_gate)
            {
                _inside.Remove(id);
            }
        }
    }

    public AclException Misfit(WriteAnswer<ImpersonationRegistryEntry> answer, string what) => new(ErrorKind.UnexpectedResponse, what);

    public Task<ImpersonationRegistryEntry> GetAsync(string id, IRequestObserver observer, RequestCancellation cancellation) =>
        Task.FromResult(ImpersonationRegistryDefinition.Instance.Create(() => new JObject { ["id"] = id }, "account"));

    public Task<Page<ImpersonationRegistryEntry>> ReadPageAsync(ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ListQuery QueryForCreated(FieldPatch body) => throw new NotSupportedException();

    public void Dispose() => Connection.Dispose();
}
