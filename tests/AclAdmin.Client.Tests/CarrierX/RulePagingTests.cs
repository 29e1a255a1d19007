using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.CarrierX;

/// <summary>A list of rules is read by offset to its end, and never at an address that an answer names.</summary>
public sealed class RulePagingTests
{
    [Theory]
    [InlineData(23, 10, new[] { 0, 10, 20 })]
    [InlineData(20, 10, new[] { 0, 10 })]
    [InlineData(1, 1000, new[] { 0 })]
    [InlineData(0, 10, new[] { 0 })]
    public async Task Every_rule_comes_once_in_as_few_requests_as_it_takes(int rules, int pageSize, int[] offsets)
    {
        await using var stage = await Stage.StartAsync(options => options with { Rules = rules });

        var pages = await Lists.ReadAsync(stage.Rules, AccessControlRuleDefinition.Query(), pageSize);

        Assert.Equal(Enumerable.Range(1, rules).Select(SandboxIds.Rule), pages.SelectMany(page => page));
        Assert.Equal(offsets.Select(offset => $"limit={pageSize}&offset={offset}"), stage.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task A_filter_stays_on_every_page()
    {
        await using var stage = await Stage.StartAsync(options => options with { Rules = 100 });

        var pages = await Lists.ReadAsync(stage.Rules, AccessControlRuleDefinition.Query(field: "calling"), 5);

        Assert.Equal(stage.State.Rules.All().Where(rule => rule.Field == "calling").Select(rule => rule.RuleSid), pages.SelectMany(page => page));
        Assert.True(stage.Requests.Count > 2);
        Assert.All(stage.Requests, request => Assert.EndsWith("&filter=field%20eq%20%22calling%22", request.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_gives_less_than_asked_for_is_read_on_from_where_it_stopped()
    {
        await using var stub = Serve(7, 3, (items, offset) => $$""" "count":{{items}},"limit":3,"has_more":{{(offset + items < 7 ? "true" : "false")}},"total":7 """);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await ReadAsync(stub, 1000));
        Assert.Equal(["0", "3", "6"], stub.Requests.Select(request => request.Query("offset")));
    }

    [Fact]
    public async Task Without_has_more_a_short_page_that_completes_the_total_ends_the_list()
    {
        await using var stub = Serve(5, 3, (_, _) => """ "limit":3,"total":5 """);

        Assert.Equal(5, (await ReadAsync(stub, 3)).Length);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task Without_has_more_and_total_the_empty_page_ends_the_list()
    {
        await using var stub = Serve(6, 3, (_, _) => """ "limit":3,"total":null """);

        Assert.Equal(6, (await ReadAsync(stub, 3)).Length);
        Assert.Equal(3, stub.Requests.Count);
    }

    [Fact]
    public async Task Items_alone_are_read_to_the_end_although_the_service_gives_less_than_asked_for()
    {
        await using var stub = Serve(7, 3, (_, _) => """ "count":3 """);

        Assert.Equal(7, (await ReadAsync(stub, 1000)).Length);
    }

    [Fact]
    public async Task A_service_that_always_has_more_and_repeats_itself_is_not_followed()
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, """{"items":[{"rule_sid":"1"},{"rule_sid":"2"}],"has_more":true,"limit":2}"""));

        Assert.Equal(["1", "2"], await ReadAsync(stub, 2));
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task The_address_of_the_next_page_is_not_followed()
    {
        await using var elsewhere = StubServer.Start(_ => StubAnswer.Json(200, """{"items":[]}"""));
        await using var stub = Serve(4, 2, (items, offset) =>
            $$""" "limit":2,"has_more":{{(offset + items < 4 ? "true" : "false")}},"pagination":{"next":"{{elsewhere.BaseUri}}"} """);

        Assert.Equal(["1", "2", "3", "4"], await ReadAsync(stub, 2));
        Assert.Empty(elsewhere.Requests);
    }

    private static async Task<string[]> ReadAsync(StubServer stub, int pageSize)
    {
        using var connection = Connections.ToCarrierX(stub.BaseUri);
        var pages = await Lists.ReadAsync(new AccessControlRuleClient(connection), AccessControlRuleDefinition.Query(), pageSize);
        return pages.SelectMany(page => page).ToArray();
    }

    private static StubServer Serve(int count, int most, Func<int, int, string> around) => StubServer.Start(request =>
    {
        var offset = int.Parse(request.Query("offset")!, CultureInfo.InvariantCulture);
        var items = Enumerable.Range(1, count).Skip(offset).Take(most).Select(sid => $$"""{"rule_sid":"{{sid}}"}""").ToArray();
        return StubAnswer.Json(200, $$"""{"items":[{{string.Join(",", items)}}],{{around(items.Length, offset)}}}""");
    });
}
