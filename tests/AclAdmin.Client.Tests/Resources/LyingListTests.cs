using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Xunit;

namespace AclAdmin.Client.Tests.Resources;

/// <summary>The pages of a list decide where it ends, whatever the service states of their number, and each list ends.</summary>
public sealed class LyingListTests
{
    public static TheoryData<string> Totals => ["-1", "0", "1", "5", "10", "20", "30", "1e28", "1e400", "9000000000000000000", "99999999999999999999999999", "\"many\"", "true", "null"];

    [Theory]
    [MemberData(nameof(Totals))]
    public async Task No_total_hides_an_item(string total)
    {
        await using var stub = Serve(25, 10, $""" "per_page":10,"total_count":{total} """);
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");

        if (total == "1e400")
        {
            // No number holds it, so the answer cannot be read; that is an error like any other.
            Assert.Equal(ErrorKind.UnexpectedResponse, (await Assert.ThrowsAsync<AclException>(() => Snapshot.ReadAsync(client, SilentObserver.Instance, Stage.Cancel))).Kind);
            return;
        }

        Assert.Equal(25, (await Snapshot.ReadAsync(client, SilentObserver.Instance, Stage.Cancel)).Count);
        Assert.Equal(25, (await Lists.ReadAsync(client, new ListQuery(), 10)).Sum(page => page.Length));
        Assert.InRange(stub.Requests.Count, 6, 10);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public async Task A_total_that_is_right_to_the_last_full_page_costs_one_more_request(int count)
    {
        await using var stub = Serve(count, 10, $""" "per_page":10,"total_count":{count} """);
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        Assert.Equal(count, (await Snapshot.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), SilentObserver.Instance, Stage.Cancel)).Count);
        Assert.Equal((count / 10) + 1, stub.Requests.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_service_that_refuses_the_page_behind_the_last_has_been_read_to_its_end(int status)
    {
        await using var stub = StubServer.Start(request => PageOf(request) <= 2
            ? Page(20, 10, PageOf(request), """ "per_page":10,"total_count":20 """)
            : StubAnswer.Json(status, """{"success":false,"errors":[]}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        Assert.Equal(20, (await Snapshot.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), SilentObserver.Instance, Stage.Cancel)).Count);
    }

    [Fact]
    public async Task A_page_within_the_total_that_is_refused_fails_the_list()
    {
        await using var stub = StubServer.Start(request => PageOf(request) <= 1
            ? Page(20, 10, PageOf(request), """ "per_page":10,"total_count":20 """)
            : StubAnswer.Json(404, """{"success":false,"errors":[]}"""));
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");
        await Assert.ThrowsAsync<AclException>(() => Snapshot.ReadAsync(client, SilentObserver.Instance, Stage.Cancel));
        await Assert.ThrowsAsync<AclException>(() => Lists.ReadAsync(client, new ListQuery(), 10));
    }

    [Fact]
    public async Task A_total_far_too_large_is_not_followed()
    {
        await using var stub = Serve(25, 10, """ "per_page":10,"total_count":50000000 """);
        using var connection = Connections.ToCloudflare(stub.BaseUri);

        Assert.Equal(25, (await Snapshot.ReadAsync(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), SilentObserver.Instance, Stage.Cancel)).Count);
        Assert.InRange(stub.Requests.Count, 4, 8);
    }

    [Theory]
    [InlineData(""" "per_page":10 """)]
    [InlineData(""" "per_page":10,"total_count":50000000 """)]
    public async Task Pages_that_come_in_turn_for_ever_are_read_once_each(string info)
    {
        await using var stub = StubServer.Start(request => Page(20, 10, ((PageOf(request) - 1) % 2) + 1, info));
        using var connection = Connections.ToCloudflare(stub.BaseUri);
        var client = ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account");

        Assert.Equal(20, (await Snapshot.ReadAsync(client, SilentObserver.Instance, Stage.Cancel)).Count);
        Assert.Equal(2, (await Lists.ReadAsync(client, new ListQuery(), 10)).Count);
    }

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(1000, 1000)]
    public async Task A_list_of_ever_new_items_is_given_up(int itemsOnPage, int pages)
    {
        using var connection = Connections.ToCloudflare(new Uri("http://127.0.0.1:9/"));
        var reader = new PageReader<ImpersonationRegistryEntry>(new EndlessList(connection, itemsOnPage), new ListQuery());
        for (var page = 0; page < pages; page++)
        {
            Assert.NotNull(await reader.NextAsync(SilentObserver.Instance, Stage.Cancel));
        }

        var error = await Assert.ThrowsAsync<AclException>(() => reader.NextAsync(SilentObserver.Instance, Stage.Cancel));

        Assert.Equal(ErrorKind.UnexpectedResponse, error.Kind);
        Assert.Contains("does not end", error.Message, StringComparison.Ordinal);
        Assert.Contains("1,000,000 items", error.Message, StringComparison.Ordinal);
    }

    private static int PageOf(StubRequest request) => int.Parse(request.Query("page")!, CultureInfo.InvariantCulture);

    private static StubServer Serve(int count, int most, string info) => StubServer.Start(request => Page(count, most, PageOf(request), info));

    private static StubAnswer Page(int count, int most, int page, string info)
    {
        var items = Enumerable.Range(1, count).Skip((page - 1) * most).Take(most).Select(id => $$"""{"id":"{{id}}"}""");
        return StubAnswer.Json(200, $$"""{"success":true,"errors":[],"messages":[],"result":[{{string.Join(",", items)}}],"result_info":{ {{info}} } }""");
    }

    /// <summary>A list with new items on each page. Not over HTTP, as a million of them would take minutes.</summary>
    private sealed class EndlessList(ApiConnection connection, int itemsOnPage) : IResourceClient<ImpersonationRegistryEntry>
    {
        public BatchOperations Batch => BatchOperations.None;

        public Task<WriteAnswer<ImpersonationRegistryEntry>> WriteAsync(IReadOnlyList<BatchItem> writes, IRequestObserver observer, RequestCancellation cancellation) =>
            throw new NotSupportedException();

        public AclException Misfit(WriteAnswer<ImpersonationRegistryEntry> answer, string what) => throw new NotSupportedException();

        public string ListName => "impersonation_registry";

        public string? AccountId => null;

        private int _made;

        public ResourceDescriptor Resource => ImpersonationRegistryEntry.Descriptor;

        public ApiConnection Connection => connection;

        public Task<Page<ImpersonationRegistryEntry>> ReadPageAsync(ListQuery query, PageCursor cursor, IRequestObserver observer, CancellationToken cancellationToken)
        {
            var client = ImpersonationRegistryDefinition.Instance;
            var items = Enumerable.Range(0, itemsOnPage).Select(_ => client.Create(Make(), "account")).ToArray();
            return Task.FromResult(new Page<ImpersonationRegistryEntry>(items, null, null, null));
        }

        public Task<ImpersonationRegistryEntry> GetAsync(string id, IRequestObserver observer, RequestCancellation cancellation) => throw new NotSupportedException();

        public ListQuery QueryForCreated(FieldPatch body) => throw new NotSupportedException();

        private Func<Newtonsoft.Json.Linq.JObject> Make()
        {
            var id = (++_made).ToString(CultureInfo.InvariantCulture);
            return () => new Newtonsoft.Json.Linq.JObject { ["id"] = id };
        }
    }
}
