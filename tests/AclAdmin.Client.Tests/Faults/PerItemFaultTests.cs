using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Faults;

/// <summary>Faults that are counted for each item meet the same tries of the same rows, in whichever order requests arrive.</summary>
public sealed class PerItemFaultTests
{
    [Fact]
    public async Task Times_is_the_most_for_each_item()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Times = 2, PerItem = true });

        await Task.WhenAll(Enumerable.Range(1, 8).Select(index => stage.CommentAsync(index, "x")));

        Assert.All(Tries(stage), statuses => Assert.Equal([503, 503, 200], statuses));
    }

    [Fact]
    public async Task The_same_entry_with_another_body_is_another_item()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Times = 1, PerItem = true });

        await stage.CommentAsync(1, "x");
        await stage.CommentAsync(1, "y");
        await stage.CommentAsync(1, "x");

        Assert.Equal([503, 200, 503, 200, 200], stage.Requests.Select(request => request.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_row_meets_does_not_follow_from_the_order_of_the_rows(bool staggered)
    {
        var rule = new FaultRule
        {
            Kind = FaultKinds.Status,
            PerItem = true,
            Rate = staggered ? null : 0.4,
            Every = staggered ? 3 : null,
            Stagger = staggered,
        };

        var forwards = await RunAsync(rule, Enumerable.Range(1, 20));
        var backwards = await RunAsync(rule, Enumerable.Range(1, 20).Reverse());

        Assert.Equal(forwards, backwards);
        Assert.InRange(forwards.Values.Count(statuses => statuses.StartsWith("503", System.StringComparison.Ordinal)), 2, 18);
    }

    [Fact]
    public async Task Staggered_faults_never_hit_an_item_twice_within_their_number()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Every = 2, PerItem = true, Stagger = true });

        for (var index = 1; index <= 20; index++)
        {
            await stage.CommentAsync(index, "x");
            await stage.CommentAsync(index, "x");
        }

        Assert.All(Tries(stage), statuses => Assert.DoesNotContain((503, 503), statuses.Zip(statuses.Skip(1))));
    }

    [Theory]
    [InlineData("""[{"kind":"reset","every":3,"per_item":true,"stagger":true}]""", HttpStatusCode.OK)]
    [InlineData("""[{"kind":"reset","every":3,"stagger":true}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"kind":"reset","per_item":true,"stagger":true}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"kind":"reset","per_item":1}]""", HttpStatusCode.BadRequest)]
    public async Task The_control_side_takes_what_makes_sense(string rules, HttpStatusCode status)
    {
        await using var stage = await Stage.StartAsync();
        using var client = new HttpClient();
        using var body = new StringContent(rules, Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(stage.Sandbox.ControlUri + "/faults", body, Stage.Cancel);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            var shown = JArray.Parse(await answer.Content.ReadAsStringAsync(Stage.Cancel))[0]["rule"]!;
            Assert.True((bool)shown["per_item"]!);
            Assert.True((bool)shown["stagger"]!);
        }
    }

    private static async Task<SortedDictionary<string, string>> RunAsync(FaultRule rule, IEnumerable<int> order)
    {
        await using var stage = await Stage.StartAsync(retry: new RetryPolicy(maxRetryCount: 20, seed: 1));
        stage.Fault(rule);
        await Task.WhenAll(order.Select(index => stage.CommentAsync(index, "x")));
        return new(stage.Requests.GroupBy(request => request.Path).ToDictionary(item => item.Key, item => string.Join(" ", item.Select(request => request.Status))));
    }

    private static IEnumerable<IEnumerable<int>> Tries(Stage stage) => stage.Requests.GroupBy(request => request.Path, request => request.Status);
}
