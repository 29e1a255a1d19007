using System;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox.Faults;
using Xunit;

namespace AclAdmin.Client.Tests.Changes;

/// <summary>A create whose answer is lost makes one thing, whether or not it had arrived.</summary>
public sealed class LostCreateTests
{
    private static readonly string[] AppliedButLost = [FaultKinds.ResetAfterApply, FaultKinds.Truncate, FaultKinds.Slow];

    private static readonly string[] LostUnapplied =
    [
        FaultKinds.Reset, FaultKinds.Hang, FaultKinds.Status, FaultKinds.WrongContent, FaultKinds.JsonArray, FaultKinds.JsonScalar, FaultKinds.Empty200,
        FaultKinds.GzipBomb,
    ];

    private static readonly string[] Refusals =
    [
        FaultKinds.NoHeader, FaultKinds.RetryAfterSeconds, FaultKinds.RetryAfterDate, FaultKinds.Html429, FaultKinds.Null429, FaultKinds.Empty429,
    ];

    public static TheoryData<string> LostAfterApplying => new(AppliedButLost);

    public static TheoryData<string> LostBeforeApplying => new(LostUnapplied);

    public static TheoryData<string> Refused => new(Refusals);

    [Fact]
    public void Every_fault_that_the_sandbox_knows_is_met_here() => Assert.Equal(
        FaultKinds.All.Keys.Order(StringComparer.Ordinal),
        AppliedButLost.Concat(LostUnapplied).Concat(Refusals)
            .Concat([FaultKinds.Redirect, FaultKinds.SuccessFalse200, FaultKinds.Bom, FaultKinds.Gzip, FaultKinds.Raw]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(LostAfterApplying))]
    public async Task A_create_that_arrived_although_its_answer_was_lost_is_found_and_not_sent_again(string kind)
    {
        await using var stage = await StartAsync(kind);

        var outcome = Create(stage);

        Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error));
        Assert.Equal(["POST", "GET"], Methods(stage));
        Assert.Equal(21, stage.State.Entries.Count);
        Assert.Equal(stage.State.Entries.All()[^1].Id, outcome.Result!.Id);
        Assert.Equal(("The CEO", "ceo@example.com"), (outcome.Result.Name, outcome.Result.Email));
        Assert.Contains("not known whether", stage.Observer.Notes[0]);
        Assert.Contains(outcome.Result.Id, stage.Observer.Notes[1]);
    }

    [Theory]
    [MemberData(nameof(LostBeforeApplying))]
    public async Task A_create_that_never_arrived_is_sent_again_after_a_look_for_it(string kind)
    {
        await using var stage = await StartAsync(kind);

        var outcome = Create(stage);

        Assert.Equal((ChangeStatus.Changed, null), (outcome.Status, outcome.Error));
        Assert.Equal(Existing.Methods(Existing.Looks, 0), Methods(stage));
        Assert.Equal(stage.Requests[0].Body, stage.Requests[^1].Body);
        Assert.Equal("""{"email":"ceo@example.com","is_email_regex":false,"name":"The CEO"}""", stage.Requests[^1].Body);
        Assert.Equal(21, stage.State.Entries.Count);
        Assert.Equal(stage.State.Entries.All()[^1].Id, outcome.Result!.Id);
        Assert.Equal([1, 2, 4], stage.Clock.Waits.Take(3).Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_server_error_is_no_word_on_whether_it_arrived(int status)
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = status, Body = "html", Times = 1, Match = Posts });

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);

        Assert.Equal(Existing.Methods(Existing.Looks, 0), Methods(stage));
        Assert.Equal(21, stage.State.Entries.Count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_create_that_was_refused_for_now_is_sent_again_without_a_look_for_it(string kind)
    {
        await using var stage = await StartAsync(kind);

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);

        Assert.Equal(["POST", "POST"], Methods(stage));
        Assert.Equal(21, stage.State.Entries.Count);
        Assert.Empty(stage.Observer.Notes);
    }

    [Fact]
    public async Task A_refusal_that_states_when_to_come_back_is_a_refusal_too()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 429, RetryAfter = "7", Times = 1, Match = Posts });

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);

        Assert.Equal(["POST", "POST"], Methods(stage));
        Assert.Equal([TimeSpan.FromSeconds(7)], stage.Clock.Waits);
    }

    [Theory]
    [InlineData(FaultKinds.Redirect, ErrorKind.UnexpectedResponse)]
    [InlineData(FaultKinds.SuccessFalse200, ErrorKind.ApiError)]
    public async Task A_create_that_was_answered_badly_is_looked_for_and_not_sent_again(string kind, ErrorKind expected)
    {
        await using var stage = await StartAsync(kind);

        var outcome = Create(stage);

        Assert.Equal((ChangeStatus.Failed, expected, false), (outcome.Status, outcome.Error!.Kind, outcome.Error.OutcomeIsUnknown));
        Assert.Equal(Existing.Methods(Existing.Looks), Methods(stage));
    }

    [Fact]
    public async Task An_answer_that_can_be_read_is_not_a_lost_one()
    {
        await using var stage = await StartAsync(FaultKinds.Bom);

        var outcome = Create(stage);

        Assert.Equal(["POST"], Methods(stage));
        Assert.Equal(stage.State.Entries.All()[^1].Id, outcome.Result!.Id);
    }

    [Fact]
    public async Task Tries_end_and_the_last_one_is_looked_for_as_well()
    {
        await using var stage = await Stage.StartAsync();
        stage.Fault(new FaultRule { Kind = FaultKinds.Reset, Match = Posts });

        var outcome = Create(stage);

        Assert.Equal((ChangeStatus.Unknown, ErrorKind.OutcomeUnknown, true), (outcome.Status, outcome.Error!.Kind, outcome.Error.OutcomeIsUnknown));
        Assert.Contains("POST", outcome.Error.Message);
        Assert.Contains("-IfExists Skip", outcome.Error.RecommendedAction);
        Assert.Equal(Existing.Methods(Existing.Looks, Existing.Looks, Existing.Looks, Existing.Looks), Methods(stage));
        Assert.Equal(20, stage.State.Entries.Count);
    }

    [Fact]
    public async Task Without_tries_to_spare_it_is_looked_for_all_the_same()
    {
        await using var stage = await Stage.StartAsync(retry: new RetryPolicy(0));
        stage.Fault(new FaultRule { Kind = FaultKinds.ResetAfterApply, Times = 1, Match = Posts });
        stage.Fault(new FaultRule { Kind = FaultKinds.Reset, Times = 1, Match = Posts });

        Assert.Equal(ChangeStatus.Changed, Create(stage).Status);
        Assert.Equal(ChangeStatus.Unknown, Create(stage, "The CFO").Status);

        Assert.Equal(Existing.Methods(1, Existing.Looks), Methods(stage));
        Assert.Equal(21, stage.State.Entries.Count);
    }

    [Fact]
    public async Task A_look_that_gets_no_answer_sends_nothing_more_and_leaves_the_outcome_open()
    {
        await using var stage = await StartAsync(FaultKinds.ResetAfterApply);
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 503, Match = new FaultMatch { Method = "GET" } });

        var outcome = Create(stage);

        Assert.Equal((ChangeStatus.Unknown, true), (outcome.Status, outcome.Error!.OutcomeIsUnknown));
        Assert.Equal(["POST", "GET", "GET", "GET", "GET"], Methods(stage));
        Assert.Equal(21, stage.State.Entries.Count);
    }

    [Fact]
    public async Task A_look_that_is_forbidden_does_not_hide_that_the_create_may_have_arrived()
    {
        await using var stage = await StartAsync(FaultKinds.ResetAfterApply);
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 403, Match = new FaultMatch { Method = "GET" } });

        var outcome = Create(stage);

        Assert.Equal(ChangeStatus.Unknown, outcome.Status);
        Assert.Equal(["POST", "GET"], Methods(stage));
        Assert.True(outcome.Error!.OutcomeIsUnknown, "Who runs the row again makes a second one, and is not told: " + outcome.Error.Message);
    }

    [Fact]
    public async Task Where_nothing_was_read_before_a_lost_create_is_neither_looked_for_nor_sent_again()
    {
        await using var stage = await StartAsync(FaultKinds.ResetAfterApply);

        var outcome = Outcomes.Apply(Creation(stage, "The CEO", existing: null), stage.Observer);

        Assert.Equal((ChangeStatus.Unknown, ErrorKind.OutcomeUnknown), (outcome.Status, outcome.Error!.Kind));
        Assert.Equal(["POST"], Methods(stage));
    }

    [Fact]
    public async Task A_list_that_lags_behind_its_writes_is_looked_at_again_before_anything_is_sent()
    {
        await using var stage = await Stage.StartAsync(options => options with { ListLagSeconds = 2.5 });
        stage.Fault(new FaultRule { Kind = FaultKinds.ResetAfterApply, Times = 1, Match = Posts });

        var outcome = Create(stage);

        Assert.Equal(stage.State.Entries.All()[^1].Id, outcome.Result!.Id);
        Assert.Equal(Existing.Methods(3), Methods(stage));
        Assert.Equal(21, stage.State.Entries.Count);
    }

    private static FaultMatch Posts => new() { Method = "POST" };

    private static async Task<Stage> StartAsync(string kind)
    {
        // Only what never answers needs a short time limit; it is real time.
        var isSilent = kind is FaultKinds.Hang or FaultKinds.Slow;
        var stage = await Stage.StartAsync(timeout: isSilent ? TimeSpan.FromSeconds(10) : null);
        stage.Fault(new FaultRule { Kind = kind, Times = 1, Seconds = isSilent ? 60 : 1, Match = Posts });
        return stage;
    }

    private static ChangeOutcome<ImpersonationRegistryEntry> Create(Stage stage, string name = "The CEO") =>
        Outcomes.Apply(Creation(stage, name, Existing.Entries(stage)), stage.Observer);

    private static Change<ImpersonationRegistryEntry> Creation(Stage stage, string name, ExistingItems<ImpersonationRegistryEntry>? existing) => new()
    {
        Action = ChangeAction.Create,
        Client = stage.Registry,
        Key = "new",
        Patch = Patch.Entry(("email", "ceo@example.com"), ("is_email_regex", false), ("name", name)),
        Existing = existing,
    };

    private static string[] Methods(Stage stage) => stage.Requests.Select(request => request.Method).ToArray();
}
