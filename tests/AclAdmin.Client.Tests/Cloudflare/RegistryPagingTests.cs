using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Cloudflare;

/// <summary>A list is read to its end and no further, whatever the service says of its length.</summary>
public sealed class RegistryPagingTests
{
    [Theory]
    [InlineData(23, 10, 3)]
    [InlineData(20, 10, 3)]
    [InlineData(10, 10, 2)]
    [InlineData(1, 1000, 1)]
    [InlineData(3, 1, 4)]
    [InlineData(1001, 1000, 2)]
    public async Task Every_entry_comes_once_in_as_few_requests_as_it_takes(int entries, int pageSize, int requests)
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = entries });

        var pages = await Lists.ReadAsync(stage.Registry, ImpersonationRegistryDefinition.Query(), pageSize);

        Assert.Equal(Enumerable.Range(1, entries).Select(SandboxIds.Entry), pages.SelectMany(page => page));
        Assert.Equal(Enumerable.Range(1, requests).Select(page => $"page={page}&per_page={pageSize}"), stage.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task An_empty_registry_takes_one_request_and_has_no_page()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 0 });

        Assert.Empty(await Lists.ReadAsync(stage.Registry, ImpersonationRegistryDefinition.Query(), 10));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task A_filtered_list_does_not_believe_the_total_that_counts_everything()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 60, SyncedEvery = 3 });

        var pages = await Lists.ReadAsync(stage.Registry, ImpersonationRegistryDefinition.Query(provenance: "SNOOPY-OFFICE_365"), 10);

        Assert.Equal(Enumerable.Range(1, 20).Select(index => SandboxIds.Entry(index * 3)), pages.SelectMany(page => page));
        Assert.Equal(3, stage.Requests.Count);
    }

    [Fact]
    public async Task Reading_may_start_further_on()
    {
        await using var stage = await Stage.StartAsync();

        var pages = await Lists.ReadAsync(stage.Registry, ImpersonationRegistryDefinition.Query(), 8, firstPage: 2);

        Assert.Equal(Enumerable.Range(9, 12).Select(SandboxIds.Entry), pages.SelectMany(page => page));
        Assert.Equal(["page=2&per_page=8", "page=3&per_page=8"], stage.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task The_total_is_known_after_the_first_page()
    {
        await using var stage = await Stage.StartAsync();
        var reader = new PageReader<ImpersonationRegistryEntry>(stage.Registry, ImpersonationRegistryDefinition.Query(), 5);
        Assert.Null(reader.Total);

        await reader.NextAsync(stage.Observer, Stage.Cancel);

        Assert.Equal(20, reader.Total);
    }

    [Fact]
    public async Task A_service_that_gives_less_than_asked_for_is_read_on()
    {
        await using var stub = Serve(7, (page, _) => (page - 1) * 3, 3, """ "per_page":3,"total_count":7 """);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await ReadAsync(stub));
        Assert.Equal(3, stub.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_gives_less_and_does_not_say_so_is_read_on()
    {
        await using var stub = Serve(7, (page, _) => (page - 1) * 3, 3, info: null);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await ReadAsync(stub));
    }

    [Fact]
    public async Task Without_a_total_the_short_page_is_the_last()
    {
        await using var stub = Serve(7, (page, size) => (page - 1) * size, 5, """ "per_page":5 """);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await ReadAsync(stub, 5));
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task Without_any_information_a_list_ends_all_the_same()
    {
        await using var stub = Serve(10, (page, size) => (page - 1) * size, 5, info: null);

        Assert.Equal(10, (await ReadAsync(stub, 5)).Length);
        Assert.InRange(stub.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task A_service_that_repeats_its_last_page_for_ever_is_not_followed()
    {
        await using var stub = Serve(6, (page, _) => Math.Min(page - 1, 1) * 3, 3, """ "per_page":3,"total_count":1000 """);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], await ReadAsync(stub, 3));
        Assert.Equal(3, stub.Requests.Count);
    }

    [Fact]
    public async Task A_total_with_a_fraction_of_nothing_is_a_number_too()
    {
        await using var stub = Serve(5, (page, size) => (page - 1) * size, 3, """ "per_page":3.0,"total_count":5.0 """);

        Assert.Equal(5, (await ReadAsync(stub, 3)).Length);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"none\"")]
    public async Task A_result_that_is_no_list_is_not_taken_for_an_empty_one(string result)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, $$"""{"success":true,"errors":[],"messages":[],"result":{{result}}}"""));

        var error = await Assert.ThrowsAsync<AclException>(() => ReadAsync(stub));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
    }

    private static async Task<string[]> ReadAsync(StubServer stub, int pageSize = 1000)
    {
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var pages = await Lists.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), ImpersonationRegistryDefinition.Query(), pageSize);
        return pages.SelectMany(page => page).ToArray();
    }

    /// <summary>Serves ids from 1, so many a page, from where a function says.</summary>
    private static StubServer Serve(int count, Func<int, int, int> start, int most, string? info) => StubServer.Start(request =>
    {
        var page = int.Parse(request.Query("page")!, CultureInfo.InvariantCulture);
        var first = start(page, int.Parse(request.Query("per_page")!, CultureInfo.InvariantCulture));
        var items = Enumerable.Range(1, count).Skip(first).Take(most).Select(id => $$"""{"id":"{{id}}"}""");
        var envelope = $$"""{"success":true,"errors":[],"messages":[],"result":[{{string.Join(",", items)}}]""";
        return StubAnswer.Json(200, envelope + (info is null ? "}" : $$""","result_info":{ {{info}} } }"""));
    });
}
