using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>Everything there is of a kind is read once, in as few requests as there are pages, and completely whatever the service tells of itself.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(999, 1)]
    [InlineData(1000, 2)]
    [InlineData(1001, 2)]
    [InlineData(4000, 5)]
    [InlineData(7500, 8)]
    public async Task Each_entry_comes_once_in_as_many_requests_as_there_are_pages_and_one_more_after_a_full_one(int entries, int requests)
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = entries });

        var all = await Snapshot.ReadAsync(stage.Registry, stage.Observer, Stage.Cancel);

        Assert.Equal(entries, all.Count);
        Assert.All(Enumerable.Range(1, entries), index => Assert.Equal(SandboxIds.Entry(index), all[SandboxIds.Entry(index)].Id));
        Assert.Equal(
            Enumerable.Range(1, requests).Select(page => $"page={page}&per_page=1000"),
            stage.Requests.Select(request => request.Query).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, 1)]
    [InlineData(2345, 3)]
    public async Task Each_rule_comes_once_in_as_many_requests_as_there_are_pages(int rules, int requests)
    {
        await using var stage = await Stage.StartAsync(options => options with { Rules = rules });

        var all = await Snapshot.ReadAsync(stage.Rules, stage.Observer, Stage.Cancel);

        Assert.Equal(Enumerable.Range(1, rules).Select(SandboxIds.Rule).Order(), all.Keys.Order());
        Assert.Equal(
            Enumerable.Range(0, requests).Select(page => $"limit=1000&offset={page * 1000}"),
            stage.Requests.Select(request => request.Query).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task How_far_the_reading_is_is_reported_page_by_page_with_the_total_and_its_end()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 3500 });

        await Snapshot.ReadAsync(stage.Registry, stage.Observer, Stage.Cancel);

        var (plural, total) = (stage.Registry.Resource.Plural, 3500L);
        var reports = stage.Observer.Readings.Where(reading => !reading.IsEnded).ToArray();
        Assert.Equal([new(plural, 1000, total), new(plural, 2000, total), new(plural, 3000, total), new(plural, 3500, total)], reports);
        Assert.True(stage.Observer.Readings[^1].IsEnded);
    }

    [Fact]
    public async Task Pages_after_the_first_are_read_four_at_a_time()
    {
        using var arrivals = new SemaphoreSlim(0);
        var inside = 0;
        var most = 0;
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = StubServer.Start(async request =>
        {
            var page = int.Parse(request.Query("page")!, CultureInfo.InvariantCulture);
            if (page > 1)
            {
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                arrivals.Release();
                await open.Task;
                Interlocked.Decrement(ref inside);
            }

            return Page(19, 2, page, """ "per_page":2,"total_count":19 """);
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var reading = Snapshot.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), SilentObserver.Instance, Stage.Cancel);
        for (var page = 0; page < 4; page++)
        {
            await arrivals.WaitAsync(Stage.Cancel);
        }

        Assert.False(reading.IsCompleted);
        open.SetResult();

        Assert.Equal(19, (await reading).Count);
        Assert.Equal(4, most);
        Assert.Equal(10, stub.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_caps_its_pages_is_read_in_pages_of_its_own_size()
    {
        var (all, stub) = await ReadAsync(25, 10, """ "per_page":10,"total_count":25 """);

        Assert.Equal(25, all.Count);
        Assert.Equal(["page=1&per_page=1000", "page=2&per_page=10", "page=3&per_page=10"], Queries(stub).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(""" "per_page":10 """, 3)]
    [InlineData(""" "per_page":10,"total_count":null """, 3)]
    [InlineData(""" "total_count":25 """, 3)]
    [InlineData("", 4)]
    public async Task Without_a_total_or_a_size_one_page_is_read_after_another(string info, int requests)
    {
        var (all, stub) = await ReadAsync(25, 10, info);

        Assert.Equal(25, all.Count);
        Assert.Equal(Enumerable.Range(1, requests).Select(page => $"page={page}&per_page=1000"), Queries(stub));
    }

    [Fact]
    public async Task What_stands_on_two_pages_comes_once_and_as_it_was_read_last()
    {
        await using var stub = StubServer.Start(request => StubAnswer.Json(200, request.Query("page") == "1"
            ? """{"success":true,"result":[{"id":"a","name":"1"},{"id":"b","name":"1"}],"result_info":{"per_page":2,"total_count":4} }"""
            : """{"success":true,"result":[{"id":"B","name":"2"},{"id":"c","name":"2"}],"result_info":{"per_page":2,"total_count":4} }"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var all = await Snapshot.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), SilentObserver.Instance, Stage.Cancel);

        Assert.Equal(["a", "b", "c"], all.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("2", all["b"].Name);
    }

    [Fact]
    public async Task An_id_is_found_whatever_its_case()
    {
        await using var stage = await Stage.StartAsync();

        var all = await Snapshot.ReadAsync(stage.Rules, stage.Observer, Stage.Cancel);

        Assert.Equal(SandboxIds.FirstRule, all[SandboxIds.FirstRule.ToUpperInvariant()].RuleSid);
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_fails_the_whole_rather_than_leaving_things_out()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 3500 });
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 403, Every = 3 });

        var error = await Assert.ThrowsAsync<AclException>(() => Snapshot.ReadAsync(stage.Registry, stage.Observer, Stage.Cancel));

        Assert.Equal(ErrorKind.PermissionDenied, error.Kind);
    }

    [Fact]
    public async Task A_page_that_is_lost_is_read_again()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 3500 });
        stage.Fault(new FaultRule { Kind = FaultKinds.Truncate, Times = 1, PerItem = true });

        Assert.Equal(3500, (await Snapshot.ReadAsync(stage.Registry, stage.Observer, Stage.Cancel)).Count);
        Assert.Equal(8, stage.Requests.Count);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private static IEnumerable<string> Queries(IReadOnlyList<StubRequest> requests) => requests.Select(request => request.Target.Split('?')[1]);

    private static async Task<(Dictionary<string, ImpersonationRegistryEntry> All, IReadOnlyList<StubRequest> Requests)> ReadAsync(int count, int most, string info)
    {
        await using var stub = StubServer.Start(
            request => Page(count, most, int.Parse(request.Query("page")!, CultureInfo.InvariantCulture), info));
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var all = await Snapshot.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), SilentObserver.Instance, Stage.Cancel);
        return (all, stub.Requests);
    }

    private static StubAnswer Page(int count, int most, int page, string info)
    {
        var items = Enumerable.Range(1, count).Skip((page - 1) * most).Take(most).Select(id => $$"""{"id":"{{id}}"}""");
        return StubAnswer.Json(200, $$"""{"success":true,"errors":[],"messages":[],"result":[{{string.Join(",", items)}}],"result_info":{ {{info}} } }""");
    }
}
