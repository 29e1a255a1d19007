using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Sync;

/// <summary>What a desired state comes to: the list is read once, and only what differs is planned.</summary>
public sealed class SyncPlannerTests
{
    [Fact]
    public async Task Rows_that_agree_are_unchanged_and_the_list_is_read_once()
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(stage, Desired.Rows(stage), removes: true);

        Assert.All(Desired.Bodies(plan), body => Assert.Equal("-", body));
        Assert.Equal("Plan: 0 to create, 0 to change, 0 to remove, 20 unchanged, 0 not managed here", plan.Counts.ToString());
        Assert.Equal("page=1&per_page=1000", stage.OnlyRequest.Query);
    }

    [Fact]
    public async Task A_row_sends_what_differs_a_new_one_is_created_and_an_unlisted_entry_is_removed()
    {
        await using var stage = await Stage.StartAsync();
        var rows = Desired.Rows(stage);
        rows[0] = Desired.Row(1, SandboxIds.Entry(1), ("name", "Other"), ("email", stage.State.Entries.All()[0].Email));
        rows[19] = Desired.Row(20, "", ("name", "New"), ("email", "new@example.com"));

        var plan = Desired.Plan(stage, rows, removes: true);

        Assert.Equal("""Update {"name":"Other"}""", Desired.Bodies(plan)[0]);
        Assert.Equal("""Create {"name":"New","email":"new@example.com"}""", Desired.Bodies(plan)[19]);
        Assert.Equal(SandboxIds.Entry(20), Assert.Single(plan.Removals).Change.Id);
        Assert.Equal(new SyncCounts(1, 1, 1, 18, 0, 0, 0), plan.Counts);
    }

    [Fact]
    public async Task Without_removal_an_unlisted_entry_is_counted_and_stays()
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(stage, Desired.Rows(stage).Take(15).ToList());

        Assert.Empty(plan.Removals);
        Assert.Equal("Plan: 0 to create, 0 to change, 0 to remove, 15 unchanged, 0 not managed here, 5 not listed and left alone", plan.Counts.ToString());
    }

    [Fact]
    public async Task Addresses_that_differ_in_case_alone_name_the_same_entry_and_change_nothing()
    {
        await using var stage = await Stage.StartAsync();
        var email = stage.State.Entries.All()[0].Email!;

        var plan = Desired.Plan(stage, [Desired.Row(1, "", ("email", email.ToUpperInvariant()), ("comments", "c"))]);

        Assert.Equal("""Update {"comments":"c"}""", Assert.Single(Desired.Bodies(plan)));
    }

    [Theory]
    [InlineData("finance@example.com", "FINANCE@example.com", null)]
    [InlineData("new@example.com", "New@example.com", null)]
    public async Task Two_rows_for_one_entry_are_errors_of_both(string first, string second, string? key)
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(
            stage,
            [Desired.Row(1, "", ("email", first), ("name", "a")), Desired.Row(2, "", ("email", second), ("name", "b")), Desired.Row(3, SandboxIds.Entry(7), ("name", "c"))],
            key,
            removes: true);

        Assert.Equal(["ValidationFailed", "ValidationFailed", """Update {"name":"c"}"""], Desired.Bodies(plan));
        Assert.StartsWith("The rows 1, 2 are about the same impersonation registry entry ", plan.Steps[1].Failure!.Message, System.StringComparison.Ordinal);
        Assert.Empty(plan.Removals);
    }

    [Fact]
    public async Task An_id_and_an_address_that_name_the_same_entry_are_two_rows_for_it()
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(stage, [Desired.Row(1, SandboxIds.Entry(1), ("name", "a")), Desired.Row(2, "", ("email", stage.State.Entries.All()[0].Email), ("name", "b"))]);

        Assert.Equal(["ValidationFailed", "ValidationFailed"], Desired.Bodies(plan));
    }

    [Fact]
    public async Task A_value_that_several_entries_have_is_an_error_that_names_them()
    {
        await using var stage = await Stage.StartAsync();
        await stage.Registry.PatchAsync(SandboxIds.Entry(2), Patch.Entry(("name", "Twice")), stage.Observer, Stage.Cancel);
        await stage.Registry.PatchAsync(SandboxIds.Entry(3), Patch.Entry(("name", "twice")), stage.Observer, Stage.Cancel);

        var failure = Assert.Single(Desired.Plan(stage, [Desired.Row(1, "", ("name", "TWICE"), ("comments", "c"))], "Name").Steps).Failure!;

        Assert.Contains(SandboxIds.Entry(2), failure.Message, System.StringComparison.Ordinal);
        Assert.Contains(SandboxIds.Entry(3), failure.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000000000", "a", null, ErrorKind.NotFound)]
    [InlineData("", "", null, ErrorKind.ValidationFailed)]
    [InlineData("", "a@example.com", "Id", ErrorKind.ValidationFailed)]
    [InlineData("not an id", "a@example.com", null, ErrorKind.ValidationFailed)]
    public async Task A_row_that_names_no_entry_is_an_error_and_nothing_is_removed(string id, string email, string? key, ErrorKind expected)
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(stage, [Desired.Row(1, id, ("email", email), ("name", "n"))], key, removes: true);

        Assert.Equal(expected, Assert.Single(plan.Steps).Failure!.Kind);
        Assert.Empty(plan.Removals);
        Assert.Equal((20, 1), (plan.Withheld, plan.Counts.Failed));
    }

    /// <summary>A directory has a column for ids of its own.</summary>
    [Fact]
    public async Task An_id_that_the_service_does_not_know_decides_nothing_beside_a_key()
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(stage, [Desired.Row(1, "00000000-0000-4000-8000-000000000000", ("email", "new@example.com"), ("name", "n"))], "Email");

        Assert.Equal(1, plan.Counts.ToCreate);
    }

    [Fact]
    public async Task White_space_and_case_of_a_name_that_is_the_key_have_no_meaning()
    {
        await using var stage = await Stage.StartAsync();
        var name = stage.State.Entries.All()[0].Name;

        var plan = Desired.Plan(stage, [Desired.Row(1, "", ("name", "  " + name.ToUpperInvariant().Replace(" ", "\u00A0", System.StringComparison.Ordinal) + " "), ("email", "new@example.com"))], "Name");

        Assert.Equal(["Update {\"email\":\"new@example.com\"}"], Desired.Bodies(plan));
    }

    [Fact]
    public async Task What_a_directory_owns_is_never_removed_and_a_row_that_would_change_it_fails_without_stopping_removals()
    {
        await using var stage = await Stage.StartAsync(options => options with { SyncedEvery = 10 });
        var rows = Desired.Rows(stage).Take(10).ToList();
        rows[9] = Desired.Row(10, SandboxIds.Entry(10), ("name", "Not yours"));

        var plan = Desired.Plan(stage, rows, removes: true);

        Assert.Equal("DirectorySyncedEntry", Desired.Bodies(plan)[9]);
        Assert.Equal(Enumerable.Range(11, 9).Select(SandboxIds.Entry), plan.Removals.Select(removal => removal.Change.Id));
        Assert.Equal(new SyncCounts(0, 0, 9, 9, 2, 0, 0), plan.Counts);
    }

    [Fact]
    public async Task A_row_that_could_not_be_read_keeps_every_entry()
    {
        await using var stage = await Stage.StartAsync();

        var plan = Desired.Plan(stage, Desired.Rows(stage).Take(19).ToList(), removes: true, failed: 1);

        Assert.Empty(plan.Removals);
        Assert.Equal((1, 1), (plan.Withheld, plan.Counts.NotListed));
    }

    [Fact]
    public async Task A_thousand_rows_of_which_ten_differ_take_eleven_requests_or_one_more()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 1000 });
        var rows = Desired.Rows(stage);
        for (var index = 0; index < 1000; index += 100)
        {
            rows[index] = Desired.Row(index + 1, SandboxIds.Entry(index + 1), ("comments", "differs"));
        }

        var plan = Desired.Plan(stage, rows, removes: true);

        Assert.Equal((10, 990, 0), (plan.Counts.ToChange, plan.Counts.Unchanged, plan.Counts.ToRemove));
        Assert.InRange(stage.Requests.Count + plan.Counts.ToChange, 11, 12);
    }

    [Fact]
    public async Task A_list_that_is_not_read_to_its_end_is_not_planned()
    {
        await using var stage = await Stage.StartAsync(options => options with { Entries = 2500 });
        var rows = Desired.Rows(stage);
        stage.Fault(new Sandbox.Faults.FaultRule
        {
            Kind = Sandbox.Faults.FaultKinds.Status,
            Status = 403,
            Every = 3,
            Match = new Sandbox.Faults.FaultMatch { Method = "GET" },
        });

        Assert.Throws<AclException>(() => Desired.Plan(stage, rows.Take(100).ToList(), removes: true));
    }

    [Theory]
    [InlineData("10%", 2, true)]
    [InlineData("10%", 3, false)]
    [InlineData("2", 2, true)]
    [InlineData("2", 3, false)]
    [InlineData("0", 0, true)]
    [InlineData("0%", 1, false)]
    [InlineData("12.5 %", 2, true)]
    [InlineData("100%", 20, true)]
    public async Task More_removals_than_allowed_are_refused_as_a_whole(string limit, int removed, bool isAllowed)
    {
        await using var stage = await Stage.StartAsync();
        var rows = Desired.Rows(stage).Skip(removed).ToList();

        if (isAllowed)
        {
            Assert.Equal(removed, Desired.Plan(stage, rows, removes: true, limit: limit).Removals.Count);
        }
        else
        {
            var refusal = Assert.Throws<AclException>(() => Desired.Plan(stage, rows, removes: true, limit: limit));
            Assert.Equal(ErrorKind.TooManyRemovals, refusal.Kind);
            Assert.StartsWith($"No row names {removed} of 20 managed impersonation registry entries, and -MaxRemove allows ", refusal.Message, System.StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ten")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("99999999999999999999999999999999%")]
    public void A_limit_is_a_whole_number_or_a_percentage(string text) => Assert.Equal(
        ErrorKind.ValidationFailed, Assert.Throws<AclException>(() => RemovalLimit.Parse(text)).Kind);
}
