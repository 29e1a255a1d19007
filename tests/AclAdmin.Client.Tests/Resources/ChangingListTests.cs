using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>No item is missed without a word: of a list that changes while it is read, that has what is no item, or that does not fit.</summary>
public sealed class ChangingListTests
{
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_list_that_shrinks_between_its_pages_is_read_again(int removals)
    {
        var items = Enumerable.Range(1, 25).ToList();
        await using var stub = ServeCloudflare(items, page =>
        {
            if (page == 1 && removals-- > 0)
            {
                // Item 11 moves to the page that was read.
                items.RemoveAt(3);
            }
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var all = await Snapshot.ReadAsync(Registry(connection), _observer, Stage.Cancel);

        Assert.Equal(items.Select(Text).Order(), all.Keys.Order());
        Assert.Contains("changed while it was read: its total went from", _observer.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_shrinks_while_its_items_are_written_shows_each_once()
    {
        var items = Enumerable.Range(1, 25).ToList();
        var removals = 1;
        await using var stub = ServeCloudflare(items, page =>
        {
            if (page == 1 && removals-- > 0)
            {
                items.RemoveAt(3);
            }
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var read = (await Lists.ReadAsync(Registry(connection), new ListQuery(), 10)).SelectMany(page => page).ToArray();

        Assert.Equal(Enumerable.Range(1, 25).Select(Text).Order(), read.Order());
    }

    [Fact]
    public async Task A_list_that_grows_at_its_head_is_read_again()
    {
        var items = Enumerable.Range(1, 25).ToList();
        var additions = 1;
        await using var stub = ServeCloudflare(items, page =>
        {
            if (page == 1 && additions-- > 0)
            {
                items.Insert(0, 99);
            }
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        Assert.Equal(26, (await Snapshot.ReadAsync(Registry(connection), _observer, Stage.Cancel)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_that_changes_each_time_is_an_error(bool whole)
    {
        var items = Enumerable.Range(1, 60).ToList();
        await using var stub = ServeCloudflare(items, page => items.RemoveAll(item => page == 1 && item == items[0]));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(() => whole
            ? Snapshot.ReadAsync(Registry(connection), _observer, Stage.Cancel)
            : Lists.ReadAsync(Registry(connection), new ListQuery(), 10));

        Assert.Equal(ErrorKind.Conflict, error.Kind);
        Assert.Contains("changed while it was read, 4 times in a row", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, stub.Requests.Count(request => request.Query("page") == "1"));
    }

    [Fact]
    public async Task Announced_rules_that_are_gone_are_looked_for_again()
    {
        var rules = Enumerable.Range(1, 4).ToList();
        var removals = 1;
        await using var stub = StubServer.Start(request =>
        {
            var offset = int.Parse(request.Query("offset")!, CultureInfo.InvariantCulture);
            var page = rules.Skip(offset).Take(2).Select(rule => $$"""{"rule_sid":"{{rule}}"}""").ToArray();
            var answer = StubAnswer.Json(200, $$"""{"items":[{{string.Join(",", page)}}],"limit":2,"has_more":{{(offset + 2 < rules.Count ? "true" : "false")}}}""");
            if (offset == 2 - 2 && removals-- > 0)
            {
                rules.RemoveRange(0, 2);
            }

            return answer;
        });
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var all = await Snapshot.ReadAsync(new AccessControlRuleClient(connection), _observer, Stage.Cancel);

        Assert.Equal(["3", "4"], all.Keys.Order());
    }

    [Fact]
    public async Task Odd_numbers_of_a_list_that_stays_as_it_is_cost_one_more_read_and_no_error()
    {
        await using var stub = StubServer.Start(request => PageOf(request) switch
        {
            1 => Page(["1", "2"], """ "per_page":2,"total_count":2 """),
            2 => Page(["3"], """ "per_page":2,"total_count":1 """),
            _ => Page([], """ "per_page":2,"total_count":0 """),
        });
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        Assert.Equal(3, (await Snapshot.ReadAsync(Registry(connection), _observer, Stage.Cancel)).Count);
        Assert.Equal(2, stub.Requests.Count(request => PageOf(request) == 1));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":""}""")]
    public async Task An_item_that_is_none_makes_the_list_unusable(string item)
    {
        await using var stub = StubServer.Start(request => request.Target.Contains("accesscontrol", StringComparison.Ordinal)
            ? StubAnswer.Json(200, $$"""{"items":[{"rule_sid":"1"},{{item}}],"has_more":false}""")
            : StubAnswer.Json(200, $$"""{"success":true,"result":[{"id":"1"},{{item}}],"result_info":{"per_page":10,"total_count":2} }"""));
        using var cloudflare = Connections.ToCloudflare(stub.BaseUri);
        using var carrierX = Connections.ToCarrierX(stub.BaseUri);

        foreach (var read in new Func<Task>[]
        {
            () => Snapshot.ReadAsync(Registry(cloudflare), _observer, Stage.Cancel),
            () => Lists.ReadAsync(Registry(cloudflare), new ListQuery(), 10),
            () => Snapshot.ReadAsync(new AccessControlRuleClient(carrierX), _observer, Stage.Cancel),
        })
        {
            Assert.Equal(ErrorKind.UnexpectedResponse, (await Assert.ThrowsAsync<AclException>(read)).Kind);
        }
    }

    [Theory]
    [InlineData("""{"items":[null]}""")]
    [InlineData("""{"items":[{"layer":1,"effective_acls":[17]}]}""")]
    public async Task A_layer_or_list_in_force_that_is_none_makes_the_answer_unusable(string body)
    {
        await using var stub = StubServer.Start(_ => StubAnswer.Json(200, body));
        using var connection = Connections.ToCarrierX(stub.BaseUri);

        var error = await Assert.ThrowsAsync<AclException>(
            () => new EffectiveAccessControlListClient(connection).ReadAsync(messages: false, new EffectiveListQuery(), _observer, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_beyond_the_memory_of_its_connection_is_an_error_that_names_the_remedy(bool whole)
    {
        var text = new string('x', 60_000);
        await using var stub = StubServer.Start(request => Page(
            Enumerable.Range(0, 2).Select(item => Text((2 * PageOf(request)) + item)), """ "per_page":2 """, $",\"comments\":\"{text}\""));
        using var connection = Open(stub.BaseUri, megabytes: 1);

        var error = await Assert.ThrowsAsync<AclException>(() => whole
            ? Snapshot.ReadAsync(Registry(connection), _observer, Stage.Cancel)
            : Lists.ReadAsync(Registry(connection), new ListQuery(), 2));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.Contains("takes more than the 1 MB of memory", error.Message, StringComparison.Ordinal);
        Assert.Contains("-MaxReadMegabytes", error.RecommendedAction, StringComparison.Ordinal);
        Assert.InRange(stub.Requests.Count, 5, 8);
    }

    [Fact]
    public async Task Many_small_values_count_for_what_they_cost_in_memory()
    {
        var values = string.Join(",", Enumerable.Repeat("0", 20_000));
        await using var stub = StubServer.Start(request => Page([Text(PageOf(request))], """ "per_page":1 """, $",\"unknown\":[{values}]"));
        using var connection = Open(stub.BaseUri, megabytes: 4);

        await Assert.ThrowsAsync<AclException>(() => Snapshot.ReadAsync(Registry(connection), _observer, Stage.Cancel));

        Assert.InRange(stub.Requests.Count, 2, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_of_a_custom_request_that_repeat_their_ids_for_ever_end(int different)
    {
        var count = 0;
        await using var stub = StubServer.Start(request => Page(
            [Text(count % different)], """ "per_page":1 """, $",\"read_at\":{++count}"));
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var pages = new CustomRequestPages(connection, RequestPath.Of("things"), 100);

        var read = 0;
        while (await pages.NextAsync(_observer, Stage.Cancel) is not null)
        {
            read++;
        }

        Assert.Equal((different, different + 1), (read, stub.Requests.Count));
    }

    private static IResourceClient<ImpersonationRegistryEntry> Registry(ApiConnection connection) => ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");

    private static ApiConnection Open(Uri baseUri, int megabytes) => new(
        "test",
        CloudflareService.Instance,
        Connections.Bearer("t0ken-of-somebody"),
        new ConnectionOptions { BaseUri = baseUri, Clock = new ManualClock(), MaxReadMegabytes = megabytes });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int PageOf(StubRequest request) => int.Parse(request.Query("page") ?? "1", CultureInfo.InvariantCulture);

    private static StubServer ServeCloudflare(List<int> items, Action<int> afterwards) => StubServer.Start(request =>
    {
        lock (items)
        {
            var page = PageOf(request);
            var answer = Page(items.Skip((page - 1) * 10).Take(10).Select(Text), $""" "per_page":10,"total_count":{items.Count} """);
            afterwards(page);
            return answer;
        }
    });

    private static StubAnswer Page(IEnumerable<string> ids, string info, string more = "") => StubAnswer.Json(
        200, $$"""{"success":true,"errors":[],"messages":[],"result":[{{string.Join(",", ids.Select(id => $$"""{"id":"{{id}}"{{more}}}"""))}}],"result_info":{ {{info}} } }""");
}
