using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests.Mutations;

/// <summary>
/// A service that keeps one list of either form, applies every write that it receives, and mutates the answer to the first one. What it answers to reads
/// and to repeated writes is right.
/// </summary>
internal sealed class MutatedService : IAsyncDisposable
{
    private readonly StubServer _stub;
    private readonly Random _random;
    private readonly string _kind;
    private readonly bool _isCloudflare;
    private bool _hasMutated;
    private int _made;

    public MutatedService(Random random, string kind, bool isCloudflare)
    {
        (_random, _kind, _isCloudflare) = (random, kind, isCloudflare);
        _stub = StubServer.Start(Answer);
    }

    /// <summary>The items, by id.</summary>
    public Dictionary<string, JObject> Items { get; } = [];

    public Uri BaseUri => _stub.BaseUri;

    /// <summary>The requests, and the answer that was wrong, for the message of a failure.</summary>
    public string Story { get; private set; } = "";

    public ValueTask DisposeAsync() => _stub.DisposeAsync();

    private string IdName => _isCloudflare ? "id" : "rule_sid";

    public JObject Add(JObject fields)
    {
        var id = $"00000000-0000-4000-8000-{++_made:000000000000}";
        var item = new JObject { [IdName] = id };
        item.Merge(fields);
        return Items[id] = item;
    }

    private StubAnswer Answer(StubRequest request)
    {
        lock (Items)
        {
            var (status, body) = Apply(request);
            if (request.Method == "GET" || _hasMutated)
            {
                Story += $"\n{request.Method} {request.Target} {request.Body} -> {status}";
                return StubAnswer.Json(status, body?.ToString(Formatting.None) ?? "");
            }

            _hasMutated = true;
            var answer = AnswerMutation.Apply(_random, _kind, status, body, [.. Items.Keys]);
            Story += $"\n{request.Method} {request.Target} {request.Body} -> {System.Text.Encoding.UTF8.GetString(answer.Bytes)}";
            return answer;
        }
    }

    private (int Status, JObject? Body) Apply(StubRequest request)
    {
        var id = request.Target.Split('?')[0].Split('/')[^1];
        var isItem = Items.ContainsKey(id) || Guid.TryParse(id, out _);
        switch (request.Method)
        {
            case "GET" when !isItem:
                return (200, Page());
            case "POST" when id == "batch":
                return (200, Envelope(Batch(JObject.Parse(request.Body))));
            case "POST":
                return (_isCloudflare ? 201 : 200, Envelope(Add(JObject.Parse(request.Body))));
            case var _ when !Items.ContainsKey(id):
                return (404, Missing());
            case "DELETE":
                Items.Remove(id);
                return _isCloudflare ? (200, Envelope(new JObject { [IdName] = id })) : (204, null);
            case "PATCH" or "PUT":
                Items[id].Merge(JObject.Parse(request.Body), new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace });
                return (200, Envelope(Items[id]));
            default:
                return (200, Envelope(Items[id]));
        }
    }

    private JObject Batch(JObject body)
    {
        var deletes = new JArray(body["deletes"]!.Select(item => new JObject { ["id"] = item["id"] }));
        foreach (var item in deletes)
        {
            Items.Remove((string)item["id"]!);
        }

        var patches = new JArray(body["patches"]!.Select(item =>
        {
            Items[(string)item["id"]!].Merge(item);
            return Items[(string)item["id"]!].DeepClone();
        }));
        var posts = new JArray(body["posts"]!.Select(item => Add((JObject)item).DeepClone()));
        return new JObject { ["deletes"] = deletes, ["patches"] = patches, ["puts"] = new JArray(), ["posts"] = posts };
    }

    private JObject Page()
    {
        var items = new JArray(Items.Values.Reverse().Select(item => item.DeepClone()));
        return _isCloudflare
            ? new JObject { ["success"] = true, ["errors"] = new JArray(), ["messages"] = new JArray(), ["result"] = items, ["result_info"] = new JObject { ["total_count"] = items.Count } }
            : new JObject { ["count"] = items.Count, ["has_more"] = false, ["items"] = items, ["limit"] = 1000, ["offset"] = 0, ["pagination"] = new JObject(), ["total"] = items.Count };
    }

    private JObject Envelope(JObject result) => _isCloudflare
        ? new JObject { ["success"] = true, ["errors"] = new JArray(), ["messages"] = new JArray(), ["result"] = result.DeepClone() }
        : (JObject)result.DeepClone();

    private JObject Missing() => _isCloudflare
        ? JObject.Parse("""{"success":false,"errors":[{"code":1234,"message":"not found"}],"messages":[],"result":null}""")
        : JObject.Parse("""{"errors":[{"message":"not found"}]}""");
}
