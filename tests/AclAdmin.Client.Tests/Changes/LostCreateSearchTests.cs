using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Cloudflare;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>How the entry of a lost create is looked for, and which entries are never taken for it.</summary>
public sealed class LostCreateSearchTests
{
    private const string Newest = "per_page=1000&order=created_at&direction=desc";

    [Fact]
    public async Task The_newest_are_read_first_and_one_page_does_where_older_ones_stand_on_it()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 2500 });
        Lose(stage, FaultKinds.ResetAfterApply);

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);

        Assert.Equal([Stage.RegistryPath + "?page=1&" + Newest], stage.State.Log.Requests(method: "GET").Select(get => $"{get.Path}?{get.Query}"));
    }

    [Fact]
    public async Task Pages_are_read_until_one_has_only_entries_from_before()
    {
        await using var stub = StubServer.Start(request => request.Method == "POST"
            ? StubAnswer.Raw("")
            : StubAnswer.Json(200, request.Query("page") switch
            {
                "1" => List(Entry("n1", "Else", null), Entry("n2", "Else", null)),
                "2" => List(Entry("n3", "Else", null), Entry("old1", "The CEO", null)),
                "3" => List(Entry("old2", "The CEO", null), Entry("old3", "The CEO", null)),
                _ => List(Entry("n4", "The CEO", null)),
            }));
        using var connection = Connections.ToCloudflare(stub.BaseUri, retry: new RetryPolicy(0));
        var before = Enumerable.Range(1, 3).Select(number => ImpersonationRegistryDefinition.Instance.Create(() => Json.Object($$"""{"id":"old{{number}}"}"""), "account"));

        var outcome = Outcomes.Apply(Creation(
            ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), new ExistingItems<ImpersonationRegistryEntry>(ImpersonationRegistryEntry.Descriptor, before)));

        Assert.Equal(ChangeStatus.Unknown, outcome.Status);
        Assert.Equal(["1", "2", "3"], stub.Requests.Where(request => request.Method == "GET").Take(3).Select(request => request.Query("page")));
    }

    [Fact]
    public async Task An_entry_without_a_date_may_be_the_one()
    {
        await using var stub = StubServer.Start(request => request.Method == "POST"
            ? StubAnswer.Raw("")
            : StubAnswer.Json(200, request.Query("page") == "1" ? List(Entry("n1", "The CEO", null)) : List()));
        using var connection = Connections.ToCloudflare(stub.BaseUri, retry: new RetryPolicy(0));

        Assert.Equal("n1", Outcomes.Apply(Creation(ImpersonationRegistryDefinition.Instance.OpenClient(connection, "account"), None())).Result!.Id);
    }

    [Theory]
    [InlineData(-180)]
    [InlineData(-86400)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task A_service_whose_clock_is_off_still_gets_its_entry_found(int secondsAhead)
    {
        var theirs = new ManualClock();
        theirs.Advance(TimeSpan.FromSeconds(secondsAhead));
        await using var stage = await Stage.StartAsync(options => options with { Clock = new ManualTime(theirs) });
        Lose(stage, FaultKinds.ResetAfterApply);

        var outcome = Create(stage);

        Assert.Equal(stage.State.Entries.All()[^1].Id, outcome.Result!.Id);
        Assert.Equal(21, stage.State.Entries.Count);
        Assert.Single(stage.State.Log.Requests(method: "POST"));
    }

    [Fact]
    public async Task An_entry_from_before_is_not_taken_for_the_new_one()
    {
        await using var stage = await Stage.StartAsync();
        stage.State.Entries.Add(Made("The CEO", "ceo@example.com", stage.Clock.UtcNow));
        Lose(stage, FaultKinds.Reset);

        var outcome = Create(stage);

        Assert.NotEqual(SandboxIds.Entry(500), outcome.Result!.Id);
        Assert.Equal(22, stage.State.Entries.Count);
    }

    [Theory]
    [InlineData("The CEO", "cfo@example.com")]
    [InlineData("The CFO", "ceo@example.com")]
    public async Task An_entry_of_the_same_minute_with_another_name_or_address_is_not_taken(string name, string email)
    {
        await using var stage = await Stage.StartAsync();
        var existing = Existing.Entries(stage);
        stage.State.Entries.Add(Made(name, email, stage.Clock.UtcNow));
        Lose(stage, FaultKinds.Reset);

        var outcome = Outcomes.Apply(Creation(stage.Registry, existing), stage.Observer);

        Assert.Equal(("The CEO", "ceo@example.com"), (outcome.Result!.Name, outcome.Result.Email));
        Assert.Equal(22, stage.State.Entries.Count);
    }

    [Theory]
    [InlineData(FaultKinds.ResetAfterApply, FaultKinds.ResetAfterApply)]
    [InlineData(FaultKinds.ResetAfterApply, FaultKinds.Reset)]
    [InlineData(FaultKinds.Reset, FaultKinds.ResetAfterApply)]
    [InlineData(FaultKinds.Reset, FaultKinds.Reset)]
    [InlineData(FaultKinds.Bom, FaultKinds.Reset)]
    [InlineData(FaultKinds.Bom, FaultKinds.ResetAfterApply)]
    public async Task Two_identical_creates_make_two_and_none_is_claimed_twice(string first, string second)
    {
        await using var stage = await Stage.StartAsync();
        Lose(stage, first);
        var one = Create(stage).Result!.Id;
        stage.State.Faults.Clear();
        Lose(stage, second);
        var other = Create(stage).Result!.Id;

        Assert.NotEqual(one, other);
        Assert.Equal(22, stage.State.Entries.Count);
        Assert.Equal(new[] { one, other }.Order(), stage.State.Entries.All().Skip(20).Select(entry => entry.Id).Order());
    }

    [Fact]
    public async Task Forty_creates_with_every_third_answer_lost_make_forty()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.ResetAfterApply, Every = 3, Match = new FaultMatch { Method = "POST" } });
        stage.Fault(new FaultRule { Kind = FaultKinds.Reset, Every = 4, Match = new FaultMatch { Method = "POST" } });
        using var runner = new ChangeRunner<ImpersonationRegistryEntry>(8, SilentObserver.Instance, stopsAtError: false, Stage.Cancel);
        var existing = Existing.Entries(stage);
        for (var row = 1; row <= 40; row++)
        {
            runner.Post(Creation(stage.Registry, existing, $"Person {row % 20}", row));
        }

        var outcomes = Outcomes.DequeueAll(runner);

        Assert.All(outcomes, outcome => Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error)));
        Assert.Equal(40, outcomes.Select(outcome => outcome.Result!.Id).Distinct().Count());
        Assert.Equal(60, stage.State.Entries.Count);
        Assert.All(outcomes, outcome => Assert.Equal((string?)outcome.Change.Patch["name"], outcome.Result!.Name));
    }

    private static void Lose(Stage stage, string kind) =>
        stage.Fault(new FaultRule { Kind = kind, Times = 1, Match = new FaultMatch { Method = "POST" } });

    private static ChangeOutcome<ImpersonationRegistryEntry> Create(Stage stage) => Outcomes.Apply(Creation(stage.Registry, Existing.Entries(stage)), stage.Observer);

    private static Change<ImpersonationRegistryEntry> Creation(
        IResourceClient<ImpersonationRegistryEntry> client, ExistingItems<ImpersonationRegistryEntry> existing, string name = "The CEO", int row = 0) =>
        new(new ChangeRow(null, row))
        {
            Action = ChangeAction.Create,
            Client = client,
            Key = "new\n" + name,
            Patch = Patch.Entry(("email", "ceo@example.com"), ("is_email_regex", false), ("name", name)),
            Existing = existing,
        };

    private static ExistingItems<ImpersonationRegistryEntry> None() => new(ImpersonationRegistryEntry.Descriptor, []);

    private static RegistryEntry Made(string name, string email, DateTimeOffset made) =>
        new() { Id = SandboxIds.Entry(500), Name = name, Email = email, CreatedAt = made, ModifiedAt = made };

    private static string Entry(string id, string name, string? made) =>
        $$"""{"id":"{{id}}","name":"{{name}}","email":"ceo@example.com"{{(made is null ? "" : $",\"created_at\":\"{made}\"")}}}""";

    private static string List(params string[] entries) =>
        $$"""{"success":true,"errors":[],"messages":[],"result":[{{string.Join(",", entries)}}],"result_info":{"per_page":2,"total_count":100} }""";
}
