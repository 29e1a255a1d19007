using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Hosting.Tests.Together;

/// <summary>Every way to read a list shows the same items, and costs no more requests than it needs.</summary>
public sealed class ReadingTests(ReadingTests.Fixture fixture) : IClassFixture<ReadingTests.Fixture>
{
    private const int Long = 2500;
    private const int PageSize = 1000;

    /// <summary>
    /// The ways, as scripts. <c>{0}</c> is the Get- cmdlet with its connection, <c>$ids</c> the ids, and <c>$keys</c> the values of the key that only one item
    /// has. A further way is one line.
    /// </summary>
    private static readonly Way[] Ways =
    [
        new("whole", "{0}", Shows.All, _ => 1),
        new("by id", "{0} $ids", Shows.All, count => count),
        new("piped ids", "$ids | {0}", Shows.All, count => count),
        new("piped rows", "$ids | ForEach-Object {{ [pscustomobject] @{{ {1} = $_ }} }} | {0}", Shows.All, count => count),
        new("piped results", "{0} | {0}", Shows.All, count => 1 + count),
        new("by key", "{0} -MatchBy {2} $keys", Shows.Keyed, _ => 1),
        new("by one key", "{0} -MatchBy {2} $keys[0]", Shows.FirstKeyed, _ => 1),
        new("by key in capitals", "{0} -MatchBy {2} $keys.ToUpperInvariant()", Shows.Keyed, _ => 1),
        new("piped keys", "$keys | {0} -MatchBy {2}", Shows.Keyed, _ => 1),
        new("piped rows with keys", "$keys | ForEach-Object {{ [pscustomobject] @{{ {2} = $_ }} }} | {0} -MatchBy {2}", Shows.Keyed, _ => 1),
        new("piped results by key", "{0} | Where-Object {2} -In $keys | {0} -MatchBy {2}", Shows.Keyed, _ => 2),
        new("up to the last that is wanted", "{0} | Select-Object -First 3", Shows.FirstThree, _ => 1),
    ];

    /// <summary>The filters of a list, and the items that they leave. A further one is one line.</summary>
    private static readonly (string Noun, string Parameters, Func<JsonObject, bool> Leaves, int Requests)[] Filters =
    [
        ("ImpersonationRegistryEntry", "-Provenance A1S_INTERNAL", item => (string?)item["provenance"] == "A1S_INTERNAL", 1),
        ("ImpersonationRegistryEntry", "-Search example.com", _ => true, 1),
        ("EmailAllowPolicy", "-IsTrustedSender $true -PatternType EMAIL", item => (bool)item["is_trusted_sender"]!, 1),
        ("EmailBlockedSender", "-PatternType DOMAIN", item => (string?)item["pattern_type"] == "DOMAIN", 1),
        ("EmailContentPolicy", "-Enabled $true", item => (bool)item["enabled"]!, 1),
        ("EmailDomain", "-ActiveDeliveryMode DIRECT", item => (string?)item["allowed_delivery_modes"]![0] == "DIRECT", 1),
        ("EmailSendingDomainRestriction", "-Search tls3", item => (string?)item["domain"] == "tls3.example", 1),
        ("EmailTrustedDomain", "-IsRecent $false", item => !(bool)item["is_recent"]!, 1),
        ("AccessControlRule", "-Field to", item => (string?)item["field"] == "to", 1),
        ("AccessControlRule", "-Name *words*", item => ((string)item["name"]!).Contains("words", StringComparison.Ordinal), 1),
        ("AccessControlRule", "-Unused", item => !Enumerable.Range(1, 4).Select(SandboxIds.Rule).Contains((string)item["rule_sid"]!), 3),
    ];

    /// <summary>Parts of a long list: how many are wanted, and how many are passed over.</summary>
    private static readonly (int First, int Skip)[] Parts =
    [
        (0, 0), (1, 0), (3, 2), (999, 0), (PageSize, 0), (PageSize + 1, 0), (PageSize, PageSize), (10, 995), (1, Long - 1), (1, Long), (100, Long - 50), (Long, 0), (Long, 2000), (2 * Long, 1),
    ];

    private static readonly string[] Totals = ["", " -IncludeTotalCount"];

    private enum Shows
    {
        All,
        Keyed,
        FirstKeyed,
        FirstThree,
    }

    public static TheoryData<string, string> EachWay => [.. TestList.All.SelectMany(list => Ways.Select(way => (list.Noun, way.Name)))];

    public static TheoryData<string, string> EachFilter => [.. Filters.Select(filter => (filter.Noun, filter.Parameters))];

    public static TheoryData<string> Nouns => [.. TestList.All.Select(list => list.Noun)];

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(EachWay))]
    public async Task Each_way_shows_the_same_items_with_the_fewest_requests(string noun, string name)
    {
        var (list, way) = (TestList.Of(noun), Ways.Single(way => way.Name == name));
        if (list.IsExpression && way.Script.Contains("ToUpper", StringComparison.Ordinal))
        {
            // An expression in capitals is another expression.
            way = way with { Script = way.Script.Replace(".ToUpperInvariant()", "", StringComparison.Ordinal) };
        }

        var stage = fixture.Stage;
        stage.Reset();
        var items = await stage.ReadAsync(list.Segment);
        var keyed = items.Where(item => items.Count(other => (string?)other[list.Key] == (string?)item[list.Key]) == 1).ToArray();

        var (ids, requests) = Read(list, string.Format(CultureInfo.InvariantCulture, way.Script, Get(list), list.Id, list.Key), items, keyed);

        if (Known.OfReading(name) is { } fault && requests > way.Requests(items.Count))
        {
            Assert.Skip(fault);
        }

        var shown = way.Shows switch
        {
            Shows.All => items,
            Shows.FirstThree => items.Take(3),
            Shows.FirstKeyed => keyed.Take(1),
            _ => keyed,
        };
        Assert.Equal(shown.Select(item => (string?)item[list.Id]), ids);
        Assert.Equal(way.Requests(items.Count), requests);
    }

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(EachFilter))]
    public async Task A_filter_shows_the_items_that_the_whole_list_has_of_that_kind_with_one_request(string noun, string parameters)
    {
        var list = TestList.Of(noun);
        var filter = Filters.Single(filter => filter.Noun == noun && filter.Parameters == parameters);
        fixture.Stage.Reset();
        var items = await fixture.Stage.ReadAsync(list.Segment);

        var (ids, requests) = Read(list, $"{Get(list)} {parameters}", items, items);

        Assert.Equal(items.Where(filter.Leaves).Select(item => (string?)item[list.Id]), ids);
        Assert.NotEmpty(ids);
        Assert.Equal(filter.Requests, requests);
    }

    [Theory(Timeout = HostingStage.Patience)]
    [MemberData(nameof(Nouns))]
    public async Task Each_part_of_a_long_list_shows_its_items_with_one_request_for_each_page(string noun)
    {
        var list = TestList.Of(noun);
        fixture.Lengthen(list);
        var items = await fixture.Stage.ReadAsync(list.Segment);
        foreach (var (first, skip) in Parts)
        {
            foreach (var total in Totals)
            {
                var (ids, requests) = Read(list, $"{Get(list)} -First {first} -Skip {skip}{total}", items, items);

                Assert.Equal(items.Skip(skip).Take(first).Select(item => (string?)item[list.Id]), ids);
                Assert.True(PagesOf(first, skip, total.Length > 0) == requests, $"-First {first} -Skip {skip}{total}: {requests} requests");
            }
        }
    }

    [Fact(Timeout = HostingStage.Patience)]
    public void Access_control_lists_are_the_same_read_at_once_by_owner_by_direction_and_by_rule()
    {
        var stage = fixture.Stage;
        stage.Reset();
        var get = $"Get-AccessControlList -Connection {stage.Connection(true)}";
        var rule = SandboxIds.Rule(4);

        // Each call reads the names of the rules once, where it shows a list.
        var all = ReadLists(get, 3);

        Assert.Equal(3, all.Length);
        Assert.Equal(all, ReadLists(string.Join("; ", stage.State.Owners.All().Select(owner => $"{get} -Owner {owner.Path}")), stage.State.Owners.Count + stage.State.Owners.All().Count(owner => owner.Lists.Count + owner.ParentLists.Count > 0)));
        Assert.Equal(all, ReadLists($"{get} -Direction ANY", 3));
        Assert.Empty(ReadLists($"{get} -Direction inbound", 2));
        Assert.Equal(all.Where(list => list.Contains(rule, StringComparison.Ordinal)), ReadLists($"{get} -Rule {rule}", 3));
        Assert.Equal(all.Distinct(), ReadLists($"{get} | Select-Object -Property Owner -Unique | {get}", 3 + 3).Distinct());

        string[] ReadLists(string script, int requests)
        {
            stage.State.Log.Clear();
            var run = stage.Runspace.InvokeScript($"& {{ {script} }} | ForEach-Object {{ \"$($_.Owner) $($_.Index) $($_.Direction) $($_.RuleSids)\" }}");
            Assert.Empty(run.Errors);
            Assert.Equal(requests, stage.State.Log.Counters.Total);
            return [.. run.Output.Select(line => $"{line}")];
        }
    }

    private string Get(TestList list) => $"Get-{list.Noun} -Connection {fixture.Stage.Connection(list.IsCarrierX)}";

    private (string[] Ids, long Requests) Read(TestList list, string script, IReadOnlyList<JsonObject> items, IReadOnlyList<JsonObject> keyed)
    {
        static string Texts(IEnumerable<JsonNode?> nodes) => string.Join(", ", nodes.Select(node => $"'{((string)node!).Replace("'", "''", StringComparison.Ordinal)}'"));
        var stage = fixture.Stage;
        stage.State.Log.Clear();
        var run = stage.Runspace.InvokeScript(items.Count > 100 ? script : $"$ids = @({Texts(items.Select(item => item[list.Id]))}); $keys = @({Texts(keyed.Select(item => item[list.Key]))}); {script}");
        Assert.Null(run.Failure);
        Assert.Empty(run.Errors);
        return ([.. run.Output.Select(item => item.Properties["Id"] ?? item.Properties["RuleSid"]).OfType<PSPropertyInfo>().Select(id => (string)id.Value)], stage.State.Log.Counters.Total);
    }

    /// <summary>How many pages the items are on. A part at the beginning is one page of its own size.</summary>
    private static int PagesOf(int first, int skip, bool wantsTotal)
    {
        if (first == 0)
        {
            return wantsTotal ? 1 : 0;
        }

        var last = Math.Max(Math.Min(skip + first, Long), skip + 1) - 1;
        return (skip == 0 && first < PageSize ? 0 : last / PageSize) - (skip / PageSize) + 1;
    }

    private sealed record Way(string Name, string Script, Shows Shows, Func<int, int> Requests);

    /// <summary>The stage that all ways share.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal ListStage Stage { get; private set; } = null!;

        internal void Lengthen(TestList list)
        {
            Stage.Reset();
            if (list.Segment is "entries" or "rules")
            {
                Stage.State.Seed(list.IsCarrierX ? null : Long, list.IsCarrierX ? Long : null);
            }
            else
            {
                Stage.State.SeedItems(list.Segment, Long);
            }
        }

        public async ValueTask InitializeAsync() => Stage = await ListStage.StartAsync();

        public ValueTask DisposeAsync() => Stage.DisposeAsync();
    }
}
